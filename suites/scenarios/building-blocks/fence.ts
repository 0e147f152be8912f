/**
 * Shows that a request had no effect. An effect may come late, so that one look at once proves nothing: another request
 * is sent and followed to its end, and the effect is looked for after that.
 */
import { plainUser } from '../../generators/user.js';
import type { Session } from '../../session/session.js';
import { asyncCreate } from '../../session/async-create.js';
import { createUser } from './create-user.js';

/** Searches for users that should not be there, when a later request is completed. */
export const expectNothing = async (session: Session, ...userNames: string[]): Promise<void> => {
  if (session.binding === undefined) await createUser(session, plainUser, 'probe');
  else await session.complete(asyncCreate(session.userName(), { purpose: 'probe' }));
  for (const userName of userNames) await session.find(userName);
};
