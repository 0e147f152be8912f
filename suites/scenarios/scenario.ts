/** A scenario is the only place with I/O: it makes traffic from an input, and judges nothing. */
import type fc from 'fast-check';
import type { TargetFacts } from '../../schemas/types.js';
import type { Needs } from '../catalogue/requirement.js';
import type { Session } from '../session/session.js';

/** Inputs of a scenario: all of a short list, or samples of a property that can be made smaller. */
export type Inputs<Input> = readonly Input[] | fc.Arbitrary<Input>;

export interface Scenario {
  /** Kebab-case; part of `--path`, so it is stable. */
  readonly name: string;
  /** What it does, as a line of a story. */
  readonly title: string;
  readonly needs: Needs;
  /** Nothing else is in flight while it runs. */
  readonly alone: boolean;
  inputs(facts: TargetFacts): Inputs<unknown>;
  exercise(input: unknown, session: Session): Promise<void>;
}

export interface ScenarioOf<Input> {
  readonly name: string;
  readonly title: string;
  readonly needs?: Needs;
  readonly alone?: boolean;
  /** One exercise without an input where absent. */
  readonly inputs?: (facts: TargetFacts) => Inputs<Input>;
  readonly exercise: (input: Input, session: Session) => Promise<void>;
}

export const isList = (inputs: Inputs<unknown>): inputs is readonly unknown[] => Array.isArray(inputs);

/** Forgets the type of a scenario's input, so that scenarios of all inputs can stand in one list. */
export const defineScenario = <Input>(scenario: ScenarioOf<Input>): Scenario => ({
  name: scenario.name,
  title: scenario.title,
  needs: scenario.needs ?? {},
  alone: scenario.alone ?? false,
  inputs: (facts) => scenario.inputs?.(facts) ?? [null],
  // The engine hands a scenario only what its own inputs hold.
  exercise: (input, session) => scenario.exercise(input as Input, session),
});

/** Synchronously, and asynchronously too where the target can. */
export const modesOf = (facts: TargetFacts): boolean[] =>
  Object.keys(facts.bindings).length === 0 ? [false] : [false, true];
