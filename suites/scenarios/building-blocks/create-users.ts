/** Creates many users: in bulk requests where the target takes them, and otherwise one by one. */
import { urn } from '../../../schemas/names.js';
import { lastSegment } from '../../bindings/locations.js';
import { operationResults } from '../../bindings/operation-result.js';
import { inParallel } from '../../concurrency/in-parallel.js';
import { plainUser } from '../../generators/user.js';
import type { Session } from '../../session/session.js';
import { responseObject } from '../../trace/message.js';
import { createUser } from './create-user.js';

/** Users in one bulk request: few enough that a slow provider answers in time. */
const perRequest = 70;

/** Milliseconds for one bulk request after which the target is too slow for more of them. */
const slowMs = 1500;

/** Users that are created at a time, one by one. */
const atATime = 8;

const idIn = (location: string | undefined): string[] => {
  const id = lastSegment(location ?? '');
  return id === '' ? [] : [id];
};

/** The ids of the users that one bulk request created. */
const createTogether = async (session: Session, count: number): Promise<string[]> => {
  const Operations = Array.from({ length: count }, (_, index) => ({
    method: 'POST',
    path: '/Users',
    bulkId: `m${index}`,
    data: plainUser(session.userName()),
  }));
  const body = { schemas: [urn.bulkRequest], Operations };
  const answer = await session.send({ method: 'POST', url: '/Bulk', purpose: 'probe', body });
  const results = answer.response.status === 200 ? operationResults(responseObject(answer) ?? {}) : [];
  return results.filter(({ status }) => status === '201').flatMap(({ location }) => idIn(location));
};

/** `wanted`: the numbers to create with bulk requests, and without. Returns the ids; fewer if the target is slow. */
export const createUsers = async (
  session: Session,
  wanted: { readonly together: number; readonly alone: number },
): Promise<readonly string[]> => {
  const ids: string[] = [];
  const room = Math.min(perRequest, session.facts.bulkRoom ?? perRequest);
  if (session.facts.capabilities.bulk && room >= 2) {
    while (ids.length < wanted.together) {
      const begun = session.elapsed;
      const created = await createTogether(session, Math.min(room, wanted.together - ids.length));
      ids.push(...created);
      if (created.length === 0 || session.elapsed - begun > slowMs) break;
    }
  }
  const missing = Array.from({ length: Math.max(0, wanted.alone - ids.length) }, (_, place) => place);
  await inParallel(missing, atATime, async () => {
    const { answer } = await createUser(session);
    const id = responseObject(answer)?.id;
    if (typeof id === 'string') ids.push(id);
  });
  return ids;
};
