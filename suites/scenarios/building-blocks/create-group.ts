/** Creates a group synchronously, with members. */
import { Blocked } from '../../errors/errors.js';
import { plainGroup } from '../../generators/worded.js';
import { createdPath } from '../../session/lookup.js';
import type { Session } from '../../session/session.js';
import { responseObject } from '../../trace/message.js';
import { createUser, type CreatedUser } from './create-user.js';

export interface CreatedGroup {
  readonly name: string;
  /** Relative to the base URL. */
  readonly path: string;
}

/** Throws Blocked if the target does not answer 201 with an id. */
export const createGroup = async (
  session: Session,
  members: readonly string[],
  bodyOf: (name: string, members: readonly string[]) => Record<string, unknown> = plainGroup,
): Promise<CreatedGroup> => {
  const name = session.groupName();
  const body = bodyOf(name, members);
  const answer = await session.send({ method: 'POST', url: '/Groups', purpose: 'create', subject: name, body });
  const path = answer.response.status === 201 ? createdPath(answer, session.facts.baseUrl) : undefined;
  if (path === undefined) throw new Blocked('not-created', 'The scenario needs a group, but could not create one.');
  return { name, path };
};

/** A new user, who can become a member. Throws Blocked if it has no id. */
export const createMember = async (
  session: Session,
  body?: (userName: string) => Record<string, unknown>,
): Promise<CreatedUser & { readonly id: string }> => {
  const user = await createUser(session, body);
  const id = responseObject(user.answer)?.id;
  if (typeof id !== 'string') throw new Blocked('no-id', 'POST /Users was answered without an id.');
  return { ...user, id };
};
