/** A scenario is the only place with I/O: it makes traffic from an input, and judges nothing. */
import type fc from 'fast-check';
import type { TargetFacts } from '../../schemas/types.js';
import type { BindingName } from '../contract/binding-name.js';
import type { Needs } from '../contract/needs.js';
import type { Session } from '../session/session.js';

/** Inputs of a scenario: all of a short list, or samples of a property that can be made smaller. */
export type Inputs<Input> = readonly Input[] | fc.Arbitrary<Input>;

/** Which of the bindings is a scenario's turn. */
export interface Turn {
  /** Undefined where the target serves none. */
  readonly binding: BindingName | undefined;
  /** Whether it runs over no other binding before. */
  readonly isFirst: boolean;
}

export interface Scenario {
  /** Kebab-case; part of `--path`, so it is stable. */
  readonly name: string;
  /** What it does, as a line of a story. */
  readonly title: string;
  readonly needs: Needs;
  /** Nothing else is in flight while it runs. */
  readonly alone: boolean;
  /** Writes nothing, so that it may be run on a target that nobody may write to. */
  readonly readsOnly: boolean;
  /** Runs once over each binding that the target serves, and not over one of them. */
  readonly eachBinding: boolean;
  inputs(facts: TargetFacts, turn: Turn): Inputs<unknown>;
  exercise(input: unknown, session: Session): Promise<void>;
}

export interface ScenarioOf<Input> {
  readonly name: string;
  readonly title: string;
  readonly needs?: Needs;
  readonly alone?: boolean;
  readonly readsOnly?: boolean;
  /** Where it needs no binding, and is about all there are. */
  readonly eachBinding?: boolean;
  /** One exercise without an input where absent. */
  readonly inputs?: (facts: TargetFacts, turn: Turn) => Inputs<Input>;
  readonly exercise: (input: Input, session: Session) => Promise<void>;
}

export const isList = (inputs: Inputs<unknown>): inputs is readonly unknown[] => Array.isArray(inputs);

/** Forgets the type of a scenario's input, so that scenarios of all inputs can stand in one list. */
export const defineScenario = <Input>(scenario: ScenarioOf<Input>): Scenario => ({
  name: scenario.name,
  title: scenario.title,
  needs: scenario.needs ?? {},
  alone: scenario.alone ?? false,
  readsOnly: scenario.readsOnly ?? false,
  eachBinding: scenario.eachBinding ?? scenario.needs?.binding === 'any',
  inputs: (facts, turn) => scenario.inputs?.(facts, turn) ?? [null],
  // The engine hands a scenario only what its own inputs hold.
  exercise: (input, session) => scenario.exercise(input as Input, session),
});

/** Synchronously, where that was not tried over another binding, and asynchronously too where the target can. */
export const modesOf = ({ isFirst, binding }: Turn): boolean[] => [
  ...(isFirst ? [false] : []),
  ...(binding === undefined ? [] : [true]),
];
