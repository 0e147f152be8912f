/** The functions of the engine, with the default profile if the caller names none. */
import type { Report, TargetFacts } from '../schemas/types.js';
import { translatorAt, type Translator } from '../schemas/wire/translator.js';
import { findRequirement as findIn, type Profile } from './definitions/profile.js';
import type { Requirement } from './definitions/requirement.js';
import type { GateOptions } from './engine/gate.js';
import { cleanRun as cleanBy, type Cleaned } from './engine/clean-run.js';
import { discoverTarget as discoverBy, type DiscoveredTarget } from './engine/discover-target.js';
import { judgeRecording as judgeBy, type JudgeOptions } from './engine/judge-recording.js';
import { mergeReports as mergeBy } from './engine/merge-reports.js';
import { planRun as planBy, type PlannedRun } from './engine/plan-run.js';
import type { RunOptions as EngineOptions } from './engine/run-options.js';
import { runSuite as runBy } from './engine/run-suite.js';
import { select as selectFrom, type Selection } from './engine/selection.js';
import type { RunEvent } from './events.js';
import { defaultProfile, findProfile } from './profiles/index.js';
import type { Recording } from './trace/recording.js';
import { MergeError } from './errors/errors.js';
import { overWire } from './wire/over-wire.js';
import { translateRecording } from './wire/recorded.js';
import { translateFacts } from './wire/records.js';
import { showEvent, showReport } from './wire/shown.js';

/** If `profile` is absent, the default profile is used. */
export type RunOptions = EngineOptions & { readonly profile?: Profile };

/** Ids of the requirements that a profile file adds. */
const declaredBy = ({ overlay }: Profile): readonly string[] => overlay?.declared ?? [];

/**
 * Calls `work` with the options of a run; if the profile renames the wire, with options that translate, and `show` makes
 * its result show the names of the wire.
 */
const renaming = async <T>(
  { profile = defaultProfile, ...options }: RunOptions,
  work: (profile: Profile, options: EngineOptions) => Promise<T>,
  show: (result: T, wire: Translator, declared: readonly string[]) => T,
): Promise<T> => {
  if (profile.wire === undefined) return work(profile, options);
  const wire = translatorAt(profile.wire, options.target.baseUrl);
  const declared = declaredBy(profile);
  return show(await work(profile, overWire(options, wire, declared)), wire, declared);
};

const showTarget = <T extends { readonly target: TargetFacts }>(result: T, wire: Translator): T => ({
  ...result,
  target: translateFacts(result.target, wire),
});

/**
 * Runs the suite against a target and returns the report; `onEvent` gets an event for each step of the run. Rejects with
 * SelectionError if the options select nothing. Whatever the target does, the run ends with a report.
 */
export const runSuite = (options: RunOptions): Promise<Report> => renaming(options, runBy, showReport);

/** Returns what a run would do, without doing it. Rejects with Unreachable or SelectionError. */
export const planRun = (options: RunOptions): Promise<PlannedRun> => renaming(options, planBy, showTarget);

/** Returns what reading a target shows. Rejects with Unreachable or SelectionError. */
export const discoverTarget = (options: RunOptions): Promise<DiscoveredTarget> =>
  renaming(
    options,
    (_profile, engineOptions) => discoverBy(engineOptions),
    (found, wire) => ({ ...found, facts: translateFacts(found.facts, wire) }),
  );

/** Deletes what the run with this id left on the target. Rejects with Unreachable if there is no SCIM provider. */
export const cleanRun = (options: RunOptions, run: string): Promise<Cleaned> =>
  renaming(
    options,
    (_profile, engineOptions) => cleanBy(engineOptions, run),
    ({ deleted, left }, { url }) => ({ deleted: deleted.map(url), left: left.map(url) }),
  );

/** Judges a recorded run again. Rejects with SelectionError if its settings select nothing of the profile. */
export const judgeRecording = async (
  recording: Recording,
  { profile = defaultProfile, onEvent, ...options }: JudgeOptions & { readonly profile?: Profile } = {},
): Promise<Report> => {
  const listening = onEvent === undefined ? {} : { onEvent };
  if (profile.wire === undefined) return judgeBy(profile, recording, { ...options, ...listening });
  const wire = translatorAt(profile.wire, recording.head.settings.target);
  const declared = declaredBy(profile);
  const translating =
    onEvent === undefined ? {} : { onEvent: (event: RunEvent) => onEvent(showEvent(event, wire, declared)) };
  const report = await judgeBy(profile, translateRecording(recording, wire), { ...options, ...translating });
  return showReport(report, wire, declared);
};

/** Merges the reports of all parts of a run into one. `given`: the profile of the parts, if it is of a file. Throws MergeError. */
export const mergeReports = (parts: readonly Report[], gate: GateOptions = {}, given?: Profile): Report => {
  const version = parts[0]?.profile ?? defaultProfile.version;
  const profile = given ?? findProfile(version);
  if (profile === undefined)
    throw new MergeError('unknown-profile', `this version of scim-conformance has no profile ${version}`);
  if (profile.version !== version)
    throw new MergeError(
      'unknown-profile',
      `the parts were judged by profile ${version}, and not by ${profile.version}`,
    );
  return mergeBy(profile, parts, gate);
};

/** The requirements of a profile that a selection names, in the order of the profile. Throws SelectionError. */
export const select = (selection: Selection, profile = defaultProfile): readonly Requirement[] =>
  selectFrom(profile, selection);

/** The requirement of this id, compared without regard to case; undefined if the profile has none. */
export const findRequirement = (id: string, profile = defaultProfile): Requirement | undefined => findIn(profile, id);
