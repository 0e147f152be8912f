/** Judges a recorded run again without the target: the same version gives the same verdict, and a later one may differ. */
import type { Report, RunEnd, Settings } from '../../schemas/types.js';
import { findScenario, type Profile } from '../definitions/profile.js';
import type { Listener } from '../events.js';
import { pathOf } from '../trace/path.js';
import { endOf } from '../session/end-of-work.js';
import type { RecordedExecution, Recording } from '../trace/recording.js';
import type { Trace } from '../trace/trace.js';
import { version } from '../version.js';
import { executionName, type Executor } from './executor.js';
import type { GateOptions } from './gate.js';
import { endOfKilled, killed } from './killed-run.js';
import { RunCases, type RunCasesOptions } from './run-cases.js';
import { inScope } from './scope.js';
import { isPartial, select, withKnown } from './selection.js';
import { demandsOf, type RunState, type Verdict } from './verdict/run-state.js';
import { judgeRun } from './verdict/verdict.js';
import { runFinished } from './run-finished.js';
import { writeReport } from './write-report.js';
import { HarnessError } from '../errors/errors.js';
import { endBy } from './work-time.js';

export interface JudgeOptions {
  /** Which outcomes fail the run, and which failures are known. */
  readonly gate?: GateOptions;
  readonly onEvent?: Listener;
  /** The file of the profile, for commands that repeat the run. */
  readonly profileFile?: string;
}

/**
 * The settings of the run, with the profile that judges it now. If it was another one, what this one does not have is left out
 * of the selection, as long as something is left.
 */
const withProfile = (settings: Settings, profile: Profile, profileFile: string | undefined): Settings => {
  const isSame = settings.profile === profile.version;
  const judged = { ...(isSame ? settings : withKnown(settings, profile)), profile: profile.version };
  delete judged.profileFile;
  return profileFile === undefined ? judged : { ...judged, profileFile };
};

/** A recording with an end, even if the run was killed. */
type Ended = Recording & { readonly end: RunEnd };

/** The place of a recording up to which it was judged again. */
class Place {
  private readonly over = new AbortController();
  private readonly lastWhole: RecordedExecution | undefined;

  constructor(private readonly recording: Ended) {
    this.lastWhole = recording.executions.findLast(({ endedBy }) => endedBy === undefined);
    if (this.lastWhole === undefined) this.reached(undefined);
  }

  /** Aborts at the place where the work of the run ended. */
  get signal(): AbortSignal {
    return this.over.signal;
  }

  /** An execution was judged, in the order of the run. */
  reached(execution: RecordedExecution | undefined): void {
    const { end, head } = this.recording;
    const isLast = execution === this.lastWhole || execution?.endedBy !== undefined;
    if (isLast && end.endedBy !== undefined) this.over.abort(endBy(end.endedBy, head.settings));
  }
}

const repetition = / again \d+$/;

/**
 * Returns recorded traces instead of executing. `isOfOtherProfile`: the run was made by another profile, so that it has not
 * repeated what only this one finds. Then the exercise that showed a finding counts as its repetition.
 */
const recordedExecutor = ({ executions }: Recording, place: Place, isOfOtherProfile: boolean): Executor => {
  const byName = new Map(executions.map((execution) => [execution.name, execution]));
  return {
    execute: (exercise, name): Promise<Trace | undefined> => {
      const wanted = executionName(exercise, name);
      const found = byName.get(wanted);
      if (found === undefined && isOfOtherProfile)
        return Promise.resolve(byName.get(repetition.test(wanted) ? wanted.replace(repetition, '') : '')?.trace);
      if (found === undefined)
        return Promise.reject(
          new HarnessError(
            'not-recorded',
            `the recording has no exercise ${wanted}: a version with other judges made it, so the finding can be neither confirmed nor made smaller`,
          ),
        );
      place.reached(found);
      if (found.crashed !== undefined) return Promise.reject(new HarnessError('recorded-crash', found.crashed));
      return Promise.resolve(found.endedBy === undefined ? found.trace : undefined);
    },
  };
};

/** The result of a recording whose run has reached the target. */
interface Judged {
  readonly cases: RunCases;
  readonly state: RunState;
}

/** Judges the recorded traces, in the order in which a run does it. */
const judgeAgain = async (run: RunCasesOptions, recording: Ended): Promise<Judged> => {
  const { facts, profile, selected, settings, emit } = run;
  const { executions, end } = recording;
  const { judged, outOfScope } = inScope(profile, selected, facts);
  const cases = new RunCases({ ...run, selected: judged });
  emit({
    type: 'discovered',
    target: facts,
    requirements: judged.length,
    exercises: cases.plan.exercises.length,
  });
  const place = new Place(recording);
  const { signal } = place;
  // A file may have changed and kept its name.
  const isOfOtherProfile = recording.head.profile !== profile.version || profile.overlay !== undefined;
  const executor = recordedExecutor(recording, place, isOfOtherProfile);
  const planned = executions.filter(({ name, trace }) => name === pathOf(trace.scenario, trace.binding, trace.path));
  const isLast = ({ trace }: RecordedExecution): boolean => findScenario(profile, trace.scenario)?.exhausts === true;
  const isOfClient = ({ trace }: RecordedExecution): boolean => cases.isOfClient(trace.scenario);
  const parts = [
    planned.filter((each) => !isLast(each) && !isOfClient(each)),
    planned.filter(isOfClient),
    planned.filter(isLast),
  ];
  for (const part of parts) {
    for (const each of part) {
      place.reached(each);
      if (each.crashed !== undefined) cases.addCrash(each.trace, new HarnessError('recorded-crash', each.crashed));
      else if (each.endedBy === undefined) cases.addTrace(each.trace);
    }
    await cases.confirm({ executor, signal });
  }
  const state: RunState = {
    results: cases.conclude(endOf(signal)),
    traffic: end.traffic,
    facts,
    endedBy: end.endedBy,
    ...demandsOf(profile),
    outOfScope,
    isPart: isPartial(settings),
    wantsBoth: settings.binding === 'both',
    readOnly: settings.readOnly,
  };
  return { cases, state };
};

const unfinished: Verdict = { verdict: 'error', exitCode: 2, reason: 'The recorded run was never judged.' };

/**
 * The report of a recorded run. Rejects with SelectionError if its settings select nothing that this version knows. A profile
 * that is not that of the run may find what the run has not repeated; such a finding counts as it was seen.
 */
export const judgeRecording = async (
  profile: Profile,
  recording: Recording,
  { gate, onEvent, profileFile }: JudgeOptions = {},
): Promise<Report> => {
  const { head, facts } = recording;
  const end = recording.end ?? endOfKilled(recording);
  const { run, startedAt } = head;
  const settings = withProfile(head.settings, profile, profileFile);
  const emit: Listener = onEvent ?? (() => undefined);
  const selected = select(profile, settings);
  emit({ type: 'run-started', run, startedAt, tool: version, profile: profile.version, settings });
  const judged =
    facts === undefined || end.ended !== undefined
      ? undefined
      : await judgeAgain({ profile, selected, facts, settings, gate, emit }, { ...recording, end });
  const report = writeReport({
    profile: profile.version,
    run,
    startedAt,
    finishedAt: end.finishedAt,
    verdict:
      recording.end === undefined ? killed : judged === undefined ? (end.ended ?? unfinished) : judgeRun(judged.state),
    settings,
    facts,
    results: judged?.state.results ?? [],
    timeline: judged?.cases.timeline ?? [],
    gate: gate ?? {},
    state: judged?.state,
    traffic: end.traffic,
    rateLimit: judged?.cases.rateLimit,
    clients: judged?.cases.worksWith(),
    time: end.time,
    leftovers: end.leftovers,
  });
  emit(runFinished(report, end));
  return report;
};
