/**
 * Turns a suspicion into evidence: the input is run again on fresh resources and made smaller for this requirement
 * alone, and the smallest is run once more. What does not come again is flaky evidence, not a failure of the target.
 */
import fc from 'fast-check';
import type { Scenario } from '../scenarios/scenario.js';
import type { TargetFacts } from '../../schemas/types.js';
import type { Trace } from '../trace/trace.js';
import type { Case, Suspicion } from './docket.js';
import { judgeTrace, levelOf } from './docket.js';
import type { Executor } from './executor.js';
import { scenarioSeed } from './seed.js';

export interface Confirmed {
  readonly type: 'confirmed';
  readonly suspicion: Suspicion;
  readonly shrinks: number;
}

export interface Flaky {
  readonly type: 'flaky';
  readonly suspicion: Suspicion;
  /** What the same input showed the second time. */
  readonly again: Trace;
}

/** Executions that shrinking one requirement may cost the target. */
const budget = 24;

const strongest = (suspicions: readonly Suspicion[]): Suspicion | undefined =>
  suspicions.find(({ level }) => level === 'MUST') ?? suspicions[0];

/** The first finding in a trace of the level that is looked for. */
const findAgain = (open: Case, level: Suspicion['level'], trace: Trace): Suspicion | undefined =>
  judgeTrace(open.requirement.id, trace)
    .findings.map((finding) => ({ trace, finding, level: levelOf(open.requirement, finding) }))
    .find((suspicion) => suspicion.level === level);

export const confirm = async (
  open: Case,
  scenarioOf: (name: string) => Scenario,
  facts: TargetFacts,
  executor: Executor,
  seed: number,
  signal: AbortSignal,
): Promise<Confirmed | Flaky | undefined> => {
  const first = strongest(open.suspicions);
  if (first === undefined) return undefined;
  const { level } = first;
  const scenario = scenarioOf(first.trace.scenario);
  let left = budget;
  let smallest: Suspicion | undefined;
  let second: Trace | undefined;
  const property = fc.asyncProperty(scenario.inputs(facts), async (input) => {
    // Beyond the budget every candidate counts as passing, which ends the shrinking where it stands.
    if (left === 0 || signal.aborted) return;
    left -= 1;
    const name = second === undefined ? `${first.trace.path} again` : `input ${JSON.stringify(input)}`;
    const trace = await executor.execute(scenario, first.trace.path, input, name);
    second ??= trace;
    const found = findAgain(open, level, trace);
    if (found === undefined) return;
    smallest = found;
    throw new Error('found again');
  });
  const details = await fc.check(property, {
    seed: scenarioSeed(seed, scenario.name),
    path: first.trace.path,
    numRuns: 1,
  });
  const found = smallest;
  if (found === undefined) return { type: 'flaky', suspicion: first, again: second ?? first.trace };
  // Where nothing smaller was found, the second execution is the confirmation.
  if (details.numShrinks === 0) return { type: 'confirmed', suspicion: found, shrinks: 0 };
  const path = details.counterexamplePath ?? first.trace.path;
  const last = await executor.execute(scenario, path, found.trace.input, `${path} at last`);
  const confirmed = findAgain(open, level, last);
  return confirmed === undefined
    ? { type: 'flaky', suspicion: found, again: last }
    : { type: 'confirmed', suspicion: confirmed, shrinks: details.numShrinks };
};
