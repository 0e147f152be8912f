/** The user may select a part of a profile; a selection that matches nothing is an error, so that a typing mistake shows. */
import type { Settings } from '../../schemas/types.js';
import { groupOf } from '../contract/requirement-row.js';
import { findRequirement, findScenario, groupsOf, type Profile } from '../definitions/profile.js';
import type { Requirement } from '../definitions/requirement.js';
import type { Scenario } from '../definitions/scenario.js';
import { SelectionError } from '../errors/errors.js';

export interface Selection {
  /** Groups such as `CORE`; empty: all. */
  readonly suites: readonly string[];
  /** Ids such as `STAT-03`, or groups; empty: all. Together with `suites`: either. */
  readonly only: readonly string[];
  /** The one exercise to be replayed. */
  readonly path?: string | undefined;
  /** Names of clients whose request shapes are sent. */
  readonly clients?: readonly string[] | undefined;
}

/** Throws SelectionError if the profile does not have one of these clients. */
const demandClients = ({ clients = [] }: Profile, names: readonly string[] = []): void => {
  const known = clients.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new SelectionError(
    'unknown-client',
    `There is no client «${unknown}». The clients are: ${known.length === 0 ? 'none' : known.join(', ')}.`,
  );
};

/** Whether a run makes only some of the exercises that test what is selected. */
export const isPartial = ({ path, shard }: Pick<Settings, 'path' | 'shard'>): boolean =>
  path !== undefined || shard !== undefined;

/** The scenario, binding and input that `--path` names. Throws SelectionError. */
export const scenarioOfPath = (
  profile: Profile,
  path: string,
): { scenario: Scenario; named: string | undefined; at: string } => {
  const [who = '', at = ''] = path.split('/');
  const [name = '', named] = who.split('@');
  if (!/^\d+(:\d+)*$/.test(at))
    throw new SelectionError(
      'malformed-path',
      `--path «${path}» does not have the form that a report prints: SCENARIO/0:1:2.`,
    );
  const scenario = findScenario(profile, name);
  if (scenario === undefined)
    throw new SelectionError(
      'unknown-scenario',
      `--path «${path}» names no scenario of this version: copy the path from the report, and replay it with the version that wrote it.`,
    );
  return { scenario, named, at };
};

/** Whether the profile has a group or a requirement of this name, in any letter case. */
const hasNamed = (profile: Profile, name: string): boolean =>
  groupsOf(profile).includes(name.toUpperCase()) || findRequirement(profile, name) !== undefined;

/** The parts of a selection that the profile has; the selection itself if it has none of them. */
export const withKnown = <S extends Selection>(selection: S, profile: Profile): S => {
  const has = (name: string): boolean => hasNamed(profile, name);
  const [suites, only] = [selection.suites, selection.only].map((names) => names.filter(has));
  return suites?.length === 0 && only?.length === 0 ? selection : { ...selection, suites, only };
};

/** Why the profile has no requirement of this id, as sentences. */
const whyUnknown = ({ overlay, version }: Profile, id: string): string => {
  const retired = overlay?.retired[id];
  return retired === undefined
    ? `There is no requirement «${id}». «scim-conformance list» shows them all.`
    : `Profile ${version} retires ${id}: ${retired}.`;
};

/** The selected requirements, in the order of the profile. Throws SelectionError if a part of the selection matches nothing. */
export const select = (profile: Profile, { suites, only, path, clients }: Selection): readonly Requirement[] => {
  if (path !== undefined) scenarioOfPath(profile, path);
  demandClients(profile, clients);
  const { requirements } = profile;
  const groups = groupsOf(profile);
  const wantedGroups = suites.map((suite) => suite.toUpperCase());
  const wantedIds = only.map((id) => id.toUpperCase());
  const unknownGroup = wantedGroups.find((group) => !groups.includes(group));
  if (unknownGroup !== undefined) {
    throw new SelectionError(
      'unknown-suite',
      `There is no suite «${unknownGroup}». The suites are: ${groups.join(', ')}.`,
    );
  }
  const unknownId = wantedIds.find((id) => !hasNamed(profile, id));
  if (unknownId !== undefined) {
    throw new SelectionError('unknown-requirement', whyUnknown(profile, unknownId));
  }
  if (wantedGroups.length === 0 && wantedIds.length === 0) return requirements;
  return requirements.filter(
    ({ id }) => wantedIds.includes(id) || [...wantedGroups, ...wantedIds].includes(groupOf(id)),
  );
};
