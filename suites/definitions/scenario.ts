/** A scenario is the only place with I/O: it makes traffic from an input, and judges nothing. */
import type fc from 'fast-check';
import type { TargetFacts } from '../../schemas/types.js';
import type { BindingName } from '../contract/binding-name.js';
import type { Needs } from '../contract/needs.js';
import type { Session } from '../session/session.js';

/** Inputs of a scenario: all of a short list, or samples of a property that can be made smaller. */
export type Inputs<Input> = readonly Input[] | fc.Arbitrary<Input>;

/** The binding over which a scenario runs this time. */
export interface Turn {
  /** Undefined if the target serves none. */
  readonly binding: BindingName | undefined;
  /** Whether it is the first binding over which the scenario runs. */
  readonly isFirst: boolean;
}

export interface Scenario {
  /** Kebab-case; part of `--path`, so it is stable. */
  readonly name: string;
  /** What it does, as a sentence without a subject. */
  readonly title: string;
  readonly needs: Needs;
  /** Nothing else is in flight while it runs. */
  readonly alone: boolean;
  /** Uses up what a rate limiter admits: it runs after everything else, and alone. */
  readonly exhausts: boolean;
  /** Waits for several seconds: it begins before the others, so that the run does not end with its waiting. */
  readonly waits: boolean;
  /** Writes nothing, so that it may run with --read-only. */
  readonly readsOnly: boolean;
  /** Runs once over each binding that the target serves, and not only over the first. */
  readonly eachBinding: boolean;
  inputs(facts: TargetFacts, turn: Turn): Inputs<unknown>;
  exercise(input: unknown, session: Session): Promise<void>;
}

export interface ScenarioOf<Input> {
  readonly name: string;
  readonly title: string;
  readonly needs?: Needs;
  readonly alone?: boolean;
  readonly exhausts?: boolean;
  readonly waits?: boolean;
  readonly readsOnly?: boolean;
  /** For a scenario that needs no binding, but tests each one that is served. */
  readonly eachBinding?: boolean;
  /** If absent, there is one exercise without an input. */
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
  exhausts: scenario.exhausts ?? false,
  waits: scenario.waits ?? false,
  readsOnly: scenario.readsOnly ?? false,
  eachBinding: scenario.eachBinding ?? scenario.needs?.binding === 'any',
  inputs: (facts, turn) => scenario.inputs?.(facts, turn) ?? [null],
  // The engine passes a scenario only values of its own `inputs`.
  exercise: (input, session) => scenario.exercise(input as Input, session),
});

/** The values of «asynchronous» to try: false only in the first turn, and true if the target serves a binding. */
export const modesOf = ({ isFirst, binding }: Turn): boolean[] => [
  ...(isFirst ? [false] : []),
  ...(binding === undefined ? [] : [true]),
];
