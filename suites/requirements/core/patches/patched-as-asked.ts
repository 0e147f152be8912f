/**
 * The rules of CORE-03 for PATCH requests of every kind (RFC 7644 §3.5.2): what a read shows afterwards is compared with
 * the read before and the operations. A refusal is permitted, but then nothing may have changed.
 */
import { type Ambiguity, type Finding, judgeEach, type Judgement } from '../../../judging/judge.js';
import { patched, readPatchPath, type ReplaceReading } from '../../../judging/patched.js';
import type { DifferenceKind, ResourceDifference } from '../../../judging/resource-difference.js';
import type { TraceView } from '../../../judging/trace-view.js';
import { succeeded } from '../../../trace/answers.js';
import { isObject, type JsonObject, operationsIn, requestJson } from '../../../trace/message.js';
import { changesOf, exchangesOf, firstDifference, keptNames, type Change } from '../changes/changes.js';

export const patchCodes = {
  'patch-value-not-written': 'a value that PATCH wrote is not there',
  'patch-value-not-removed': 'a value that PATCH removed is still there',
  'patch-value-lost': 'a value that PATCH left alone is gone',
  'patch-value-twice': 'a value that PATCH added is in the list twice, because it was there before',
  'unknown-op-done': 'a PATCH with an unknown op changes the resource',
  'unknown-op-answered-with-success': 'a PATCH with an unknown op is answered with success, although nothing is done',
  'refused-patch-done': 'a PATCH that is refused changes the resource',
};

export type PatchCode = keyof typeof patchCodes | 'patch-changes-others';

const codeOf: Readonly<Record<DifferenceKind, PatchCode>> = {
  'not-written': 'patch-value-not-written',
  'not-removed': 'patch-value-not-removed',
  lost: 'patch-value-lost',
  twice: 'patch-value-twice',
};

const operationsOf = ({ write }: Change): readonly JsonObject[] => operationsIn(requestJson(write)).filter(isObject);

/** Names of the attributes that an operation changes; of an extension its URN. */
const namesIn = ({ path, value }: JsonObject): readonly string[] => {
  if (typeof path !== 'string') return isObject(value) ? Object.keys(value) : [];
  const target = readPatchPath(path);
  return target === undefined ? [] : [target.extension ?? target.attribute];
};

/** A provider may build displayName from the name, or the name from displayName. */
const derived: Readonly<Record<string, string>> = { name: 'displayName', displayName: 'name' };

const known = ['add', 'remove', 'replace'];

const hasUnknownOp = (change: Change): boolean =>
  operationsOf(change).some(({ op }) => typeof op !== 'string' || !known.includes(op.toLowerCase()));

type Rule = (change: Change) => Finding<PatchCode> | undefined;

/** A PATCH that fails restores the resource (RFC 7644 §3.5.2). */
const afterRefusal: Rule = (change) => {
  const difference = firstDifference(change, { wanted: change.was, shown: change.is, names: keptNames(change) });
  return (
    difference && {
      code: 'refused-patch-done',
      expected: `${difference.expected}, because the PATCH was answered ${change.write.response.status}`,
      actual: difference.actual,
      exchanges: exchangesOf(change),
    }
  );
};

const afterUnknownOp: Rule = (change) => {
  const difference = firstDifference(change, { wanted: change.was, shown: change.is, names: keptNames(change) });
  const expected = '400 to a PATCH whose op is none of add, remove and replace';
  if (difference !== undefined)
    return {
      code: 'unknown-op-done',
      expected,
      actual: `it is done: ${difference.actual}`,
      exchanges: exchangesOf(change),
    };
  return {
    code: 'unknown-op-answered-with-success',
    // The RFC names the three values and does not say what becomes of others.
    level: 'SHOULD',
    expected,
    actual: `the answer is ${change.write.response.status}`,
    exchanges: [change.write],
  };
};

/** The attributes that the operations change, as the resource spells them: names have no letter case (RFC 7643 §2.1). */
const namedBy = (change: Change): readonly string[] => {
  const own = Object.keys({ ...change.sent, ...change.was });
  const spelled = (name: string): string => own.find((each) => each.toLowerCase() === name.toLowerCase()) ?? name;
  return operationsOf(change).flatMap(namesIn).map(spelled);
};

/** In what a read differs from the result of the operations, of the attributes that they change. */
const differenceInNamed = (change: Change, reading: ReplaceReading): ResourceDifference | undefined => {
  const wanted = patched(change.was, operationsOf(change), reading);
  const named = namedBy(change);
  const names = keptNames(change).filter((name) => named.includes(name));
  return wanted && firstDifference(change, { wanted, shown: change.is, names });
};

/** Whether `replace` has removed the sub-attributes that it does not name, where RFC 7644 §3.5.2.3 can be read so. */
const removesTheOthers = (change: Change): boolean =>
  differenceInNamed(change, 'keeps the others')?.kind === 'lost' &&
  differenceInNamed(change, 'removes the others') === undefined;

const afterSuccess: Rule = (change) => {
  const { was, is } = change;
  if (patched(was, operationsOf(change)) === undefined) return undefined;
  const kept = keptNames(change);
  const named = namedBy(change);
  const own = removesTheOthers(change) ? undefined : differenceInNamed(change, 'keeps the others');
  if (own !== undefined)
    return {
      code: codeOf[own.kind],
      // That a value is there once is only recommended (RFC 7644 §3.5.2.1, RFC 7643 §2.4).
      ...(own.kind === 'twice' ? { level: 'SHOULD' as const } : {}),
      expected: `${own.expected} after the PATCH`,
      actual: own.actual,
      exchanges: exchangesOf(change),
    };
  const others = kept.filter((name) => !named.includes(name) && !named.some((each) => derived[each] === name));
  const beside = firstDifference(change, { wanted: was, shown: is, names: others });
  return (
    beside && {
      code: 'patch-changes-others',
      expected: `${beside.expected} after a PATCH of ${named.join(' and ')}`,
      actual: beside.actual,
      exchanges: exchangesOf(change),
    }
  );
};

/** Answers that say whether the PATCH was done: a 202 is left to MODE-02, and a 5xx to ERR-09. */
const isClear = ({ write: { response } }: Change): boolean =>
  response.status === 200 || response.status === 204 || (response.status >= 400 && response.status < 500);

const othersRemoved: Ambiguity = {
  point:
    'what `replace` without a path, or of a value that a filter selects, does to the sub-attributes that it does not name',
  readings: [
    'they stay, as they do if the path is that of a complex attribute (RFC 7644 §3.5.2.3)',
    'they are removed, because `replace` replaces the value at the target (RFC 7644 §3.5.2.3)',
  ],
  seen: 'removes them',
};

/** Judges each PATCH that has a read directly before and after it, if it is about attributes that the provider keeps. */
export const judgePatches = (trace: TraceView): Judgement<PatchCode> => {
  const changes = changesOf(trace, 'patch').filter((change) => {
    const kept = keptNames(change);
    return isClear(change) && namedBy(change).some((name) => kept.includes(name));
  });
  const judgement = judgeEach(changes, (change) => {
    if (!succeeded(change.write)) return afterRefusal(change);
    return hasUnknownOp(change) ? afterUnknownOp(change) : afterSuccess(change);
  });
  const isOpen = changes.some((change) => succeeded(change.write) && removesTheOthers(change));
  return isOpen ? { ...judgement, ambiguities: [othersRemoved] } : judgement;
};
