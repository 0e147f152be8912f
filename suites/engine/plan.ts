/** Decides what a run does: which requirements are judged, which are skipped and why, and which scenarios feed them. */
import fc from 'fast-check';
import type { Settings, TargetFacts } from '../../schemas/types.js';
import { groupOf, type BindingName, type Needs, type Requirement } from '../catalogue/requirement.js';
import { requirements } from '../catalogue/index.js';
import { judges } from '../judges/index.js';
import { scenarios } from '../scenarios/index.js';
import { isList, type Scenario, type Turn } from '../scenarios/scenario.js';
import { servedBindings } from '../target/served-bindings.js';
import { scenarioSeed } from './seed.js';

/** The user asked for something that does not exist; the message says what, and what there is. */
export class SelectionError extends Error {
  override readonly name = 'SelectionError';
}

export interface Selection {
  /** Groups such as `CORE`; empty: all. */
  readonly suites: readonly string[];
  /** Ids such as `STAT-03`, or groups; empty: all. Together with `suites`: either. */
  readonly only: readonly string[];
  /** The one exercise to be replayed. */
  readonly path?: string | undefined;
}

/** The groups of the catalogue, in its order. */
export const groups = [...new Set(requirements.map(({ id }) => groupOf(id)))];

/** The scenario, binding and input that `--path` names. Throws SelectionError. */
const scenarioOfPath = (path: string): { scenario: Scenario; named: string | undefined; at: string } => {
  const [who = '', at = ''] = path.split('/');
  const [name = '', named] = who.split('@');
  if (!/^\d+(:\d+)*$/.test(at))
    throw new SelectionError(`--path «${path}» is not of the form that a report prints: SCENARIO/0:1:2.`);
  const scenario = scenarios.find((candidate) => candidate.name === name);
  if (scenario === undefined)
    throw new SelectionError(
      `--path «${path}» names no scenario of this version: copy the path from the report, and replay it with the version that wrote it.`,
    );
  return { scenario, named, at };
};

/** The requirements that a selection names, in catalogue order. Throws SelectionError where a part of it matches nothing. */
export const select = ({ suites, only, path }: Selection): readonly Requirement[] => {
  if (path !== undefined) scenarioOfPath(path);
  const wantedGroups = suites.map((suite) => suite.toUpperCase());
  const wantedIds = only.map((id) => id.toUpperCase());
  const unknownGroup = wantedGroups.find((group) => !groups.includes(group));
  if (unknownGroup !== undefined) {
    throw new SelectionError(`There is no suite «${unknownGroup}». The suites are: ${groups.join(', ')}.`);
  }
  const unknownId = wantedIds.find(
    (id) => !groups.includes(id) && !requirements.some((requirement) => requirement.id === id),
  );
  if (unknownId !== undefined) {
    throw new SelectionError(`There is no requirement «${unknownId}». «scim-conformance list» shows them all.`);
  }
  if (wantedGroups.length === 0 && wantedIds.length === 0) return requirements;
  return requirements.filter(
    ({ id }) => wantedIds.includes(id) || [...wantedGroups, ...wantedIds].includes(groupOf(id)),
  );
};

/** The bindings that a scenario runs over, one after the other; `undefined` is none in particular. */
const turnsOf = (
  { needs, eachBinding }: Scenario,
  facts: TargetFacts,
): { over: BindingName | undefined; turn: Turn }[] => {
  const served = servedBindings(facts);
  if (needs.binding !== undefined && needs.binding !== 'any')
    return [{ over: needs.binding, turn: { binding: needs.binding, isFirst: true } }];
  if (eachBinding && served.length > 0)
    return served.map((binding, place) => ({ over: binding, turn: { binding, isFirst: place === 0 } }));
  return [{ over: undefined, turn: { binding: served[0], isFirst: true } }];
};

/** Why the target cannot be asked this, as a sentence; undefined where it can. */
export const unmet = (needs: Needs, facts: TargetFacts): string | undefined => {
  const { binding, capability, feature, credential, delivery } = needs;
  const served = servedBindings(facts);
  if (binding !== undefined && served.length === 0) {
    return `The target serves no asynchronous binding: ${facts.bindingNote}.`;
  }
  if (binding !== undefined && binding !== 'any' && !served.includes(binding)) {
    return `The target does not serve the ${binding} binding.`;
  }
  if (capability !== undefined && !facts.capabilities[capability]) {
    return capability === 'groups'
      ? 'The target does not let groups be read and created.'
      : `ServiceProviderConfig does not advertise ${capability}.`;
  }
  if (feature !== undefined && !facts.features.includes(feature))
    return `The feature ${feature} is not advertised (--feature ${feature} has it judged all the same).`;
  if (delivery !== undefined && facts.deliveries?.includes(delivery) !== true) {
    return delivery === 'poll'
      ? 'A URL to poll security event tokens at (RFC 8936) is needed: --set-poll.'
      : 'A port on which security event tokens can be pushed (RFC 8935) is needed: --set-push.';
  }
  if (credential === 'second' && !facts.secondCredential)
    return 'A second credential is needed: --second-token or SCIM_SECOND_TOKEN.';
  return undefined;
};

export interface Exercise {
  readonly scenario: Scenario;
  /** The binding that it is about; undefined: none in particular. */
  readonly binding: BindingName | undefined;
  readonly turn: Turn;
  /** fast-check's path of the input. */
  readonly path: string;
  readonly input: unknown;
}

export interface Plan {
  readonly exercises: readonly Exercise[];
  /** Scenarios that are not run, and why. */
  readonly unavailable: ReadonlyMap<string, string>;
}

/** Names of scenarios that feed these requirements. */
const feeding = (selected: readonly Requirement[]): ReadonlySet<string> => {
  const entries = selected.flatMap(({ id }) => judges.get(id) ?? []);
  return new Set(entries.flatMap(({ from }) => (from === 'every' ? scenarios.map(({ name }) => name) : from)));
};

const onlyReading = 'It cannot be judged without writing, which --read-only forbids.';

export const planExercises = (
  selected: readonly Requirement[],
  facts: TargetFacts,
  { seed, runs, readOnly, shard }: Pick<Settings, 'seed' | 'runs' | 'readOnly' | 'shard'>,
): Plan => {
  const judgeable = selected.filter(({ needs }) => unmet(needs, facts) === undefined);
  const wanted = feeding(judgeable);
  const unavailable = new Map<string, string>();
  const exercises = scenarios
    .filter(({ name }) => wanted.has(name))
    .flatMap((scenario): Exercise[] => {
      const why = unmet(scenario.needs, facts) ?? (readOnly && !scenario.readsOnly ? onlyReading : undefined);
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
  if (shard === undefined) return { exercises, unavailable };
  return { exercises: exercises.filter((_, place) => place % shard.of === shard.index - 1), unavailable };
};

/** The one exercise that `--path` names, as a report printed it: scenario/path or scenario@binding/path. Throws SelectionError. */
export const replayExercise = (path: string, facts: TargetFacts, seed: number): Exercise => {
  const { scenario, named, at } = scenarioOfPath(path);
  const { name } = scenario;
  const why = unmet(scenario.needs, facts);
  if (why !== undefined) throw new SelectionError(`--path «${path}» cannot be replayed on this target: ${why}`);
  const turns = turnsOf(scenario, facts);
  const turn = named === undefined ? turns[0] : turns.find(({ over }) => over === named);
  if (turn === undefined) {
    throw new SelectionError(
      `--path «${path}» cannot be replayed on this target: ${name} does not run over ${named ?? ''}.`,
    );
  }
  const inputs = scenario.inputs(facts, turn.turn);
  if (isList(inputs) && !(Number(at) < inputs.length)) {
    throw new SelectionError(`--path «${path}» names no input: ${name} has ${inputs.length} on this target.`);
  }
  const input = isList(inputs)
    ? inputs[Number(at)]
    : fc.sample(inputs, { seed: scenarioSeed(seed, name), path: at, numRuns: 1 })[0];
  return { scenario, binding: turn.over, turn: turn.turn, path: at, input };
};

/** What a run with these settings does on a target of which this is known. */
export const planOf = (settings: Settings, facts: TargetFacts, selected: readonly Requirement[]): Plan =>
  settings.path === undefined
    ? planExercises(selected, facts, settings)
    : { exercises: [replayExercise(settings.path, facts, settings.seed)], unavailable: new Map() };
