/** Some providers do not keep every name of a user, or build one name from another: then these names cannot be patched. */
import { wordedUser, wordPatch } from '../../generators/worded.js';
import type { Session } from '../../session/session.js';
import { succeeded } from '../../trace/answers.js';
import { isAnswered } from '../../trace/trace.js';
import { createUser } from './create-user.js';

/** Tries a synchronous PATCH of the names on a new user. */
export const canPatchNames = async (session: Session): Promise<boolean> => {
  const { path } = await createUser(session, (name) => wordedUser(name, session.word()));
  const answer = await session.attempt({
    method: 'PATCH',
    url: path,
    purpose: 'probe',
    subject: path,
    body: wordPatch(session.word()),
  });
  return isAnswered(answer) && succeeded(answer);
};
