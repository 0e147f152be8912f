/**
 * Makes the same write to twins (two equal users), to one synchronously and to the other asynchronously. Whatever a
 * provider keeps, derives or ignores, it has to do so in both modes; the judges compare reads of both twins.
 */
import { urn } from '../../../schemas/names.js';
import type { SubmittedOperation } from '../../../schemas/types.js';
import { plainUser } from '../../generators/user.js';
import { plainGroup } from '../../generators/worded.js';
import { pathUnder } from '../../judging/history/history.js';
import { createdUrl } from '../../session/lookup.js';
import type { Session, SubmitPlan } from '../../session/session.js';
import { responseObject } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';
import { createUser } from '../building-blocks/create-user.js';
import { defineScenario } from '../../definitions/scenario.js';
import { Blocked } from '../../errors/errors.js';
import { step } from '../../trace/step.js';

export const sameAsSynchronousSteps = {
  synchronous: step('synchronous'),
  asynchronous: step('asynchronous'),
  synchronousBefore: step('synchronous before'),
  asynchronousBefore: step('asynchronous before'),
};

const steps = sameAsSynchronousSteps;

export type Mode = 'synchronous' | 'asynchronous';

interface Write {
  readonly method: SubmitPlan['method'];
  readonly path: string;
  readonly name: string;
  readonly body?: unknown;
}

/** Makes the write in one of the modes; returns the path of the created resource, if it created one. */
const write = async (
  session: Session,
  mode: Mode,
  { method, path, name, body }: Write,
): Promise<string | undefined> => {
  const about = { method, url: path, subject: name, variant: steps[mode], ...(body === undefined ? {} : { body }) };
  const { baseUrl } = session.facts;
  if (mode === 'asynchronous') {
    const operation: SubmittedOperation = {
      method,
      path,
      expected: 'success',
      ...(method === 'POST' ? { userName: name } : {}),
    };
    const submitted = await session.submit({ ...about, operations: [operation] });
    if (!submitted.submission.accepted) throw new Blocked('not-accepted', `${method} ${path} was not accepted.`);
    const { results } = await session.settle(submitted);
    const location = results[0]?.location;
    return location === undefined ? undefined : pathUnder(location, `${baseUrl}${path}`, baseUrl);
  }
  const purposes = { POST: 'create', PUT: 'replace', PATCH: 'patch', DELETE: 'delete' } as const;
  const answer = await session.send({ ...about, purpose: purposes[method] });
  return method === 'POST' ? createdUrl(answer)?.slice(baseUrl.length) : path;
};

const read = (session: Session, mode: Mode, path: string, name: string): Promise<unknown> =>
  session.attempt({ method: 'GET', url: path, purpose: 'read', variant: steps[mode], subject: name });

/** A user with many attributes; its second address and its externalId contain its name. */
const richUser = (userName: string): Record<string, unknown> => ({
  ...plainUser(userName),
  externalId: `ext-${userName}`,
  active: false,
  title: 'Tester',
  nickName: 'Nick',
  emails: [
    { value: userName, type: 'work', primary: true },
    { value: `home-${userName}`, type: 'home' },
  ],
});

const patched = (userName: string, ...Operations: unknown[]) => ({
  body: (name: string): unknown => ({
    schemas: [urn.patchOp],
    Operations: JSON.parse(JSON.stringify(Operations).replaceAll(userName, name)) as unknown,
  }),
});

/** A placeholder for the name of the user in an operation. */
const own = 'OWN-NAME';

const changes: Record<string, { readonly method: 'PUT' | 'PATCH'; readonly body: (name: string) => unknown }> = {
  'a replace that leaves attributes out': { method: 'PUT', body: (name) => plainUser(name) },
  'a patch that removes': {
    method: 'PATCH',
    ...patched(own, { op: 'remove', path: 'title' }, { op: 'remove', path: 'nickName' }),
  },
  'a patch that adds a value': {
    method: 'PATCH',
    ...patched(own, { op: 'add', path: 'emails', value: [{ value: `other-${own}`, type: 'other' }] }),
  },
  'a patch without a path': {
    method: 'PATCH',
    ...patched(own, { op: 'replace', value: { title: 'Judge', active: true } }),
  },
};

const userCases: Record<string, (session: Session, mode: Mode) => Promise<void>> = {
  'a create of a user': async (session, mode) => {
    const name = session.userName();
    const path = await write(session, mode, { method: 'POST', path: '/Users', name, body: richUser(name) });
    if (path !== undefined) await read(session, mode, path, name);
  },
  'a change of the name': async (session, mode) => {
    const { userName, path } = await createUser(session);
    const name = session.userName();
    await session.find(userName);
    await write(session, mode, { method: 'PUT', path, name, body: plainUser(name) });
    await read(session, mode, path, name);
    await session.find(name);
    await session.find(userName);
  },
  'a create after a delete': async (session, mode) => {
    const { userName: name, path } = await createUser(session);
    await write(session, mode, { method: 'DELETE', path, name });
    const about = { method: 'POST', url: '/Users', subject: name, variant: steps[`${mode}Before`] } as const;
    await session.attempt({ ...about, purpose: 'create', body: plainUser(name) });
  },
};

const groupCases: Record<string, (session: Session, mode: Mode) => Promise<void>> = {
  'a create of a group': async (session, mode) => {
    const { answer } = await createUser(session);
    const name = session.groupName();
    const body = plainGroup(name, [idOf(answer)]);
    const path = await write(session, mode, { method: 'POST', path: '/Groups', name, body });
    if (path !== undefined) await read(session, mode, path, name);
  },
  'a delete of a group': async (session, mode) => {
    const { answer, userName: memberName, path: member } = await createUser(session);
    const name = session.groupName();
    const body = plainGroup(name, [idOf(answer)]);
    const group = await session.send({ method: 'POST', url: '/Groups', purpose: 'create', subject: name, body });
    const path = createdUrl(group)?.slice(session.facts.baseUrl.length);
    if (path === undefined) throw new Blocked('not-created', 'The scenario needs a group, but could not create one.');
    await write(session, mode, { method: 'DELETE', path, name });
    await read(session, mode, path, name);
    await read(session, mode, member, memberName);
  },
};

/** The id of the created resource. Throws Blocked if there is none. */
const idOf = (answer: Answered): string => {
  const id = responseObject(answer)?.id;
  if (typeof id !== 'string')
    throw new Blocked('no-id', `${answer.request.method} ${answer.request.url} was answered without an id.`);
  return id;
};

const changeRich = async (session: Session, mode: Mode, kind: string): Promise<void> => {
  const change = changes[kind];
  const { userName: name, path } = await createUser(session, richUser);
  if (change === undefined) return;
  await write(session, mode, { method: change.method, path, name, body: change.body(name) });
  await read(session, mode, path, name);
};

export const sameAsSynchronous = defineScenario({
  name: 'same-as-synchronous',
  title: 'makes the same write to two equal users, to one synchronously and to the other asynchronously',
  needs: { binding: 'any' },
  inputs: ({ capabilities: { groups, patch } }) => [
    ...Object.keys(userCases),
    ...Object.keys(changes).filter((kind) => patch || changes[kind]?.method !== 'PATCH'),
    ...(groups ? Object.keys(groupCases) : []),
  ],
  exercise: async (kind, session) => {
    const exercise = userCases[kind] ?? groupCases[kind] ?? ((_, mode: Mode) => changeRich(session, mode, kind));
    await exercise(session, 'synchronous');
    await exercise(session, 'asynchronous');
  },
});
