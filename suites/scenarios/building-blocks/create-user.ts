/** Most scenarios begin with a new user that is created synchronously. */
import type { Purpose } from '../../../schemas/types.js';
import { plainUser } from '../../generators/user.js';
import { createdPath, createdUrl } from '../../session/lookup.js';
import type { Session } from '../../session/session.js';
import { isAlike } from '../../trace/alike.js';
import { responseObject } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';
import { Blocked } from '../../errors/errors.js';

export interface CreatedUser {
  readonly userName: string;
  /** Absolute. */
  readonly url: string;
  /** Relative to the base URL, as in the `path` of a bulk operation. */
  readonly path: string;
  readonly answer: Answered;
}

/** Creates a user synchronously. Throws Blocked if the target does not answer 201 with an id, or shows another user. */
export const createUser = async (
  session: Session,
  body: (userName: string) => Record<string, unknown> = plainUser,
  purpose: Purpose = 'create',
): Promise<CreatedUser> => {
  const userName = session.userName();
  const answer = await session.send({
    method: 'POST',
    url: '/Users',
    purpose,
    subject: userName,
    body: body(userName),
  });
  const [url, path] = [createdUrl(answer), createdPath(answer, session.facts.baseUrl)];
  if (answer.response.status !== 201 || url === undefined || path === undefined) {
    throw new Blocked(
      'not-created',
      `The scenario needs a user, but POST /Users was answered ${answer.response.status}.`,
    );
  }
  // A provider may answer with an existing user: that one is not ours, and the suite must not change it.
  const shown = responseObject(answer)?.userName;
  if (typeof shown === 'string' && !isAlike(userName, shown))
    throw new Blocked(
      'not-ours',
      `The answer to the create of ${userName} shows ${shown}, so the suite does not use this user.`,
    );
  return { userName, url, path, answer };
};
