/** Two patches of different attributes of one user at a time, one of them asynchronous: both are to stand. */
import { urn } from '../../../schemas/names.js';
import { inParallel } from '../../concurrency/in-parallel.js';
import { wordedUser } from '../../generators/worded.js';
import type { Session, Submitted } from '../../session/session.js';
import { createUser } from '../building-blocks/create-user.js';
import { defineScenario } from '../../definitions/scenario.js';
import { settleAll } from '../building-blocks/settle-all.js';
import { step } from '../../trace/step.js';

export const patchesBesideEachOtherSteps = {
  /** A patch with nothing beside it: whether the attribute is kept at all. */
  alone: step('alone'),
  later: step('later'),
};

/** How the second patch follows the asynchronous first one; synchronously unless it says otherwise. */
const ways = ['once the first is accepted', 'at the same moment', 'asynchronously, too'] as const;

/** Users on which each way is tried: whether two patches meet is a matter of milliseconds. */
const rounds = 5;

/** Meetings at a time: with more of them, the exchanges of one wait for those of the others. They end side by side. */
const atATime = 4;

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
  // Two patches are to meet, and not to wait behind others in a queue, one after the other.
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
    // Once more when both are patched: what is made anew of the other is not kept.
    for (const attribute of attributes)
      await session.attempt({ method: 'GET', url: alone.path, purpose: 'read', subject: `${alone.path} ${attribute}` });
    const meetings = ways.flatMap((way) => Array.from({ length: rounds }, () => way));
    const met: Met[] = [];
    await inParallel(meetings, atATime, async (way) => {
      met.push(await meet(session, way));
    });
    await Promise.all(met.map((each) => lookAt(session, each)));
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

/** A user on which two patches met, and those of them that were accepted asynchronously. */
interface Met {
  readonly path: string;
  readonly accepted: readonly Submitted[];
}

const meet = async (session: Session, way: (typeof ways)[number]): Promise<Met> => {
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

const lookAt = async (session: Session, { path, accepted }: Met): Promise<void> => {
  await settleAll(session, accepted, 'when done');
  await session.attempt({ method: 'GET', url: path, purpose: 'read', subject: path });
  // What is written back may be written a little later.
  await session.pause(lateMs);
  await session.attempt({
    method: 'GET',
    url: path,
    purpose: 'read',
    subject: path,
    variant: patchesBesideEachOtherSteps.later,
  });
};
