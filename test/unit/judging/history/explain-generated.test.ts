import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import {
  diagnose,
  isExplained,
  misreportedAlone,
  type Diagnosis,
  type Misreport,
} from '../../../../suites/judging/history/explain.js';
import { expectedDiagnosis, isPossible } from './every-order.js';
import { actorsOf, enact, looksOf, plans, type Made, type Plan, type Size } from './generated-history.js';
import { mischiefs, tails, withMischief, type Tail } from './lies.js';

const anyMethod = ['PUT', 'PATCH', 'DELETE'] as const;

/** So small that every order of it can be tried. */
const small: Size = { requests: 3, bulk: 2, reads: 3, within: 20, lasting: 15, methods: anyMethod };

/** Forty requests of up to six writes, of which some are in flight at a time; or nearly all, which is more than comes. */
const large: Size = { requests: 40, bulk: 6, reads: 40, within: 2000, lasting: 100, methods: anyMethod };
const crowded: Size = { ...large, lasting: 1000 };

const isLie = (diagnosis: Diagnosis): diagnosis is Misreport =>
  diagnosis === 'lost' || diagnosis === 'late' || diagnosis === 'twice' || diagnosis === 'failure-applied';

const lastEnd = ({ requests, reads }: Plan): number =>
  [...requests, ...reads].reduce((latest, { start, before, after }) => Math.max(latest, start + before + after), 0);

/** An honest history, and two writes after it of which one may lie. Nothing can be written to what is gone. */
const quietEnded = (size: Size): fc.Arbitrary<Made & Tail> =>
  fc
    .tuple(plans({ ...size, methods: ['PUT', 'PATCH'] }), fc.constantFrom(...mischiefs, 'none' as const))
    .map(([plan, mischief]) => {
      const tail = tails[mischief](lastEnd(plan) + 10);
      return { ...tail, ...enact([...actorsOf(plan), ...tail.actors], [...looksOf(plan), ...tail.looks]) };
    });

void t.test('a history that an order of its writes has made is explained', (t) => {
  for (const [size, numRuns] of [
    [small, 2000],
    [large, 50],
    [crowded, 50],
  ] as const) {
    fc.assert(
      fc.property(plans(size), (plan) => {
        const { writes, reads } = enact(actorsOf(plan), looksOf(plan));
        assert.equal(diagnose(writes, reads), 'explained');
      }),
      { numRuns },
    );
  }
  t.end();
});

void t.test('a small history in which one write lies is diagnosed as by trying every order', (t) => {
  const lie = fc.record({
    mischief: fc.constantFrom(...mischiefs),
    which: fc.nat({ max: 20 }),
    by: fc.nat({ max: 20 }),
  });
  const found = new Set<string>();
  fc.assert(
    fc.property(plans(small), lie, (plan, { mischief, ...about }) => {
      const actors = withMischief(actorsOf(plan), mischief, about);
      fc.pre(actors !== undefined);
      const { writes, reads } = enact(actors, looksOf(plan));
      const expected = expectedDiagnosis(writes, reads);
      assert.equal(diagnose(writes, reads), expected);
      assert.equal(isExplained(writes, reads), expected === 'explained');
      // The judge of the judge is right itself: the lie that was told explains what is seen.
      if (mischief === 'late') assert.ok(isPossible(writes, reads, 'late', 'disordered', 'lost'));
      else if (mischief !== 'early') assert.ok(isPossible(writes, reads, mischief));
      found.add(expected);
    }),
    { numRuns: 3000 },
  );
  t.ok(['explained', 'lost', 'late', 'disordered', 'failure-applied'].every((each) => found.has(each)));
  t.end();
});

void t.test('a small history whose reads show what they like is diagnosed as by trying every order', (t) => {
  const moments = fc.array(fc.nat({ max: 60 }), { minLength: small.reads, maxLength: small.reads });
  fc.assert(
    fc.property(plans(small), moments, (plan, sees) => {
      const looks = looksOf(plan).map((look, index) => ({ ...look, sees: sees[index] ?? 0 }));
      const { writes, reads } = enact(actorsOf(plan), looks);
      assert.equal(diagnose(writes, reads), expectedDiagnosis(writes, reads));
    }),
    { numRuns: 3000 },
  );
  t.end();
});

void t.test('a lie that reads leave no doubt of is named after any honest history, however long', (t) => {
  for (const [size, numRuns] of [
    [small, 300],
    [large, 15],
  ] as const) {
    fc.assert(
      fc.property(quietEnded(size), ({ writes, reads, diagnosis }) => {
        assert.equal(diagnose(writes, reads), diagnosis);
      }),
      { numRuns, endOnFailure: size === large },
    );
  }
  t.end();
});

void t.test('who told it is named, too', (t) => {
  fc.assert(
    fc.property(quietEnded(small), ({ writes, reads, diagnosis, liar }) => {
      if (liar === undefined || !isLie(diagnosis)) return;
      assert.deepEqual(
        misreportedAlone(diagnosis, writes, reads).map(({ word }) => word),
        [liar.write.word],
      );
    }),
    { numRuns: 300 },
  );
  t.end();
});
