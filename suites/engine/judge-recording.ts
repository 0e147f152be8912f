/** Judges a recorded run again, without the target: the same version comes to the same verdict, a later one to its own. */
import type { Report } from '../../schemas/types.js';
import type { Profile } from '../definitions/profile.js';
import type { Listener } from '../events.js';
import { pathOf } from '../trace/path.js';
import type { Recording } from '../trace/recording.js';
import type { Trace } from '../trace/trace.js';
import { version } from '../version.js';
import { executionName, type Executor } from './executor.js';
import type { GateOptions } from './gate.js';
import { Hearing, type HearingOrder } from './hearing.js';
import { planOf } from './plan.js';
import { select } from './selection.js';
import { judgeRun, type RunState, type Verdict } from './verdict.js';
import { writeReport } from './write-report.js';
import { HarnessError } from '../errors/errors.js';

export interface JudgeOptions {
  /** What fails the run beside its verdict, and what is known to fail. */
  readonly gate?: GateOptions;
  readonly onEvent?: Listener;
}

/** Answers from what was recorded; `over` aborts where the run was interrupted. */
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
          `the recording holds no exercise ${wanted}: it was made by a version that judged otherwise, so that the finding can be neither confirmed nor made smaller`,
        );
      if (found.interrupted || (end.interrupted && found === last)) over.abort();
      if (found.crashed !== undefined) throw new HarnessError('recorded-crash', found.crashed);
      return Promise.resolve(found.trace);
    },
  };
};

/** What comes of a recording of a target that was met. */
interface Judged {
  readonly hearing: Hearing;
  readonly state: RunState;
}

/** Hears what was recorded, as a run would. */
const hearAgain = async (
  order: HearingOrder,
  { executions, end }: Recording,
  { emit, executor, over }: { readonly emit: Listener; readonly executor: Executor; readonly over: AbortController },
): Promise<Judged> => {
  const { facts, selected, settings } = order;
  const hearing = new Hearing(order);
  const plan = planOf(order);
  emit({ type: 'discovered', target: facts, requirements: selected.length, exercises: plan.exercises.length });
  const planned = executions.filter(({ name, trace }) => name === pathOf(trace.scenario, trace.binding, trace.path));
  for (const each of planned) {
    if (each.interrupted) over.abort();
    if (each.crashed === undefined) hearing.hear(each.trace);
    else hearing.blame(each.trace.scenario, new HarnessError('recorded-crash', each.crashed));
  }
  if (end.interrupted && planned.at(-1) === executions.at(-1)) over.abort();
  const results = await hearing.decide({ executor, unavailable: plan.unavailable, signal: over.signal, emit });
  const state: RunState = {
    results,
    traffic: end.traffic,
    facts,
    interrupted: end.interrupted,
    completion: order.profile.completion,
    wantsBoth: settings.binding === 'both',
    readOnly: settings.readOnly,
  };
  return { hearing, state };
};

const unfinished: Verdict = { verdict: 'error', exitCode: 2, reason: 'The recorded run was never judged.' };

/** The report of a recorded run. Rejects with SelectionError where its settings select nothing that this version knows. */
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
      : await hearAgain({ profile, selected, facts, settings, gate }, recording, { emit, executor, over });
  const report = writeReport({
    profile: profile.version,
    run,
    startedAt,
    finishedAt: end.finishedAt,
    verdict: judged === undefined ? (end.ended ?? unfinished) : judgeRun(judged.state),
    settings,
    facts,
    results: judged?.state.results ?? [],
    timeline: judged?.hearing.timeline ?? [],
    gate: gate ?? {},
    state: judged?.state,
    traffic: end.traffic,
    rateLimit: judged?.hearing.rateLimit,
    time: end.time,
    leftovers: end.leftovers,
  });
  const { interrupted, ended } = end;
  emit({ type: 'run-finished', report, interrupted, ...(ended === undefined ? {} : { ended }) });
  return report;
};
