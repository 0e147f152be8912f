/** Writes of every kind, each with the look that shows its effect; they can be sent alone or as operations of a bulk request. */
import type { OperationResult } from '../../bindings/binding.js';
import { plainGroup, wordedUser, wordPatch } from '../../generators/worded.js';
import type { Session } from '../../session/session.js';
import type { BulkOperation } from '../building-blocks/bulk-plan.js';
import { createGroup, createMember } from '../building-blocks/create-group.js';
import { createUser, type CreatedUser } from '../building-blocks/create-user.js';
import { pathOfResult, readBack, readMembers, searchFor, searchUntilGone } from '../building-blocks/look-again.js';
import { patchBody } from '../building-blocks/patches.js';

/** A write that is prepared, and a look at its effect, which is repeated until it shows. */
export interface Change {
  readonly operation: BulkOperation;
  /** The name of the resource. */
  readonly subject: string;
  readonly look: (result: OperationResult | undefined) => Promise<void>;
}

type Prepare = (session: Session) => Promise<Change>;

/** How the effect on a user is looked at. */
type Way = 'read' | 'search';

const newUser = (session: Session): Promise<CreatedUser> =>
  createUser(session, (name) => wordedUser(name, session.word()));

const create =
  (way: Way): Prepare =>
  (session) => {
    const subject = session.userName();
    const data = wordedUser(subject, session.word());
    return Promise.resolve({
      subject,
      operation: { method: 'POST', path: '/Users', expected: 'success', userName: subject, data },
      look: async (result) => {
        const path = pathOfResult(session, result);
        if (result?.status !== '201') return;
        if (way === 'search') await searchFor(session, subject, 1);
        else if (path !== undefined) await readBack(session, path);
      },
    });
  };

const change =
  (method: 'PUT' | 'PATCH'): Prepare =>
  async (session) => {
    const { userName, path } = await newUser(session);
    const word = session.word();
    const data = method === 'PUT' ? wordedUser(userName, word) : wordPatch(word);
    const look = (): Promise<void> => readBack(session, path, 'afterwards', { word });
    return { subject: userName, operation: { method, path, expected: 'success', data }, look };
  };

const remove =
  (way: Way): Prepare =>
  async (session) => {
    const { userName, path } = await newUser(session);
    // A provider with a cache may answer the look afterwards with this answer.
    if (way === 'search') await session.find(userName);
    else await readBack(session, path, 'before');
    const look = (): Promise<void> =>
      way === 'search' ? searchUntilGone(session, userName) : readBack(session, path, 'afterwards', 'gone');
    return { subject: userName, operation: { method: 'DELETE', path, expected: 'success' }, look };
  };

const changeMembers =
  (method: 'PUT' | 'PATCH'): Prepare =>
  async (session) => {
    const [one, other] = [await createMember(session), await createMember(session)];
    const { name, path } = await createGroup(session, [one.id]);
    const data =
      method === 'PUT'
        ? plainGroup(name, [other.id])
        : patchBody([{ op: 'add', path: 'members', value: [{ value: other.id }] }]);
    const look = (): Promise<void> => readMembers(session, path, other.id);
    return { subject: name, operation: { method, path, expected: 'success', data }, look };
  };

const removeGroup: Prepare = async (session) => {
  const { name, path } = await createGroup(session, []);
  const look = (): Promise<void> => readBack(session, path, 'afterwards', 'gone');
  return { subject: name, operation: { method: 'DELETE', path, expected: 'success' }, look };
};

export const changes = {
  'a create of a user, read': create('read'),
  'a create of a user, searched for': create('search'),
  'a replace of a user': change('PUT'),
  'a patch of a user': change('PATCH'),
  'a delete of a user, read': remove('read'),
  'a delete of a user, searched for': remove('search'),
  'a replace of a group': changeMembers('PUT'),
  'a patch of a group': changeMembers('PATCH'),
  'a delete of a group': removeGroup,
} as const satisfies Record<string, Prepare>;

export type ChangeKind = keyof typeof changes;

/** The kinds that the target serves. */
export const changeKinds = ({ capabilities }: Session['facts']): ChangeKind[] =>
  (Object.keys(changes) as ChangeKind[]).filter(
    (kind) => (capabilities.groups || !kind.includes('group')) && (capabilities.patch || !kind.startsWith('a patch')),
  );
