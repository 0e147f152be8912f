/**
 * How to see that nothing was done without waiting for nothing: a later request is awaited to its end, and only
 * then is the effect looked for that should not be there.
 */
import { plainUser } from '../../generators/user.js';
import type { Session } from '../../session/session.js';
import { asyncCreate } from '../../session/async-create.js';
import { createUser } from './create-user.js';

/** Looks for users that refused requests named, after a later request was completed. */
export const expectNothing = async (session: Session, ...userNames: string[]): Promise<void> => {
  if (session.binding === undefined) await createUser(session, plainUser, 'probe');
  else await session.complete(asyncCreate(session.userName(), { purpose: 'probe' }));
  for (const userName of userNames) await session.find(userName);
};
