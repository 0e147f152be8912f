/** Judges a recorded run again without the target: the same version gives the same verdict, and a later one may differ. */
import type { Report } from '../../schemas/types.js';
import type { Profile } from '../definitions/profile.js';
import type { Listener } from '../events.js';
import { pathOf } from '../trace/path.js';
import type { Recording } from '../trace/recording.js';
import type { Trace } from '../trace/trace.js';
import { version } from '../version.js';
import { executionName, type Executor } from './executor.js';
import type { GateOptions } from './gate.js';
import { RunCases, type RunCasesOptions } from './run-cases.js';
import { planOf } from './plan.js';
import { select } from './selection.js';
import { judgeRun, type RunState, type Verdict } from './verdict.js';
import { writeReport } from './write-report.js';
import { HarnessError } from '../errors/errors.js';

export interface JudgeOptions {
  /** Which outcomes fail the run, and which failures are known. */
  readonly gate?: GateOptions;
  readonly onEvent?: Listener;
}

/** Returns recorded traces instead of executing; aborts `over` at the place where the run was interrupted. */
const recordedExecutor = ({ executions, end }: Recording, over: AbortController): Executor => {
  const byName = new Map(executions.map((execution) => [execution.name, execution]));
  const last = executions.at(-1);
  return {
    execute: async (exercise, name): Promise<Trace> => {
      const wanted = executionName(exercise, name);
      const found = byName.get(wanted);
      if (found === undefined)
        throw new HarnessError(
          'not-recorded',
          `the recording has no exercise ${wanted}: a version with other judges made it, so the finding can be neither confirmed nor made smaller`,
        );
      if (found.interrupted || (end.interrupted && found === last)) over.abort();
      if (found.crashed !== undefined) throw new HarnessError('recorded-crash', found.crashed);
      return Promise.resolve(found.trace);
    },
  };
};

/** The result of a recording whose run has reached the target. */
interface Judged {
  readonly cases: RunCases;
  readonly state: RunState;
}

/** Judges the recorded traces, as a run would. */
const judgeAgain = async (
  run: RunCasesOptions,
  { executions, end }: Recording,
  { emit, executor, over }: { readonly emit: Listener; readonly executor: Executor; readonly over: AbortController },
): Promise<Judged> => {
  const { facts, selected, settings } = run;
  const cases = new RunCases(run);
  const plan = planOf(run);
  emit({ type: 'discovered', target: facts, requirements: selected.length, exercises: plan.exercises.length });
  const planned = executions.filter(({ name, trace }) => name === pathOf(trace.scenario, trace.binding, trace.path));
  for (const each of planned) {
    if (each.interrupted) over.abort();
    if (each.crashed === undefined) cases.addTrace(each.trace);
    else cases.addCrash(each.trace.scenario, new HarnessError('recorded-crash', each.crashed));
  }
  if (end.interrupted && planned.at(-1) === executions.at(-1)) over.abort();
  const results = await cases.decide({ executor, unavailable: plan.unavailable, signal: over.signal, emit });
  const state: RunState = {
    results,
    traffic: end.traffic,
    facts,
    interrupted: end.interrupted,
    completion: run.profile.completion,
    wantsBoth: settings.binding === 'both',
    readOnly: settings.readOnly,
  };
  return { cases, state };
};

const unfinished: Verdict = { verdict: 'error', exitCode: 2, reason: 'The recorded run was never judged.' };

/** The report of a recorded run. Rejects with SelectionError if its settings select nothing that this version knows. */
export const judgeRecording = async (
  profile: Profile,
  recording: Recording,
  { gate, onEvent }: JudgeOptions = {},
): Promise<Report> => {
  const { head, facts, end } = recording;
  const { settings, run, startedAt } = head;
  const emit: Listener = onEvent ?? (() => undefined);
  const selected = select(profile, settings);
  emit({ type: 'run-started', run, startedAt, tool: version, profile: profile.version, settings });
  const over = new AbortController();
  const executor = recordedExecutor(recording, over);
  const judged =
    facts === undefined || end.ended !== undefined
      ? undefined
      : await judgeAgain({ profile, selected, facts, settings, gate }, recording, { emit, executor, over });
  const report = writeReport({
    profile: profile.version,
    run,
    startedAt,
    finishedAt: end.finishedAt,
    verdict: judged === undefined ? (end.ended ?? unfinished) : judgeRun(judged.state),
    settings,
    facts,
    results: judged?.state.results ?? [],
    timeline: judged?.cases.timeline ?? [],
    gate: gate ?? {},
    state: judged?.state,
    traffic: end.traffic,
    rateLimit: judged?.cases.rateLimit,
    time: end.time,
    leftovers: end.leftovers,
  });
  const { interrupted, ended } = end;
  emit({ type: 'run-finished', report, interrupted, ...(ended === undefined ? {} : { ended }) });
  return report;
};
