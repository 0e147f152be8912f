/** Whether the names of a user can be patched at all: a provider may not keep one, or make it of another one. */
import { wordedUser, wordPatch } from '../../generators/worded.js';
import type { Session } from '../../session/session.js';
import { succeeded } from '../../trace/answers.js';
import { isAnswered } from '../../trace/trace.js';
import { createUser } from './create-user.js';

/** Tries it synchronously, on a user of its own. */
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
