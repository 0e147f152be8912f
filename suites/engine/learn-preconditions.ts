/**
 * Finds out whether the target demands `If-Match` before the scenarios run. Without that, the first asynchronous writes
 * would be accepted, and then fail for want of a tag.
 */
import { Blocked } from '../errors/errors.js';
import { plainUser } from '../generators/user.js';
import { createdUrl } from '../session/lookup.js';
import type { RunContext } from '../session/run-context.js';
import { Session } from '../session/session.js';
import { isAlike } from '../trace/alike.js';
import { responseObject } from '../trace/message.js';
import { isAnswered } from '../trace/trace.js';

/**
 * Creates a user, replaces it by the same and deletes it, because a provider may demand it of a DELETE only; the stage
 * `sendTags` remembers the answers.
 */
export const learnPreconditions = async (context: RunContext): Promise<void> => {
  if (context.readOnly) return;
  const session = new Session(context, undefined);
  const userName = session.userName();
  const about = { body: plainUser(userName), purpose: 'probe' } as const;
  try {
    const created = await session.attempt({ method: 'POST', url: '/Users', ...about });
    const url = isAnswered(created) && created.response.status === 201 ? createdUrl(created) : undefined;
    // An answer with an existing user is not ours to change.
    if (url === undefined || !isAlike(userName, responseObject(created)?.userName ?? userName)) return;
    await session.attempt({ method: 'PUT', url, ...about });
    await session.attempt({ method: 'DELETE', url, purpose: 'probe' });
  } catch (error) {
    if (!(error instanceof Blocked)) throw error;
  }
};
