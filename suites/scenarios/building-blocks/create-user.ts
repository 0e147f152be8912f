/** A new user to work on, created synchronously: most scenarios begin with one. */
import type { Purpose } from '../../../schemas/types.js';
import { plainUser } from '../../generators/user.js';
import { createdUrl } from '../../session/lookup.js';
import type { Session } from '../../session/session.js';
import { responseObject } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';
import { Blocked } from '../../errors/errors.js';

export interface CreatedUser {
  readonly userName: string;
  /** Absolute. */
  readonly url: string;
  /** Under the base URL, as a bulk operation names it. */
  readonly path: string;
  readonly answer: Answered;
}

/** Creates a user synchronously. Throws Blocked where the target does not answer 201 with an id, or shows another user. */
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
  const url = createdUrl(answer);
  if (answer.response.status !== 201 || url === undefined) {
    throw new Blocked(
      'not-created',
      `A user to work on could not be created: POST /Users was answered ${answer.response.status}.`,
    );
  }
  // The provider may show an older user: that one belongs to somebody else, and nothing may be done to it.
  const shown = responseObject(answer)?.userName;
  if (typeof shown === 'string' && shown.toLowerCase() !== userName.toLowerCase())
    throw new Blocked('not-ours', `The answer to the create of ${userName} shows ${shown}: nothing is done to it.`);
  return { userName, url, path: url.slice(session.facts.baseUrl.length), answer };
};
