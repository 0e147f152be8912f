/** Writes and reads without a credential, and with a bad one. */
import { plainUser } from '../../generators/user.js';
import type { CredentialName } from '../../client/redaction.js';
import type { Session } from '../../session/session.js';
import { expectNothing } from '../fence.js';
import { asyncCreate } from '../request-mode/async-user.js';
import { defineScenario } from '../scenario.js';

const tryAs = async (session: Session, credential: CredentialName): Promise<string[]> => {
  const names = [session.userName()];
  const create = { method: 'POST', url: '/Users', purpose: 'unauthenticated', credential } as const;
  await session.send({ ...create, body: plainUser(names[0] ?? ''), subject: names[0] ?? '', variant: 'create' });
  if (session.binding !== undefined) {
    const userName = session.userName();
    names.push(userName);
    const asked = asyncCreate(userName, { credential, purpose: 'unauthenticated', variant: 'submit' });
    const submitted = await session.submit(asked);
    // Wrongly let in: what it made has to be known, so that it can be cleaned up.
    if (submitted.submission.accepted) await session.settle(submitted);
    const { submission } = await session.complete(asyncCreate(session.userName()));
    await session.look(submission, { purpose: 'unauthenticated', credential, variant: 'status' });
  }
  return names;
};

export const withoutCredential = defineScenario({
  name: 'without-credential',
  title: 'writes, and reads a status, without a credential',
  exercise: async (_input, session) => {
    await tryAs(session, 'none');
  },
});

export const badCredential = defineScenario({
  name: 'bad-credential',
  title: 'writes, and reads a status, with a bad credential',
  exercise: async (_input, session) => {
    for (const userName of await tryAs(session, 'invalid')) await expectNothing(session, userName);
  },
});
