/**
 * Looks at the effects of asynchronous writes right after the first answer that shows the completion, with no request in
 * between: some providers report the completion a few hundredths of a second before reads and searches show the effect.
 */
import fc from 'fast-check';
import { allEnded } from '../../concurrency/all-ended.js';
import type { Session, SubmitPlan } from '../../session/session.js';
import { defineScenario } from '../../definitions/scenario.js';
import { bulkPlan } from '../building-blocks/bulk-plan.js';
import { canPatchNames } from '../building-blocks/can-patch.js';
import { followClosely } from '../building-blocks/follow-closely.js';
import { type Change, changeKinds, type ChangeKind, changes } from './changes-to-look-at.js';

/** The most operations of a bulk request: all of them have to be looked at within a few milliseconds. */
const mostOperations = 6;

const alone = ({ operation: { data, ...operation }, subject }: Change): SubmitPlan => ({
  method: operation.method,
  url: operation.path,
  subject,
  ...(data === undefined ? {} : { body: data }),
  operations: [operation],
});

/** `first`: the place of the change that is looked at first. All looks begin at once. */
const lookAtOnce = async (session: Session, plan: SubmitPlan, all: readonly Change[], first: number): Promise<void> => {
  const submitted = await session.submit(plan);
  if (!submitted.submission.accepted) return;
  const results = await followClosely(session, submitted);
  if (results !== undefined) {
    const order = all.map((_, place) => (place + first) % all.length);
    await allEnded(
      order.map((place) => all[place]?.look(results.find(({ index }) => index === place)) ?? Promise.resolve()),
    );
  }
  await session.settle(submitted);
};

export const firstLooks = defineScenario({
  name: 'first-looks',
  title: 'looks at the effect of an asynchronous write of each kind right after its completion is seen',
  needs: { binding: 'any' },
  // With other requests beside them, the looks would come later.
  alone: true,
  inputs: (facts) => changeKinds(facts),
  exercise: async (kind, session) => {
    if (kind === 'a patch of a user' && !(await canPatchNames(session))) return;
    const change = await changes[kind](session);
    await lookAtOnce(session, alone(change), [change], 0);
  },
});

interface InBulk {
  /** In the order of the operations. */
  readonly kinds: readonly ChangeKind[];
  readonly first: number;
}

export const firstLooksInBulk = defineScenario({
  name: 'first-looks-in-bulk',
  title: 'looks at the effects of a bulk request right after its completion is seen',
  needs: { binding: 'any', capability: 'bulk' },
  alone: true,
  inputs: (facts): fc.Arbitrary<InBulk> => {
    const kinds = changeKinds(facts);
    const maxLength = Math.min(mostOperations, kinds.length, facts.bulkRoom ?? Infinity);
    return fc.record({
      kinds: fc.shuffledSubarray(kinds, { minLength: Math.min(3, maxLength), maxLength }),
      first: fc.nat({ max: mostOperations - 1 }),
    });
  },
  exercise: async ({ kinds, first }, session) => {
    const withPatch = !kinds.includes('a patch of a user') || (await canPatchNames(session));
    const all: Change[] = [];
    for (const kind of kinds) {
      if (kind === 'a patch of a user' && !withPatch) continue;
      const { operation, ...change } = await changes[kind](session);
      all.push({ ...change, operation: { ...operation, bulkId: `c${all.length}` } });
    }
    if (all.length === 0) return;
    await lookAtOnce(session, bulkPlan(all.map(({ operation }) => operation)), all, first);
  },
});
