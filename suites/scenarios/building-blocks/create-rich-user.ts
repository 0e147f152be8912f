/** Creates a user with as many attributes as the provider accepts. */
import { Blocked } from '../../errors/errors.js';
import { richestUser, richUser } from '../../generators/rich-user.js';
import { plainUser } from '../../generators/user.js';
import type { Session } from '../../session/session.js';
import { createUser, type CreatedUser } from './create-user.js';

/** Richest first: a provider may refuse attributes that it does not know. */
const bodies = [richestUser, richUser, plainUser];

export interface CreatedRichUser extends CreatedUser {
  /** Makes the body that the provider accepted, for a user with this name. */
  readonly body: (userName: string) => Record<string, unknown>;
}

/** `richer` are tried before the others. Throws Blocked if not even a plain user can be created. */
export const createRichUser = async (
  session: Session,
  richer: readonly CreatedRichUser['body'][] = [],
): Promise<CreatedRichUser> => {
  let refused: unknown;
  for (const body of [...richer, ...bodies]) {
    try {
      return { ...(await createUser(session, body)), body };
    } catch (error) {
      if (!(error instanceof Blocked) || error.code !== 'not-created') throw error;
      refused = error;
    }
  }
  throw refused;
};
