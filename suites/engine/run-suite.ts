/** A run from beginning to end: meet the target, exercise it, judge the traces, confirm the findings, clean up, report. */
import type { Report, Settings, TargetFacts, TimeSpent } from '../../schemas/types.js';
import type { Profile } from '../definitions/profile.js';
import type { Requirement } from '../definitions/requirement.js';
import type { RunEnvironment } from '../environment/environment.js';
import type { EndCode } from '../errors/codes.js';
import { SelectionError } from '../errors/errors.js';
import type { Listener } from '../events.js';
import { endOf } from '../session/end-of-work.js';
import type { RunContext } from '../session/run-context.js';
import { version } from '../version.js';
import { closeDown } from './close-down.js';
import { endedEarly } from './ended-early.js';
import { exercise } from './exercise.js';
import { RunCases } from './run-cases.js';
import { meetTarget } from './meet-target.js';
import { openContext } from './open-context.js';
import { openReceiver, openWebhooks } from './open-receiver.js';
import { environmentOf, settingsOf, type RunOptions } from './run-options.js';
import { demandScope, inScope, withScope } from './scope.js';
import { isPartial, select } from './selection.js';
import { demandsOf, type RunState, type Verdict } from './verdict/run-state.js';
import { judgeRun } from './verdict/verdict.js';
import { WorkTime } from './work-time.js';
import { runFinished } from './run-finished.js';
import { writeReport } from './write-report.js';

/** The values that are fixed when a run begins. */
interface Run {
  readonly profile: Profile;
  readonly options: RunOptions;
  readonly settings: Settings;
  readonly selected: readonly Requirement[];
  readonly environment: RunEnvironment;
  /** Its facts are those before the first request: see `Progress` for those that were found. */
  readonly context: RunContext;
  readonly time: WorkTime;
  readonly startedAt: string;
  /** The time since the start, divided into waiting and work. */
  readonly timeSpent: () => TimeSpent;
  readonly emit: Listener;
}

/** The results of a run so far: they are reported even if the run ends early. */
interface Progress {
  facts?: TargetFacts;
  cases?: RunCases;
  /** The values that decide the verdict. */
  state?: RunState;
  /** Why the work ended before all of it was done. */
  endedBy?: EndCode;
  /** The verdict if an error ended the run before it was judged. */
  ended?: Verdict;
}

/** Throws SelectionError if both tokens are the same: requirements about two clients would be judged wrongly. */
const demandTwoClients = ({ token, secondToken }: RunOptions['target']): void => {
  if (token !== undefined && token === secondToken)
    throw new SelectionError(
      'same-client-twice',
      'Both tokens are the same: give the token of another client as the second one, or leave it out.',
    );
};

/** While this process does not use the CPU, it waits for the target. */
const divide = (total: number, workShare: number): TimeSpent => {
  const work = Math.round(total * workShare);
  return { total: Math.round(total), waiting: Math.max(0, Math.round(total) - work), work };
};

const begin = (profile: Profile, options: RunOptions): Run => {
  const settings: Settings = { ...settingsOf(options), profile: profile.version };
  const selected = select(profile, settings);
  demandScope(profile, selected, settings);
  demandTwoClients(options.target);
  const environment = environmentOf(options);
  const { clock } = environment;
  const time = new WorkTime(clock, settings, options.signal);
  const context = openContext(options, settings, Buffer.from(environment.randomBytes(4)).toString('hex'), time);
  const begun = clock.now();
  const workShare = clock.measureWork();
  return {
    profile,
    options,
    settings,
    selected,
    environment,
    context,
    time,
    startedAt: clock.date().toISOString(),
    timeSpent: () => divide(clock.now() - begun, workShare()),
    emit: options.onEvent ?? (() => undefined),
  };
};

const trafficOf = ({ context: { tally } }: Run, { cases }: Progress): Report['traffic'] => ({
  exchanges: tally.exchanges,
  submissions: tally.submissions,
  accepted: tally.accepted,
  exercises: cases?.exercises ?? 0,
});

/** Meets the target, exercises it and judges the traces. */
const judge = async (run: Run, progress: Progress): Promise<void> => {
  const { profile, options, settings, selected, environment, context, emit } = run;
  await openReceiver(context, options.setPush, environment);
  await openWebhooks(context, options.webhooks, environment);
  const meeting = await meetTarget(context, { ...settings, jwks: options.jwks });
  const facts = withScope(meeting, profile, selected, settings);
  progress.facts = facts;
  const { judged, outOfScope } = inScope(profile, selected, facts);
  const cases = new RunCases({ profile, selected: judged, facts, settings, gate: options.gate, emit });
  progress.cases = cases;
  const { resources } = meeting;
  const met: RunContext = {
    ...context,
    facts,
    ...(resources === undefined ? {} : { target: { ...context.target, resources } }),
  };
  const { results, end } = await exercise({
    context: met,
    meeting,
    cases,
    selected: judged,
    settings,
    emit,
  });
  if (end !== undefined) progress.endedBy = end;
  progress.state = {
    results,
    traffic: trafficOf(run, progress),
    facts,
    endedBy: end,
    ...demandsOf(profile),
    outOfScope,
    isPart: isPartial(settings),
    wantsBoth: settings.binding === 'both',
    readOnly: settings.readOnly,
  };
};

const reportOf = (run: Run, progress: Progress, leftovers: string[]): Report => {
  const { profile, options, settings, context, startedAt } = run;
  const { facts, cases, state, ended } = progress;
  const unjudged = ended ?? endedEarly(new Error('nothing was judged'), context.signal);
  return writeReport({
    profile: profile.version,
    run: context.run,
    startedAt,
    finishedAt: context.clock.date().toISOString(),
    verdict: state === undefined ? unjudged : judgeRun(state),
    settings,
    facts,
    results: state?.results ?? [],
    timeline: cases?.timeline ?? [],
    gate: options.gate ?? {},
    state,
    traffic: state?.traffic ?? trafficOf(run, progress),
    rateLimit: cases?.rateLimit,
    clients: cases?.worksWith(),
    time: run.timeSpent(),
    leftovers,
  });
};

/**
 * Runs the suite against a target and returns the report; calls `onEvent` for every event of the run. Rejects with
 * SelectionError if the options select nothing. Whatever the target does, there is a report.
 */
export const runSuite = async (profile: Profile, options: RunOptions): Promise<Report> => {
  const run = begin(profile, options);
  const { context, settings, time, startedAt, emit } = run;
  const { signal } = context;
  emit({ type: 'run-started', run: context.run, startedAt, tool: version, profile: profile.version, settings });
  const progress: Progress = {};
  const close = (): Promise<string[]> =>
    closeDown({ ...context, facts: progress.facts ?? context.facts }, settings, time);
  try {
    await judge(run, progress);
  } catch (error) {
    // Wrong options end the run, but created resources have to be deleted as well.
    if (error instanceof SelectionError) {
      await close();
      throw error;
    }
    progress.ended = endedEarly(error, signal);
    const end = endOf(signal);
    if (end !== undefined) progress.endedBy = end.code;
  } finally {
    emit({ type: 'cleaning-up' });
  }
  const report = reportOf(run, progress, await close());
  emit(runFinished(report, progress));
  return report;
};
