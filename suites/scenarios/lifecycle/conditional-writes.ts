/**
 * Writes a user asynchronously with the ETag of an older version, and with the current one. The same is done
 * synchronously first: a provider that does not honour If-Match at all is no subject of this scenario.
 */
import { header } from '../../../schemas/names.js';
import type { HeaderList } from '../../../schemas/types.js';
import { wordedUser, wordPatch } from '../../generators/worded.js';
import type { RequestPlan } from '../../session/request-plan.js';
import type { Session, SubmitPlan } from '../../session/session.js';
import { defineScenario } from '../../definitions/scenario.js';
import { Blocked } from '../../errors/errors.js';
import { responseHeader } from '../../trace/message.js';
import { succeeded } from '../../trace/answers.js';
import { isAnswered } from '../../trace/trace.js';
import { step, type Step } from '../../trace/step.js';
import { bulkPlan } from '../building-blocks/bulk-plan.js';
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

type Kind = 'PUT' | 'PATCH' | 'DELETE' | 'bulk';

interface Subject {
  readonly userName: string;
  readonly path: string;
}

const purposes = { PUT: 'replace', PATCH: 'patch', DELETE: 'delete' } as const;

/** The tag that a read of the user shows. Throws Blocked if there is none. */
const tagOf = async (session: Session, { path }: Subject, variant?: Step): Promise<string> => {
  const about = { purpose: 'read', subject: path, ...(variant === undefined ? {} : { variant }) } as const;
  const tag = responseHeader(await session.send({ method: 'GET', url: path, ...about }), header.etag);
  if (tag === undefined)
    throw new Blocked('no-etag', 'A GET of a user has no ETag, so that no write can be conditional.');
  return tag;
};

const bodyOf = (session: Session, method: Exclude<Kind, 'bulk'>, userName: string): unknown =>
  method === 'PUT' ? wordedUser(userName, session.word()) : method === 'PATCH' ? wordPatch(session.word()) : undefined;

const ifMatch = (tag: string): HeaderList => [[header.ifMatch, tag]];

/** A synchronous replace of the user; a bulk request and a DELETE are compared with it, too. */
const replace = (session: Session, { userName, path }: Subject, more: Partial<RequestPlan>): Promise<boolean> =>
  session
    .attempt({
      method: 'PUT',
      url: path,
      purpose: purposes.PUT,
      subject: path,
      body: wordedUser(userName, session.word()),
      ...more,
    })
    .then((answer) => isAnswered(answer) && succeeded(answer));

const planFor = (
  session: Session,
  kind: Kind,
  { userName, path }: Subject,
  { tag, isStale }: { readonly tag: string; readonly isStale: boolean },
): SubmitPlan => {
  const expectation = isStale ? ({ expected: 'failure', status: '412' } as const) : ({ expected: 'success' } as const);
  if (kind === 'bulk') {
    const data = wordedUser(userName, session.word());
    return bulkPlan([{ method: 'PUT', path, ...expectation, version: tag, data }]);
  }
  const body = bodyOf(session, kind, userName);
  return {
    method: kind,
    url: path,
    headers: ifMatch(tag),
    ...(body === undefined ? {} : { body }),
    operations: [{ method: kind, path, ...expectation }],
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
  inputs: ({ capabilities }): Kind[] => [
    'PUT',
    ...(capabilities.patch ? (['PATCH'] as const) : []),
    'DELETE',
    ...(capabilities.bulk ? (['bulk'] as const) : []),
  ],
  exercise: async (kind, session) => {
    const user = await createUser(session, (name) => wordedUser(name, session.word()));
    const old = await tagOf(session, user);
    await replace(session, user, {});
    if ((await tagOf(session, user)) === old)
      throw new Blocked('etag-unchanged', 'A PUT with other values does not change the ETag of the user.');
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
