/** Two patches of different attributes of one user at a time, one of them asynchronous: both are to stand. */
import { urn } from '../../../schemas/names.js';
import { wordedUser } from '../../generators/worded.js';
import { createUser } from '../create-user.js';
import { defineScenario } from '../scenario.js';

/** Users on which it is tried: whether two patches meet is a matter of milliseconds. */
const rounds = 8;

const attributes = ['displayName', 'name.familyName'] as const;

const patch = (path: string, value: string): Record<string, unknown> => ({
  schemas: [urn.patchOp],
  Operations: [{ op: 'replace', path, value }],
});

export const patchesBesideEachOther = defineScenario({
  name: 'patches-beside-each-other',
  title: 'patches two attributes of a user at a time',
  needs: { binding: 'any', capability: 'patch' },
  exercise: async (_input, session) => {
    const alone = await createUser(session, (name) => wordedUser(name, session.word()));
    for (const attribute of attributes) {
      const body = patch(attribute, session.word().replace('Word', 'Side'));
      const about = { method: 'PATCH', url: alone.path, purpose: 'patch', variant: 'alone', body } as const;
      await session.attempt({ ...about, subject: `${alone.path} ${attribute}` });
      await session.attempt({ method: 'GET', url: alone.path, purpose: 'read', subject: `${alone.path} ${attribute}` });
    }
    for (let round = 0; round < rounds; round += 1) {
      const { path } = await createUser(session, (name) => wordedUser(name, session.word()));
      const [first, second] = [session.word(), session.word()].map((word) => word.replace('Word', 'Side'));
      const submitted = await session.submit({
        method: 'PATCH',
        url: path,
        subject: path,
        body: patch(attributes[0], first ?? ''),
        operations: [{ method: 'PATCH', path, expected: 'success' }],
      });
      await session.attempt({
        method: 'PATCH',
        url: path,
        purpose: 'patch',
        subject: path,
        body: patch(attributes[1], second ?? ''),
      });
      if (submitted.submission.accepted) await session.settle(submitted);
      await session.attempt({ method: 'GET', url: path, purpose: 'read', subject: path });
    }
  },
});
