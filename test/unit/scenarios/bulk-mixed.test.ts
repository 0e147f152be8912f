import fc from 'fast-check';
import t from 'tap';
import { isList } from '../../../suites/definitions/scenario.js';
import { scenarioSeed } from '../../../suites/engine/seed.js';
import { bulkMixed } from '../../../suites/scenarios/bulk/bulk-mixed.js';
import { HandMadeTrace } from '../hand-made-trace.js';

const failing = ['invalid', 'taken', 'patch-unknown', 'delete-unknown'];

/** The five inputs of a default run with this seed, against a target that takes so many operations. */
const inputsOf = (seed: number, bulkRoom: number): string[][] => {
  const { target } = new HandMadeTrace(bulkMixed, 'request-mode', { bulkRoom }).at('0');
  const inputs = bulkMixed.inputs(target, { binding: 'request-mode', isFirst: true });
  if (isList(inputs)) throw new Error('inputs are expected to be random');
  return fc.sample(inputs, { seed: scenarioSeed(seed, bulkMixed.name), numRuns: 5 }) as string[][];
};

const seeds = Array.from({ length: 300 }, (_, place) => place + 1);

void t.test('every default run has a bulk request in which two operations fail', (t) => {
  const without = seeds.filter(
    (seed) => !inputsOf(seed, 1000).some((kinds) => kinds.filter((kind) => failing.includes(kind)).length >= 2),
  );
  t.strictSame(without, []);
  t.end();
});

void t.test('no request is longer than the target allows, and none is empty', (t) => {
  for (const room of [1, 2, 3, 12, 1000]) {
    const lengths = seeds.flatMap((seed) => inputsOf(seed, room).map(({ length }) => length));
    t.strictSame([Math.min(...lengths) >= 1, Math.max(...lengths) <= room], [true, true], `room for ${room}`);
  }
  t.end();
});
