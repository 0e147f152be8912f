/**
 * Shows that a request had no effect. Because an effect may come late, an immediate search proves nothing: another
 * request is sent and followed to its end, and only then the suite searches for the effect.
 */
import { plainUser } from '../../generators/user.js';
import type { Session } from '../../session/session.js';
import { asyncCreate } from '../../session/async-create.js';
import { createUser } from './create-user.js';

/** Completes another request, and then searches for users that should not exist. */
export const expectNothing = async (session: Session, ...userNames: string[]): Promise<void> => {
  if (session.binding === undefined) await createUser(session, plainUser, 'probe');
  else await session.complete(asyncCreate(session.userName(), { purpose: 'probe' }));
  for (const userName of userNames) await session.find(userName);
};
