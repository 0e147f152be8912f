/** Decides what a run does: which exercises it executes, which scenarios it leaves out, and why. */
import fc from 'fast-check';
import type { Settings, TargetFacts } from '../../schemas/types.js';
import type { BindingName } from '../contract/binding-name.js';
import type { Profile } from '../definitions/profile.js';
import { readsTraceOf, type Requirement } from '../definitions/requirement.js';
import { isList, type Scenario, type Turn } from '../definitions/scenario.js';
import { servedBindings } from '../provider/served-bindings.js';
import { chosenPacks, whyNotSent } from './client-table.js';
import { scenarioSeed } from './seed.js';
import { scenarioOfPath } from './selection.js';
import { unmet, unmetBy } from './unmet.js';
import { SelectionError } from '../errors/errors.js';

/** The bindings over which a scenario runs, one after the other; `undefined` if it depends on none. */
const turnsOf = (
  { needs, eachBinding }: Scenario,
  facts: TargetFacts,
): { over: BindingName | undefined; turn: Turn }[] => {
  const served = servedBindings(facts);
  if (needs.binding !== undefined && needs.binding !== 'any')
    return [{ over: needs.binding, turn: { binding: needs.binding, isFirst: true } }];
  if (!eachBinding || served.length === 0) return [{ over: undefined, turn: { binding: served[0], isFirst: true } }];
  // Without a binding, the scenario does what it does on a target that serves none.
  const synchronous = facts.scope === 'all' && needs.binding === undefined;
  return [
    ...(synchronous ? [{ over: undefined, turn: { binding: undefined, isFirst: true } }] : []),
    ...served.map((binding, place) => ({ over: binding, turn: { binding, isFirst: place === 0 && !synchronous } })),
  ];
};

export interface Exercise {
  readonly scenario: Scenario;
  /** The binding that it tests; undefined if it depends on none. */
  readonly binding: BindingName | undefined;
  readonly turn: Turn;
  /** fast-check's path of the input. */
  readonly path: string;
  readonly input: unknown;
  /** Whether it sends a request shape of a client: no requirement reads its trace. */
  readonly isOfClient?: true;
}

export interface Plan {
  readonly exercises: readonly Exercise[];
  /** Scenarios that are not run, and why. */
  readonly unavailable: ReadonlyMap<string, string>;
}

const needsWriting = 'It cannot be judged without writing, which --read-only forbids.';

/** The values that decide a plan. */
export interface PlanOptions {
  readonly profile: Profile;
  readonly selected: readonly Requirement[];
  readonly facts: TargetFacts;
  readonly settings: Settings;
}

/** One exercise for each shape that can be sent. The place among all shapes of its client is its path, whatever the target. */
const clientExercises = (options: PlanOptions): Exercise[] =>
  chosenPacks(options.profile, options.settings).flatMap(({ shapes, scenario }) =>
    shapes.flatMap((shape, place): Exercise[] => {
      if (whyNotSent(shape, options) !== undefined) return [];
      const turn: Turn = { binding: servedBindings(options.facts)[0], isFirst: true };
      return [{ scenario, binding: undefined, turn, path: String(place), input: shape.name, isOfClient: true }];
    }),
  );

const planExercises = (options: PlanOptions): Plan => {
  const { profile, selected, facts, settings } = options;
  const { seed, runs, readOnly, shard } = settings;
  const judgeable = selected.filter((requirement) => unmetBy(requirement, facts) === undefined);
  const unavailable = new Map<string, string>();
  const ofRequirements = profile.scenarios
    .filter(({ name }) => judgeable.some((requirement) => readsTraceOf(requirement, name)))
    .flatMap((scenario): Exercise[] => {
      const why = unmet(scenario.needs, facts) ?? (readOnly && !scenario.readsOnly ? needsWriting : undefined);
      if (why !== undefined) {
        unavailable.set(scenario.name, why);
        return [];
      }
      return turnsOf(scenario, facts).flatMap(({ over, turn }) => {
        const inputs = scenario.inputs(facts, turn);
        const values = isList(inputs)
          ? inputs
          : fc.sample(inputs, { seed: scenarioSeed(seed, scenario.name), numRuns: runs });
        return values.map((input, index) => ({ scenario, binding: over, turn, path: String(index), input }));
      });
    });
  const exercises = [...ofRequirements, ...clientExercises(options)];
  if (shard === undefined) return { exercises, unavailable };
  return { exercises: exercises.filter((_, place) => place % shard.of === shard.index - 1), unavailable };
};

/** The one exercise that `--path` names, as a report printed it: scenario/path or scenario@binding/path. Throws SelectionError. */
const replayExercise = ({ profile, facts, settings: { seed } }: PlanOptions, path: string): Exercise => {
  const { scenario, named, at } = scenarioOfPath(profile, path);
  const { name } = scenario;
  const why = unmet(scenario.needs, facts);
  if (why !== undefined)
    throw new SelectionError('path-not-on-this-target', `--path «${path}» cannot be replayed on this target: ${why}`);
  const turns = turnsOf(scenario, facts);
  const turn = named === undefined ? turns[0] : turns.find(({ over }) => over === named);
  if (turn === undefined) {
    throw new SelectionError(
      'path-not-on-this-target',
      `--path «${path}» cannot be replayed on this target: ${name} does not run over ${named ?? ''}.`,
    );
  }
  const inputs = scenario.inputs(facts, turn.turn);
  if (isList(inputs) && !(Number(at) < inputs.length)) {
    throw new SelectionError(
      'unknown-input',
      `--path «${path}» names no input: ${name} has ${inputs.length} on this target.`,
    );
  }
  const input = isList(inputs)
    ? inputs[Number(at)]
    : fc.sample(inputs, { seed: scenarioSeed(seed, name), path: at, numRuns: 1 })[0];
  return { scenario, binding: turn.over, turn: turn.turn, path: at, input };
};

/** The plan of a run with these settings on a target with these facts. */
export const planOf = (options: PlanOptions): Plan => {
  const { path } = options.settings;
  return path === undefined
    ? planExercises(options)
    : { exercises: [replayExercise(options, path)], unavailable: new Map() };
};
