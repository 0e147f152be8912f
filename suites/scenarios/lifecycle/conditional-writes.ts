/**
 * Writes a user or group asynchronously with the ETag of an older version, and with the current one. The same is done
 * synchronously first: a provider that does not honour If-Match at all is no subject of this scenario.
 */
import { header } from '../../../schemas/names.js';
import type { HeaderList } from '../../../schemas/types.js';
import { plainGroup, wordedUser, wordPatch } from '../../generators/worded.js';
import type { RequestPlan } from '../../session/request-plan.js';
import type { Session, SubmitPlan } from '../../session/session.js';
import { defineScenario } from '../../definitions/scenario.js';
import { Blocked } from '../../errors/errors.js';
import { responseHeader } from '../../trace/message.js';
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
};

const steps = conditionalWritesSteps;

type Method = 'PUT' | 'PATCH' | 'DELETE';

/** A write: of a user or a group, alone or as the only operation of a bulk request. */
interface Kind {
  readonly method: Method;
  readonly of: 'user' | 'group';
  readonly isBulk: boolean;
}

interface Subject {
  readonly path: string;
  /** The body of a PUT that changes it. */
  readonly changed: () => Record<string, unknown>;
}

/** The tag that a read of the user shows. Throws Blocked if there is none. */
const tagOf = async (session: Session, { path }: Subject, variant?: Step): Promise<string> => {
  const about = { purpose: 'read', subject: path, ...(variant === undefined ? {} : { variant }) } as const;
  const tag = responseHeader(await session.send({ method: 'GET', url: path, ...about }), header.etag);
  if (tag === undefined)
    throw new Blocked('no-etag', 'A GET of what is to be written has no ETag, so that no write can be conditional.');
  return tag;
};

const subjectOf = async (session: Session, of: Kind['of']): Promise<Subject> => {
  if (of === 'group') {
    const { path } = await createGroup(session, []);
    return { path, changed: () => plainGroup(session.groupName()) };
  }
  const { userName, path } = await createUser(session, (name) => wordedUser(name, session.word()));
  return { path, changed: () => wordedUser(userName, session.word()) };
};

const bodyOf = (session: Session, method: Method, { changed }: Subject): unknown =>
  method === 'PUT' ? changed() : method === 'PATCH' ? wordPatch(session.word()) : undefined;

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
  session: Session,
  { method, isBulk }: Kind,
  subject: Subject,
  { tag, isStale }: { readonly tag: string; readonly isStale: boolean },
): SubmitPlan => {
  const expectation = isStale ? ({ expected: 'failure', status: '412' } as const) : ({ expected: 'success' } as const);
  const { path } = subject;
  const body = bodyOf(session, method, subject);
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

export const conditionalWrites = defineScenario({
  name: 'conditional-writes',
  title: 'writes with If-Match asynchronously, with an old tag and with the current one',
  needs: { binding: 'any' },
  inputs: ({ capabilities: { patch, bulk, groups } }): Kind[] => {
    const methods = (['PUT', 'PATCH', 'DELETE'] as const).filter((method) => method !== 'PATCH' || patch);
    return [
      ...methods.map((method) => ({ method, of: 'user' as const, isBulk: false })),
      ...(bulk ? methods.map((method) => ({ method, of: 'user' as const, isBulk: true })) : []),
      ...(groups ? [{ method: 'PUT', of: 'group', isBulk: false } as const] : []),
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
    await submit(session, planFor(session, kind, user, { tag: old, isStale: true }), steps.stale, user.path);
    const after = await session.send({
      method: 'GET',
      url: user.path,
      purpose: 'read',
      subject: user.path,
      variant: steps.afterStale,
    });
    const current = responseHeader(after, header.etag);
    if (current === undefined) return;
    await submit(session, planFor(session, kind, user, { tag: current, isStale: false }), steps.current, user.path);
  },
});
