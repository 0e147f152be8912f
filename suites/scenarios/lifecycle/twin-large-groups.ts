/** Writes of many members to twins that are groups: a worker may take fewer of them than the synchronous handler does. */
import { plainGroup } from '../../generators/worded.js';
import type { Session } from '../../session/session.js';
import { createGroup } from '../building-blocks/create-group.js';
import { createUsers } from '../building-blocks/create-users.js';
import { valuesOf } from '../building-blocks/group-writes.js';
import { patchBody } from '../building-blocks/patches.js';
import { readTwin, writeTwin, type Mode } from './twin-writes.js';

/** Members of a large group: where bulk requests make them cheap, more than the usual first pages of 10, 20 and 50. */
const many = { together: 60, alone: 12 };

/** The ids of users who are members of both groups. */
export const createManyMembers = (session: Session): Promise<readonly string[]> => createUsers(session, many);

type LargeGroupCase = (session: Session, mode: Mode, ids: readonly string[]) => Promise<void>;

export const largeGroupCases: Readonly<Record<string, LargeGroupCase>> = {
  'a create of a large group': async (session, mode, ids) => {
    const name = session.groupName();
    const path = await writeTwin(session, mode, { method: 'POST', path: '/Groups', name, body: plainGroup(name, ids) });
    if (path !== undefined) await readTwin(session, mode, path, name);
  },
  'a patch that adds many members': async (session, mode, ids) => {
    const { name, path } = await createGroup(session, ids.slice(0, 1));
    const body = patchBody([{ op: 'add', path: 'members', value: valuesOf(ids.slice(1)) }]);
    await writeTwin(session, mode, { method: 'PATCH', path, name, body });
    await readTwin(session, mode, path, name);
  },
};
