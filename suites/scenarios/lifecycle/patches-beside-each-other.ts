/** Makes two patches of different attributes of one user at the same time, one of them asynchronous: neither may be lost. */
import { urn } from '../../../schemas/names.js';
import { inParallel } from '../../concurrency/in-parallel.js';
import { wordedUser } from '../../generators/worded.js';
import type { Session, Submitted } from '../../session/session.js';
import { createUser } from '../building-blocks/create-user.js';
import { defineScenario } from '../../definitions/scenario.js';
import { settleAll } from '../building-blocks/settle-all.js';
import { step } from '../../trace/step.js';

export const patchesBesideEachOtherSteps = {
  /** A patch without another one at the same time: it shows whether the attribute is kept at all. */
  alone: step('alone'),
  later: step('later'),
};

/** When the second patch is sent after the asynchronous first one; it is synchronous except in the last way. */
const ways = ['once the first is accepted', 'at the same moment', 'asynchronously, too'] as const;

/** Number of users on which each way is tried: whether two patches overlap is a matter of milliseconds. */
const rounds = 5;

/** Number of users at a time: with more of them, the requests for one user would wait for those for the others. */
const usersAtATime = 4;

/** Milliseconds after which a user is read once more. */
const lateMs = 150;

const attributes = ['displayName', 'name.familyName'] as const;

const patch = (path: string, value: string): Record<string, unknown> => ({
  schemas: [urn.patchOp],
  Operations: [{ op: 'replace', path, value }],
});

export const patchesBesideEachOther = defineScenario({
  name: 'patches-beside-each-other',
  title: 'patches two attributes of a user at a time',
  needs: { binding: 'any', capability: 'patch' },
  // If other requests are in the queue, the two patches run one after the other instead of at the same time.
  alone: true,
  exercise: async (_input, session) => {
    const alone = await createUser(session, (name) => wordedUser(name, session.word()));
    for (const attribute of attributes) {
      const body = patch(attribute, session.word().replace('Word', 'Side'));
      const about = {
        method: 'PATCH',
        url: alone.path,
        purpose: 'patch',
        variant: patchesBesideEachOtherSteps.alone,
        body,
      } as const;
      await session.attempt({ ...about, subject: `${alone.path} ${attribute}` });
      await session.attempt({ method: 'GET', url: alone.path, purpose: 'read', subject: `${alone.path} ${attribute}` });
    }
    // Once more when both are patched: an attribute that the provider builds from the other one has changed.
    for (const attribute of attributes)
      await session.attempt({ method: 'GET', url: alone.path, purpose: 'read', subject: `${alone.path} ${attribute}` });
    const attempts = ways.flatMap((way) => Array.from({ length: rounds }, () => way));
    const patched: PatchedTwice[] = [];
    await inParallel(attempts, usersAtATime, async (way) => {
      patched.push(await patchTwice(session, way));
    });
    await Promise.all(patched.map((each) => readPatched(session, each)));
  },
});

const submitPatch = (session: Session, path: string, attribute: string, value: string): Promise<Submitted> =>
  session.submit({
    method: 'PATCH',
    url: path,
    subject: path,
    body: patch(attribute, value),
    operations: [{ method: 'PATCH', path, expected: 'success' }],
  });

/** A user that was patched twice at the same time, and those of the patches that were accepted asynchronously. */
interface PatchedTwice {
  readonly path: string;
  readonly accepted: readonly Submitted[];
}

const patchTwice = async (session: Session, way: (typeof ways)[number]): Promise<PatchedTwice> => {
  const { path } = await createUser(session, (name) => wordedUser(name, session.word()));
  const [first = '', second = ''] = attributes.map(() => session.word().replace('Word', 'Side'));
  const submitFirst = (): Promise<Submitted> => submitPatch(session, path, attributes[0], first);
  const patchSecond = (): Promise<unknown> =>
    session.attempt({
      method: 'PATCH',
      url: path,
      purpose: 'patch',
      subject: path,
      body: patch(attributes[1], second),
    });
  const submitted: Submitted[] = [];
  if (way === 'at the same moment') submitted.push((await Promise.all([submitFirst(), patchSecond()]))[0]);
  else {
    submitted.push(await submitFirst());
    if (way === 'asynchronously, too') submitted.push(await submitPatch(session, path, attributes[1], second));
    else await patchSecond();
  }
  return { path, accepted: submitted.filter(({ submission }) => submission.accepted) };
};

const readPatched = async (session: Session, { path, accepted }: PatchedTwice): Promise<void> => {
  await settleAll(session, accepted, 'when done');
  await session.attempt({ method: 'GET', url: path, purpose: 'read', subject: path });
  // A provider may write an old value back a little later.
  await session.pause(lateMs);
  await session.attempt({
    method: 'GET',
    url: path,
    purpose: 'read',
    subject: path,
    variant: patchesBesideEachOtherSteps.later,
  });
};
