/**
 * Changes a user or group in every way, and reads it before and after each write, so that its tags can be compared. Then it is
 * read and written with current and old tags. Whether If-Match has to be honoured is read from ServiceProviderConfig.
 */
import { header } from '../../../schemas/names.js';
import type { HeaderList } from '../../../schemas/types.js';
import { defineScenario, modesOf } from '../../definitions/scenario.js';
import type { RequestPlan } from '../../session/request-plan.js';
import type { Session, SubmitPlan } from '../../session/session.js';
import { succeeded } from '../../trace/answers.js';
import { opaqueTag, tagIn } from '../../trace/entity-tags.js';
import { responseHeader } from '../../trace/message.js';
import { step, type Step } from '../../trace/step.js';
import { isAnswered, type Answered } from '../../trace/trace.js';
import { bulkPlan } from '../building-blocks/bulk-plan.js';
import { bodyFor, subjectOf, writtenBy, type Subject, type SubjectKind } from './versioned-subject.js';

export const resourceVersionsSteps = {
  config: step('what is supported'),
  /** The reads between which writes are judged. */
  state: step('the state now'),
  /** The state after a write that followed at once on another one. */
  stateAtOnce: step('the state after a write within the same second'),
  /** GETs with If-None-Match. */
  currentTag: step('If-None-Match with the current tag'),
  listOfTags: step('If-None-Match with a list that holds the current tag'),
  oldTag: step('If-None-Match with the tag of an older version'),
  otherTag: step('If-None-Match with a tag that was never sent'),
  /** Writes with If-Match, or the version of a bulk operation. */
  stale: step('If-Match with the tag of an older version'),
  current: step('If-Match with the current tag'),
};

const steps = resourceVersionsSteps;

interface Kind {
  readonly of: SubjectKind;
  readonly by: 'single requests' | 'bulk requests' | 'a new member' | 'conditional requests';
  readonly isAsync: boolean;
}

/** Milliseconds after which a tag made from the time in whole seconds is another one with the next write. */
const nextTagMs = 1100;

/** A tag that no provider sends. */
const tagOfNothing = '"never-sent-by-anybody"';

type Method = 'PUT' | 'PATCH' | 'DELETE';

const purposes = { PUT: 'replace', PATCH: 'patch', DELETE: 'delete' } as const;

const readState = (session: Session, { path }: Subject, variant: Step = steps.state): Promise<Answered> =>
  session.send({ method: 'GET', url: path, purpose: 'read', subject: path, variant });

/** A synchronous write; returns whether it succeeded. */
const write = async (
  session: Session,
  subject: Subject,
  method: Method,
  more: Partial<RequestPlan> = {},
): Promise<boolean> => {
  const { path } = subject;
  const body = method === 'DELETE' ? {} : { body: bodyFor(subject, method) };
  const answer = await session.attempt({
    method,
    url: path,
    purpose: purposes[method],
    subject: path,
    ...body,
    ...more,
  });
  return isAnswered(answer) && succeeded(answer);
};

/** The write as the only operation of a bulk request. */
const inBulk = (subject: Subject, method: 'PUT' | 'PATCH', version?: string) => {
  const data = bodyFor(subject, method);
  const expected = version === undefined ? 'success' : 'failure';
  return bulkPlan([{ method, path: subject.path, expected, data, ...(version === undefined ? {} : { version }) }]);
};

const sendBulk = async (session: Session, { body }: SubmitPlan, variant?: Step): Promise<void> => {
  const about = { purpose: 'bulk', body, ...(variant === undefined ? {} : { variant }) } as const;
  await session.attempt({ method: 'POST', url: '/Bulk', ...about });
};

const submit = async (session: Session, plan: SubmitPlan, subject: string): Promise<void> => {
  const submitted = await session.submit({ ...plan, subject });
  if (submitted.submission.accepted) await session.settle(submitted);
};

type Change = () => Promise<unknown>;

/** Writes by each method; asynchronously if there is a binding to do so. */
const changesBy = (session: Session, subject: Subject, { by, isAsync }: Kind): Change[] => {
  const { path, withMember } = subject;
  const single = (method: 'PUT' | 'PATCH') => (): Promise<unknown> =>
    isAsync
      ? submit(
          session,
          { method, url: path, body: bodyFor(subject, method), operations: [{ method, path, expected: 'success' }] },
          path,
        )
      : write(session, subject, method);
  const bulk = (method: 'PUT' | 'PATCH') => (): Promise<unknown> => {
    const plan = inBulk(subject, method);
    return isAsync ? submit(session, plan, path) : sendBulk(session, plan);
  };
  switch (by) {
    case 'single requests':
      return writtenBy(session).map(single);
    case 'bulk requests':
      return writtenBy(session).map(bulk);
    case 'a new member':
      return withMember === undefined ? [] : [() => write(session, subject, 'PATCH', { body: withMember() })];
    case 'conditional requests':
      return [];
  }
};

/** The next write is of another second than the one before. */
const makeEach = async (session: Session, subject: Subject, changes: readonly Change[]): Promise<void> => {
  for (const change of changes) {
    await session.pause(nextTagMs);
    await change();
    await readState(session, subject);
  }
};

const ifMatch = (tag: string): HeaderList => [[header.ifMatch, tag]];

const readIfChanged = async (session: Session, { path }: Subject, tag: string, variant: Step): Promise<void> => {
  const headers: HeaderList = [[header.ifNoneMatch, tag]];
  await session.attempt({ method: 'GET', url: path, purpose: 'read', subject: path, headers, variant });
};

/** Reads with tags that are current, old or nobody's; a provider without the ETag field has no such reads. */
const readConditionally = async (session: Session, subject: Subject, old: string, now: Answered): Promise<void> => {
  const current = responseHeader(now, header.etag);
  if (current === undefined) return;
  await readIfChanged(session, subject, current, steps.currentTag);
  await readIfChanged(session, subject, `${tagOfNothing}, ${current}`, steps.listOfTags);
  await readIfChanged(session, subject, old, steps.oldTag);
  await readIfChanged(session, subject, tagOfNothing, steps.otherTag);
};

/** Writes with the old tag, each followed by a read; then with the tag that the read before shows. */
const writeConditionally = async (session: Session, subject: Subject, old: string): Promise<void> => {
  const methods = writtenBy(session);
  for (const method of methods) {
    await write(session, subject, method, { headers: ifMatch(old), variant: steps.stale });
    await readState(session, subject);
  }
  if (session.facts.capabilities.bulk) {
    await sendBulk(session, inBulk(subject, 'PUT', old), steps.stale);
    await readState(session, subject);
  }
  for (const method of methods) {
    const tag = tagIn(await readState(session, subject));
    if (tag === undefined) return;
    await write(session, subject, method, { headers: ifMatch(tag), variant: steps.current });
  }
  const tag = tagIn(await readState(session, subject));
  const isGone = await write(session, subject, 'DELETE', { headers: ifMatch(old), variant: steps.stale });
  await readState(session, subject);
  if (isGone || tag === undefined) return;
  await write(session, subject, 'DELETE', { headers: ifMatch(tag), variant: steps.current });
};

/** Changes the resource until the first tag is old, then reads and writes with both. */
const writeWithTags = async (session: Session, subject: Subject, old: string): Promise<void> => {
  await session.pause(nextTagMs);
  await write(session, subject, 'PUT');
  await readState(session, subject);
  await write(session, subject, 'PUT');
  await readState(session, subject, steps.stateAtOnce);
  // The last write has to be of another second than the first tag, and of another than the next writes.
  await session.pause(nextTagMs);
  await write(session, subject, 'PUT');
  const now = await readState(session, subject);
  const current = tagIn(now);
  if (current === undefined || opaqueTag(current) === opaqueTag(old)) return;
  await readConditionally(session, subject, old, now);
  await writeConditionally(session, subject, old);
};

export const resourceVersions = defineScenario({
  name: 'resource-versions',
  title: 'changes users and groups in every way, and reads and writes them with current and old tags',
  eachBinding: true,
  waits: true,
  // Each has a resource of its own, so that they wait at the same time.
  inputs: ({ capabilities: { groups, bulk, patch } }, turn): Kind[] =>
    (groups ? (['user', 'group'] as const) : (['user'] as const)).flatMap((of) =>
      modesOf(turn).flatMap((isAsync) => [
        { of, by: 'single requests', isAsync },
        ...(bulk ? [{ of, by: 'bulk requests', isAsync } as const] : []),
        ...(of === 'group' && patch && !isAsync ? [{ of, by: 'a new member', isAsync } as const] : []),
        ...(isAsync ? [] : [{ of, by: 'conditional requests', isAsync } as const]),
      ]),
    ),
  exercise: async (kind, session) => {
    await session.attempt({ method: 'GET', url: '/ServiceProviderConfig', purpose: 'probe', variant: steps.config });
    const subject = await subjectOf(session, kind.of);
    const first = await readState(session, subject);
    const old = tagIn(first);
    if (old === undefined) return;
    if (kind.by === 'conditional requests') await writeWithTags(session, subject, old);
    else await makeEach(session, subject, changesBy(session, subject, kind));
  },
});
