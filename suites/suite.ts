/** The functions of the engine, with the default profile if the caller names none. */
import type { Report } from '../schemas/types.js';
import { findRequirement as findIn, type Profile } from './definitions/profile.js';
import type { Requirement } from './definitions/requirement.js';
import type { GateOptions } from './engine/gate.js';
import { judgeRecording as judgeBy, type JudgeOptions } from './engine/judge-recording.js';
import { mergeReports as mergeBy } from './engine/merge-reports.js';
import { planRun as planBy, type PlannedRun } from './engine/plan-run.js';
import type { RunOptions as EngineOptions } from './engine/run-options.js';
import { runSuite as runBy } from './engine/run-suite.js';
import { select as selectFrom, type Selection } from './engine/selection.js';
import { defaultProfile, findProfile } from './profiles/index.js';
import type { Recording } from './trace/recording.js';
import { MergeError } from './errors/errors.js';

/** If `profile` is absent, the default profile is used. */
export type RunOptions = EngineOptions & { readonly profile?: Profile };

/**
 * Runs the suite against a target and returns the report; `onEvent` gets an event for each step of the run. Rejects with
 * SelectionError if the options select nothing. Whatever the target does, the run ends with a report.
 */
export const runSuite = ({ profile = defaultProfile, ...options }: RunOptions): Promise<Report> =>
  runBy(profile, options);

/** Returns what a run would do, without doing it. Rejects with Unreachable or SelectionError. */
export const planRun = ({ profile = defaultProfile, ...options }: RunOptions): Promise<PlannedRun> =>
  planBy(profile, options);

/** Judges a recorded run again. Rejects with SelectionError if its settings select nothing of the profile. */
export const judgeRecording = (
  recording: Recording,
  { profile = defaultProfile, ...options }: JudgeOptions & { readonly profile?: Profile } = {},
): Promise<Report> => judgeBy(profile, recording, options);

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
