/** A scenario is the only place with I/O: it makes traffic from a generated input, and judges nothing. */
import type fc from 'fast-check';
import type { TargetFacts } from '../../schemas/types.js';
import type { Needs } from '../catalogue/requirement.js';
import type { Session } from '../session/session.js';

export interface Scenario {
  /** Kebab-case; part of `--path`, so it is stable. */
  readonly name: string;
  /** What it does, as a line of a story. */
  readonly title: string;
  readonly needs: Needs;
  /** `once`: the input is no property's, one exercise is all there is to see. */
  readonly runs: 'once' | 'each';
  inputs(facts: TargetFacts): fc.Arbitrary<unknown>;
  exercise(input: unknown, session: Session): Promise<void>;
}

export interface ScenarioOf<Input> {
  readonly name: string;
  readonly title: string;
  readonly needs?: Needs;
  readonly runs?: 'once' | 'each';
  inputs(facts: TargetFacts): fc.Arbitrary<Input>;
  exercise(input: Input, session: Session): Promise<void>;
}

/** Forgets the type of a scenario's input, so that scenarios of all inputs can stand in one list. */
export const defineScenario = <Input>(scenario: ScenarioOf<Input>): Scenario => ({
  name: scenario.name,
  title: scenario.title,
  needs: scenario.needs ?? {},
  runs: scenario.runs ?? 'each',
  inputs: (facts) => scenario.inputs(facts),
  // The engine hands a scenario only what its own generator made.
  exercise: (input, session) => scenario.exercise(input as Input, session),
});
