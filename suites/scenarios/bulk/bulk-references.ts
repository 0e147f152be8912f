/**
 * Bulk requests with a reference by bulkId in a PATCH or a PUT of a group that exists, or in the manager of a user. Whether
 * the provider takes such a write at all is tried with a single request before.
 */
import { urn } from '../../../schemas/names.js';
import { plainUser } from '../../generators/user.js';
import { plainGroup } from '../../generators/worded.js';
import type { Session } from '../../session/session.js';
import { succeeded } from '../../trace/answers.js';
import { isAnswered } from '../../trace/trace.js';
import { defineScenario } from '../../definitions/scenario.js';
import { bulkPlan, createOperation, type BulkOperation } from '../building-blocks/bulk-plan.js';
import { completeBulk } from '../building-blocks/complete-bulk.js';
import { createGroup, createMember } from '../building-blocks/create-group.js';
import { patchBody } from '../building-blocks/patches.js';
import { pathOfResult, readBack } from '../building-blocks/look-again.js';

/** A write that refers to one user. */
interface Write {
  readonly method: 'POST' | 'PUT' | 'PATCH';
  readonly path: string;
  /** The userName or displayName of what it writes. */
  readonly name: string;
  readonly data: (user: string) => Record<string, unknown>;
}

const writes: Record<string, (session: Session) => Promise<Write>> = {
  'a PATCH of a group': async (session) => {
    const { name, path } = await createGroup(session, []);
    const data = (user: string) => patchBody([{ op: 'add', path: 'members', value: [{ value: user }] }]);
    return { method: 'PATCH', path, name, data };
  },
  'a PUT of a group': async (session) => {
    const { name, path } = await createGroup(session, []);
    return { method: 'PUT', path, name, data: (user) => plainGroup(name, [user]) };
  },
  'the manager of a user': (session) => {
    const name = session.userName();
    const data = (user: string) => ({
      ...plainUser(name),
      schemas: [urn.user, urn.enterpriseUser],
      [urn.enterpriseUser]: { manager: { value: user } },
    });
    return Promise.resolve({ method: 'POST', path: '/Users', name, data });
  },
};

/** Whether a single request may do the same. */
const isTaken = async (session: Session, { method, path, name, data }: Write): Promise<boolean> => {
  const { id } = await createMember(session);
  const answer = await session.attempt({ method, url: path, purpose: 'probe', subject: name, body: data(id) });
  return isAnswered(answer) && succeeded(answer);
};

export const bulkReferences = defineScenario({
  name: 'bulk-references',
  title: 'submits a bulk request in which a PATCH, a PUT or a manager refers to a new user',
  needs: { capability: 'bulk' },
  eachBinding: true,
  inputs: ({ capabilities: { groups, patch }, bulkRoom = Infinity }) =>
    bulkRoom < 2
      ? []
      : [
          ...(groups && patch ? ['a PATCH of a group'] : []),
          ...(groups ? ['a PUT of a group'] : []),
          'the manager of a user',
        ],
  exercise: async (kind, session) => {
    const make = writes[kind];
    if (make === undefined || !(await isTaken(session, await make(session)))) return;
    const { method, path, name, data } = await make(session);
    const referring: BulkOperation = {
      method,
      path,
      bulkId: 'w',
      expected: 'success',
      ...(method === 'POST' ? { userName: name } : {}),
      data: data('bulkId:u'),
    };
    // The reference points forwards.
    const results = await completeBulk(session, bulkPlan([referring, createOperation('u', session.userName())]));
    const written = method === 'POST' ? pathOfResult(session, results?.[0]) : path;
    if (written !== undefined) await readBack(session, written);
  },
});
