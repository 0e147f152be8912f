/**
 * Writes a user or group asynchronously with the ETag of an older version, with the current one, and with both. The same is done
 * synchronously first: a provider that does not honour If-Match at all is no subject of this scenario.
 */
import { header, urn } from '../../../schemas/names.js';
import type { HeaderList } from '../../../schemas/types.js';
import { plainGroup, wordedUser, wordPatch } from '../../generators/worded.js';
import type { RequestPlan } from '../../session/request-plan.js';
import type { Session, SubmitPlan } from '../../session/session.js';
import { defineScenario } from '../../definitions/scenario.js';
import { Blocked } from '../../errors/errors.js';
import { tagIn } from '../../trace/entity-tags.js';
import { succeeded } from '../../trace/answers.js';
import { isAnswered } from '../../trace/trace.js';
import { step, type Step } from '../../trace/step.js';
import { bulkPlan } from '../building-blocks/bulk-plan.js';
import { createGroup } from '../building-blocks/create-group.js';
import { createUser } from '../building-blocks/create-user.js';

export const conditionalWritesSteps = {
  /** The synchronous writes, and the asynchronous ones, with the tag of an older version. */
  synchronousStale: step('synchronous, with the tag of an older version'),
  stale: step('asynchronous, with the tag of an older version'),
  /** The same with the current tag. */
  synchronousCurrent: step('synchronous, with the current tag'),
  current: step('asynchronous, with the current tag'),
  /** A read before the asynchronous write with the old tag, and one after it. */
  beforeStale: step('before the asynchronous write with the tag of an older version'),
  afterStale: step('after the asynchronous write with the tag of an older version'),
  /** Writes by the other methods and in a bulk request with several operations, all with the tag of an older version. */
  alsoStale: step('by another method or in a larger bulk request, with the tag of an older version'),
  /** A list of tags that holds the current one, and `*`. */
  synchronousList: step('synchronous, with a list of tags'),
  list: step('asynchronous, with a list of tags'),
  synchronousStar: step('synchronous, with *'),
  star: step('asynchronous, with *'),
  synchronousStaleDelete: step('synchronous DELETE, with the tag of an older version'),
  /** Several writes at once with the tag that was current before them. */
  together: step('asynchronous, several at once with one tag'),
};

const steps = conditionalWritesSteps;

type Method = 'PUT' | 'PATCH' | 'DELETE';

/** A write: of a user or a group, alone or as the only operation of a bulk request. */
interface Kind {
  readonly method: Method;
  readonly of: 'user' | 'group';
  readonly isBulk: boolean;
  /** What is tried afterwards: writes by these other methods, a bulk request with them, or other forms of the field. */
  readonly others?: readonly Method[];
  readonly larger?: readonly Method[];
  readonly hasOtherForms?: boolean;
}

/** Writes that are sent at once with one tag: only one of them may be done. */
const writesTogether = 3;

/** Milliseconds after which a tag made from the time in whole seconds is another one with the next write. */
const nextTagMs = 1100;

interface Subject {
  readonly path: string;
  /** The body of a PUT that changes it. */
  readonly changed: () => Record<string, unknown>;
  /** The body of a PATCH that changes it. */
  readonly patched: () => Record<string, unknown>;
}

/** The tag that a read of the user shows. Throws Blocked if there is none. */
const tagOf = async (session: Session, { path }: Subject, variant?: Step): Promise<string> => {
  const about = { purpose: 'read', subject: path, ...(variant === undefined ? {} : { variant }) } as const;
  const tag = tagIn(await session.send({ method: 'GET', url: path, ...about }));
  if (tag === undefined)
    throw new Blocked(
      'no-etag',
      'A GET of what is to be written has neither ETag nor meta.version, so that no write can be conditional.',
    );
  return tag;
};

const subjectOf = async (session: Session, of: Kind['of']): Promise<Subject> => {
  if (of === 'group') {
    const { path } = await createGroup(session, []);
    const patched = (): Record<string, unknown> => ({
      schemas: [urn.patchOp],
      Operations: [{ op: 'replace', path: 'displayName', value: session.groupName() }],
    });
    return { path, changed: () => plainGroup(session.groupName()), patched };
  }
  const { userName, path } = await createUser(session, (name) => wordedUser(name, session.word()));
  const patched = (): Record<string, unknown> => wordPatch(session.word());
  return { path, changed: () => wordedUser(userName, session.word()), patched };
};

const bodyOf = (method: Method, { changed, patched }: Subject): unknown =>
  method === 'PUT' ? changed() : method === 'PATCH' ? patched() : undefined;

const ifMatch = (tag: string): HeaderList => [[header.ifMatch, tag]];

/** A synchronous replace; a bulk request and a DELETE are compared with it, too. */
const replace = (session: Session, { path, changed }: Subject, more: Partial<RequestPlan>): Promise<boolean> =>
  session
    .attempt({
      method: 'PUT',
      url: path,
      purpose: 'replace',
      subject: path,
      body: changed(),
      ...more,
    })
    .then((answer) => isAnswered(answer) && succeeded(answer));

const planFor = (
  { method, isBulk }: Pick<Kind, 'method' | 'isBulk'>,
  subject: Subject,
  { tag, isStale }: { readonly tag: string; readonly isStale: boolean },
): SubmitPlan => {
  const expectation = isStale ? ({ expected: 'failure', status: '412' } as const) : ({ expected: 'success' } as const);
  const { path } = subject;
  const body = bodyOf(method, subject);
  if (isBulk) return bulkPlan([{ method, path, ...expectation, version: tag, data: body }]);
  return {
    method,
    url: path,
    headers: ifMatch(tag),
    ...(body === undefined ? {} : { body }),
    operations: [{ method, path, ...expectation }],
  };
};

const submit = async (session: Session, plan: SubmitPlan, variant: Step, subject: string): Promise<void> => {
  const submitted = await session.submit({ ...plan, variant, subject });
  if (submitted.submission.accepted) await session.settle(submitted);
};

/** Every write of a bulk request has to be refused, and not only its first one. */
const tryOtherWrites = async (session: Session, subject: Subject, kind: Kind, old: string): Promise<void> => {
  const stale = { expected: 'failure', status: '412' } as const;
  const { path } = subject;
  for (const method of kind.others ?? []) {
    const plan = planFor({ method, isBulk: false }, subject, { tag: old, isStale: true });
    await submit(session, plan, steps.alsoStale, path);
  }
  if (kind.larger === undefined) return;
  const operations = kind.larger.map((method) => {
    const data = bodyOf(method, subject);
    return { method, path, ...stale, version: old, ...(data === undefined ? {} : { data }) };
  });
  await submit(session, bulkPlan(operations), steps.alsoStale, path);
};

/** If-Match may be a list of tags, or `*` (RFC 9110 §13.1.1). */
const tryOtherForms = async (session: Session, subject: Subject, old: string): Promise<void> => {
  const list = async (): Promise<string> => `${old}, ${await tagOf(session, subject)}`;
  const put = { method: 'PUT', isBulk: false } as const;
  await replace(session, subject, { headers: ifMatch(await list()), variant: steps.synchronousList });
  await replace(session, subject, { headers: ifMatch('*'), variant: steps.synchronousStar });
  const asList = planFor(put, subject, { tag: await list(), isStale: false });
  await submit(session, asList, steps.list, subject.path);
  await submit(session, planFor(put, subject, { tag: '*', isStale: false }), steps.star, subject.path);
};

const tryTogether = async (session: Session, subject: Subject): Promise<void> => {
  const tag = await tagOf(session, subject);
  await session.pause(nextTagMs);
  const put = { method: 'PUT', isBulk: false } as const;
  await Promise.all(
    Array.from({ length: writesTogether }, () =>
      submit(session, planFor(put, subject, { tag, isStale: false }), steps.together, subject.path),
    ),
  );
};

const methodsOf = (hasPatch: boolean): Method[] =>
  (['PUT', 'PATCH', 'DELETE'] as const).filter((method) => method !== 'PATCH' || hasPatch);

export const conditionalWrites = defineScenario({
  name: 'conditional-writes',
  title: 'writes with If-Match asynchronously, with an old tag and with the current one',
  needs: { binding: 'any' },
  inputs: ({ capabilities: { patch, bulk, groups }, bulkRoom = Infinity }, { isFirst }): Kind[] => {
    const methods = methodsOf(patch);
    const others = methods.filter((method) => method !== 'PUT');
    const larger = bulk && isFirst && bulkRoom >= methods.length ? { larger: methods } : {};
    return [
      ...methods.map((method) => ({
        ...{ method, of: 'user' as const, isBulk: false },
        ...(method === 'PUT' && isFirst ? { hasOtherForms: true } : {}),
      })),
      ...(bulk
        ? methods.map((method) => ({
            ...{ method, of: 'user' as const, isBulk: true },
            ...(method === 'PUT' ? larger : {}),
          }))
        : []),
      ...(groups
        ? [{ method: 'PUT', of: 'group', isBulk: false, ...(isFirst ? { others } : {}), ...larger } as const]
        : []),
    ];
  },
  exercise: async (kind, session) => {
    const user = await subjectOf(session, kind.of);
    const old = await tagOf(session, user);
    if (!(await replace(session, user, {})))
      throw new Blocked('etag-unchanged', `A PUT that changes the ${kind.of} is refused, so that its ETag stays.`);
    if ((await tagOf(session, user)) === old)
      throw new Blocked('etag-unchanged', `A PUT with other values does not change the ETag of the ${kind.of}.`);
    const isIgnored = await replace(session, user, { headers: ifMatch(old), variant: steps.synchronousStale });
    if (isIgnored) return;
    await replace(session, user, { headers: ifMatch(await tagOf(session, user)), variant: steps.synchronousCurrent });
    await tagOf(session, user, steps.beforeStale);
    await submit(session, planFor(kind, user, { tag: old, isStale: true }), steps.stale, user.path);
    const after = await session.send({
      method: 'GET',
      url: user.path,
      purpose: 'read',
      subject: user.path,
      variant: steps.afterStale,
    });
    const current = tagIn(after);
    if (current === undefined) return;
    await submit(session, planFor(kind, user, { tag: current, isStale: false }), steps.current, user.path);
    await tryOtherWrites(session, user, kind, old);
    if (kind.hasOtherForms !== true) return;
    await tryOtherForms(session, user, old);
    await tryTogether(session, user);
    // The error of a DELETE is often made elsewhere than that of a PUT (ERR-01).
    const about = { url: user.path, purpose: 'delete', subject: user.path, headers: ifMatch(old) } as const;
    await session.attempt({ method: 'DELETE', variant: steps.synchronousStaleDelete, ...about });
  },
});
