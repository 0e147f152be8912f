/** A profile is one value with requirements and scenarios, so that the engine can run any profile. */
import type { Renames } from '../../schemas/wire/renames.js';
import type { BindingName } from '../contract/binding-name.js';
import { groupOf } from '../contract/requirement-row.js';
import type { ClientPack } from './client-pack.js';
import type { Judging, Requirement } from './requirement.js';
import type { Scenario } from './scenario.js';

/** What is judged on a target without an asynchronous binding, as a verdict of its own. */
export interface SynchronousScope {
  /** Ids of the requirements. */
  readonly ids: readonly string[];
  /** Ids of those that have to be judged before a target can be called conformant. */
  readonly carriers: readonly string[];
}

/** How a profile of a file differs from its base, as far as its requirements do not show it. */
export interface Overlay {
  /** Ids of the requirements that the file adds. */
  readonly declared: readonly string[];
  /** Ids of the requirements of the base that are not judged, each with the reason. */
  readonly retired: Readonly<Record<string, string>>;
}

export interface Profile {
  /** As reports name it, such as `1.1`. */
  readonly version: string;
  /** In the order in which they are judged and reported. */
  readonly requirements: readonly Requirement[];
  /** In the order in which a run begins them. */
  readonly scenarios: readonly Scenario[];
  /**
   * Id of the requirement that accepted requests complete. If nothing shows whether it is met, the target is not testable.
   */
  readonly completion?: string;
  /**
   * Ids of the requirements that carry the lifecycle of each binding: a target conforms only if all those of a binding that
   * it serves were judged. Absent: nothing is demanded.
   */
  readonly carriers?: Readonly<Record<BindingName, readonly string[]>>;
  /** The synchronous scope; absent: the profile has none, and nothing is judged without an asynchronous binding. */
  readonly synchronous?: SynchronousScope;
  /** How the wire calls what this profile names; absent: as the profile does. `mistakesInRenames` finds nothing in it. */
  readonly wire?: Renames;
  /** What a profile file has made of another profile. Absent: it is none of a file. */
  readonly overlay?: Overlay;
  /** Clients whose request shapes can be sent in addition (`--clients`). Absent: none. */
  readonly clients?: readonly ClientPack[];
}

/** The requirement with this id, compared without regard to case; undefined if the profile has none. */
export const findRequirement = ({ requirements }: Profile, id: string): Requirement | undefined =>
  requirements.find((requirement) => requirement.id === id.toUpperCase());

export const findScenario = ({ scenarios }: Profile, name: string): Scenario | undefined =>
  scenarios.find((scenario) => scenario.name === name);

/** The groups of the requirements, such as `CORE`, in their order. */
export const groupsOf = ({ requirements }: Profile): readonly string[] => [
  ...new Set(requirements.map(({ id }) => groupOf(id))),
];

/** How the judged requirements of a profile are judged, by id; those without a judge are missing. */
export const judgedBy = ({ requirements }: Profile): ReadonlyMap<string, Judging> =>
  new Map(requirements.flatMap(({ id, judging }) => (judging === undefined ? [] : [[id, judging] as const])));
