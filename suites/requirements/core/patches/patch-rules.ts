/** CORE-09: what a PATCH must do and must not do, given the states that the model permits. */
import { urn } from '../../../../schemas/names.js';
import type { Finding } from '../../../judging/judge.js';
import type { StateDifference } from '../../../judging/patch-model/state-difference.js';
import type { Refusal } from '../../../judging/patch-model/step.js';
import { isPresent } from '../../../trace/alike.js';
import { succeeded } from '../../../trace/answers.js';
import { atPath, responseObject, textOf, type JsonObject } from '../../../trace/message.js';
import { exchangesOf } from '../changes/changes.js';
import { differenceFrom, differenceFromAll, formOf, namesIn, type Patched } from './patched-by-model.js';

export const patchModelCodes = {
  'value-not-written': 'a value that the operations write is not there',
  'value-not-removed': 'a value that the operations remove is still there',
  'value-lost': 'a value of an attribute that the operations change is gone, although they leave this value alone',
  'value-twice': 'a value is in a list more often than the operations put it there',
  'two-primary-values': 'two values of a list are primary after one of them became so',
  'changes-others': 'an attribute that no operation names has changed',
  'schemas-changed': '`schemas` no longer lists a schema whose attributes are still there',
  'read-only-changed': 'a PATCH changes `id` or `meta`',
  'refused-patch-done': 'a PATCH that fails changes the resource',
  'unknown-op-done': 'a PATCH with an unknown op changes the resource',
  'unknown-op-answered-with-success': 'a PATCH with an unknown op is answered with success, although nothing is done',
  'replace-of-nothing-answered-with-success':
    'a `replace` whose filter matches no value is answered with success, and not with `noTarget`',
  'remove-without-path-answered-with-success': 'a `remove` without a path is answered with success',
  'required-attribute-removed': 'a PATCH that removes a required attribute is answered with success',
  'target-not-found': 'a PATCH is refused with `noTarget`, although its target is there or can be added',
  'refusal-unclear': 'a PATCH that has to fail is refused with another status or scimType than the RFC says',
  'existing-value-refused': 'an `add` of a value that is there is refused',
  'answer-differs-from-read': 'the resource in the answer differs from a read directly afterwards',
  'answered-204-to-attributes': 'a PATCH with the query parameter `attributes` is answered 204',
};

export type PatchModelCode = keyof typeof patchModelCodes;

export type Rule = (patched: Patched) => Finding<PatchModelCode> | undefined;

const codeOf: Readonly<Record<StateDifference['kind'], PatchModelCode>> = {
  'not written': 'value-not-written',
  'not removed': 'value-not-removed',
  lost: 'value-lost',
  twice: 'value-twice',
  'two primaries': 'two-primary-values',
};

const found = (
  code: PatchModelCode,
  patched: Patched,
  { expected, actual }: Pick<Finding, 'expected' | 'actual'>,
  level?: 'SHOULD',
): Finding<PatchModelCode> => ({
  code,
  ...(level === undefined ? {} : { level }),
  expected,
  actual,
  exchanges: exchangesOf(patched),
});

/** A provider may build displayName from the name, or the name from displayName. */
const derived: Readonly<Record<string, string>> = { name: 'displayName', displayName: 'name' };

const changed = (patched: Patched, difference: StateDifference): Finding<PatchModelCode> | undefined => {
  const named = namesIn(patched);
  const { kind, name, actual } = difference;
  if (!named.includes(name)) {
    if (named.some((each) => derived[each] === name)) return undefined;
    const expected = `${difference.expected} after a PATCH of ${named.join(' and ')}`;
    return found('changes-others', patched, { expected, actual });
  }
  // That a value is there once is only recommended (RFC 7644 §3.5.2.1, RFC 7643 §2.4).
  const level = kind === 'twice' ? 'SHOULD' : undefined;
  return found(codeOf[kind], patched, { expected: `${difference.expected} after the PATCH`, actual }, level);
};

/** The resource is in one of the states that the model permits. */
const state: Rule = (patched) => {
  const { step } = patched;
  if (step.type !== 'done') return undefined;
  const difference = differenceFromAll(patched, step.states);
  return difference && changed(patched, difference);
};

const readOnlyPaths = ['id', 'meta.resourceType', 'meta.location', 'meta.created'];

const isOfReadOnly = ({ operations }: Patched): boolean =>
  operations.some(({ path }) => typeof path === 'string' && /^(id|meta)\b/i.test(path));

/** Attributes that only the provider writes: it may ignore such an operation, but not do it. */
const readOnly: Rule = (patched) => {
  const { was, is } = patched;
  const changedPath = readOnlyPaths.find((path) => atPath(was, path) !== atPath(is, path));
  if (!isOfReadOnly(patched) || changedPath === undefined) return undefined;
  const expected = `${changedPath} to stay ${textOf(atPath(was, changedPath))}`;
  return found('read-only-changed', patched, { expected, actual: `it is ${textOf(atPath(is, changedPath))}` });
};

const listed = ({ schemas }: JsonObject): unknown[] => (Array.isArray(schemas) ? (schemas as unknown[]) : []);

/** A schema stays in the list as long as the resource has attributes of it. */
const schemasKept: Rule = (patched) => {
  const { was, is } = patched;
  const lost = listed(was).find(
    (schema) =>
      !listed(is).includes(schema) &&
      (schema === urn.user || schema === urn.group || (typeof schema === 'string' && isPresent(is[schema]))),
  );
  return lost === undefined || !isPresent(is.schemas)
    ? undefined
    : found('schemas-changed', patched, {
        expected: `\`schemas\` to list ${textOf(lost)}`,
        actual: `it is ${textOf(is.schemas)}`,
      });
};

const asksForAttributes = ({ write }: Patched): boolean => /[?&]attributes=/.test(write.request.url);

/** 200 with the entire resource, or 204 if `attributes` is absent (RFC 7644 §3.5.2). */
const answer: Rule = (patched) => {
  const { write, is } = patched;
  if (asksForAttributes(patched))
    return write.response.status === 204
      ? found('answered-204-to-attributes', patched, {
          expected: '200 to a PATCH with the query parameter `attributes`',
          actual: 'the answer is 204',
        })
      : undefined;
  const shown = responseObject(write);
  if (write.response.status !== 200 || typeof shown?.id !== 'string') return undefined;
  const difference = differenceFrom({ ...patched, targets: [] }, is, shown);
  return (
    difference &&
    found('answer-differs-from-read', patched, {
      expected: `the answer to show what a read shows afterwards: ${difference.expected}`,
      actual: difference.actual,
    })
  );
};

const successCode: Readonly<Record<Exclude<Refusal, 'unknown op' | 'required'>, PatchModelCode>> = {
  'no match': 'replace-of-nothing-answered-with-success',
  'no path': 'remove-without-path-answered-with-success',
};

const isUnchanged = (patched: Patched): boolean => differenceFrom(patched, patched.beforehand) === undefined;

/** The provider answers with success to what has to fail. */
const mustHaveFailed = (patched: Patched, why: Refusal): Finding<PatchModelCode> => {
  const actual = `the answer is ${patched.write.response.status}`;
  switch (why) {
    case 'unknown op':
      return isUnchanged(patched)
        ? // The RFC names the three values and does not say what becomes of others.
          found(
            'unknown-op-answered-with-success',
            patched,
            { expected: '400 to a PATCH with an op that is none of add, remove and replace', actual },
            'SHOULD',
          )
        : found('unknown-op-done', patched, {
            expected: 'no effect of a PATCH with an op that is none of add, remove and replace',
            actual: `${actual}, and the resource has changed`,
          });
    case 'required':
      return found(
        'required-attribute-removed',
        patched,
        { expected: '400 `mutability` to the removal of a required attribute', actual },
        isUnchanged(patched) ? 'SHOULD' : undefined,
      );
    default:
      return found(successCode[why], patched, { expected: '400 `noTarget`', actual });
  }
};

export const afterSuccess: Rule = (patched) => {
  const { step } = patched;
  if (step.type === 'refused') return mustHaveFailed(patched, step.why);
  return state(patched) ?? readOnly(patched) ?? schemasKept(patched) ?? answer(patched);
};

const scimTypes: Readonly<Record<Refusal, string | undefined>> = {
  'no match': 'noTarget',
  'no path': 'noTarget',
  required: 'mutability',
  'unknown op': undefined,
};

/** Statuses that say nothing about the operations: access, preconditions and limits. */
const isAboutOperations = (status: number): boolean => [400, 404, 409, 422].includes(status);

/** RFC 7644 §3.5.2.2 and §3.5.2.3 say how an operation fails. */
const refusal =
  (isKnown: (form: string) => boolean): Rule =>
  (patched) => {
    const { step, operations, write } = patched;
    const [operation, ...others] = operations;
    if (step.type !== 'refused' || operation === undefined || others.length > 0) return undefined;
    // A path of a form that the provider does not support may be refused in another way.
    if (step.why === 'no match' && !isKnown(formOf(operation))) return undefined;
    const { status } = write.response;
    const scimType = responseObject(write)?.scimType;
    const wanted = scimTypes[step.why];
    if (!isAboutOperations(status) || (status === 400 && (wanted === undefined || scimType === wanted)))
      return undefined;
    const expected = wanted === undefined ? '400' : `400 \`${wanted}\``;
    return found(
      'refusal-unclear',
      patched,
      { expected, actual: `the answer is ${status} ${textOf(scimType)}` },
      'SHOULD',
    );
  };

/** `noTarget` says that there is nothing at the path; a path to an attribute without a value can be added to. */
const targetMissed: Rule = (patched) => {
  const { step, targets, operations, write, part } = patched;
  if (step.type !== 'done' || step.isWithoutTarget || write.response.status !== 400) return undefined;
  const areKept = targets.every(
    (target) => target !== undefined && part.has(target.extension ?? target.definition.name),
  );
  if (!areKept || responseObject(write)?.scimType !== 'noTarget') return undefined;
  // It may stand for a kind of filter, or for a path with a URN, that the provider does not support.
  const isSimple =
    targets.every((target) => target?.filter === undefined || target.filter.example !== undefined) &&
    operations.every(({ path }) => typeof path !== 'string' || !/^urn:/i.test(path));
  return found(
    'target-not-found',
    patched,
    {
      expected: 'the PATCH to be done, or to be refused for another reason',
      actual: 'the answer is 400 `noTarget`, although there is a target',
    },
    isSimple ? undefined : 'SHOULD',
  );
};

const existing =
  (isKnown: (form: string) => boolean): Rule =>
  (patched) => {
    const { step, operations, write } = patched;
    const [operation, ...others] = operations;
    if (step.type !== 'done' || operation?.op !== 'add' || others.length > 0) return undefined;
    const isThere = step.states.some((each) => JSON.stringify(each) === JSON.stringify(patched.beforehand));
    if (!isThere || !isKnown(formOf(operation)) || !isAboutOperations(write.response.status)) return undefined;
    return found(
      'existing-value-refused',
      patched,
      { expected: 'success of an `add` of what is there', actual: `the answer is ${write.response.status}` },
      'SHOULD',
    );
  };

/** A PATCH that fails restores the resource (RFC 7644 §3.5.2). */
export const afterRefusal =
  (isKnown: (form: string) => boolean): Rule =>
  (patched) => {
    const difference = differenceFrom({ ...patched, targets: [] }, patched.beforehand);
    if (difference !== undefined) {
      const { status } = patched.write.response;
      const expected = `${difference.expected}, because the PATCH was answered ${status}`;
      return found('refused-patch-done', patched, { expected, actual: difference.actual });
    }
    return refusal(isKnown)(patched) ?? targetMissed(patched) ?? existing(isKnown)(patched);
  };

/** The forms of operations that the provider has done. */
export const knownForms = (patches: readonly Patched[]): ReadonlySet<string> =>
  new Set(patches.filter(({ write }) => succeeded(write)).flatMap(({ operations }) => operations.map(formOf)));

/** Whether the answer says that the PATCH was done, or that it was not: a 202 is left to MODE-02. */
export const isClear = ({ write: { response } }: Patched): boolean =>
  [200, 204, 500, 501].includes(response.status) || (response.status >= 400 && response.status < 500);

/** Whether the operations are about something that can be judged, or have to fail. */
export const isAboutKept = (patched: Patched): boolean =>
  patched.step.type === 'refused' || namesIn(patched).some((name) => patched.part.has(name)) || isOfReadOnly(patched);
