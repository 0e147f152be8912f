/** A run from beginning to end: meet the target, exercise it, judge the traces, confirm what is wrong, clean up, report. */
import type { Report, Settings, TargetFacts, TimeSpent } from '../../schemas/types.js';
import type { Profile } from '../definitions/profile.js';
import type { Requirement } from '../definitions/requirement.js';
import type { RunEnvironment } from '../environment/environment.js';
import { SelectionError } from '../errors/errors.js';
import type { Listener } from '../events.js';
import type { RunContext } from '../session/run-context.js';
import { version } from '../version.js';
import { closeDown } from './close-down.js';
import { endedEarly } from './ended-early.js';
import { exercise } from './exercise.js';
import { Hearing } from './hearing.js';
import { meetTarget } from './meet-target.js';
import { openContext } from './open-context.js';
import { openReceiver } from './open-receiver.js';
import { environmentOf, settingsOf, type RunOptions } from './run-options.js';
import { select } from './selection.js';
import { judgeRun, type RunState, type Verdict } from './verdict.js';
import { writeReport } from './write-report.js';

/** What is fixed when a run begins. */
interface Run {
  readonly profile: Profile;
  readonly options: RunOptions;
  readonly settings: Settings;
  readonly selected: readonly Requirement[];
  readonly environment: RunEnvironment;
  /** As long as the target was not met, its facts are those that are known of any. */
  readonly context: RunContext;
  readonly startedAt: string;
  /** How the time since then divides. */
  readonly timeSpent: () => TimeSpent;
  readonly emit: Listener;
}

/** How far a run has come: whatever ends it, what was learnt until then is reported. */
interface Progress {
  facts?: TargetFacts;
  hearing?: Hearing;
  /** What the verdict is made from. */
  state?: RunState;
  /** The verdict where something thrown has ended the run before it was judged. */
  ended?: Verdict;
}

/** Throws SelectionError where one client is given as two: what is judged between them would be judged wrong. */
const demandTwoClients = ({ token, secondToken }: RunOptions['target']): void => {
  if (token !== undefined && token === secondToken)
    throw new SelectionError(
      'same-client-twice',
      'The second token is the first one again: give the token of another client, or leave it out.',
    );
};

/** While this process does not work, it waits for the target. */
const divide = (total: number, workShare: number): TimeSpent => {
  const work = Math.round(total * workShare);
  return { total: Math.round(total), waiting: Math.max(0, Math.round(total) - work), work };
};

const begin = (profile: Profile, options: RunOptions): Run => {
  const settings: Settings = { ...settingsOf(options), profile: profile.version };
  const selected = select(profile, settings);
  demandTwoClients(options.target);
  const environment = environmentOf(options);
  const { clock } = environment;
  const context = openContext(options, settings, Buffer.from(environment.randomBytes(4)).toString('hex'));
  const begun = clock.now();
  const workShare = clock.measureWork();
  return {
    profile,
    options,
    settings,
    selected,
    environment,
    context,
    startedAt: clock.date().toISOString(),
    timeSpent: () => divide(clock.now() - begun, workShare()),
    emit: options.onEvent ?? (() => undefined),
  };
};

const trafficOf = ({ context: { tally } }: Run, { hearing }: Progress): Report['traffic'] => ({
  exchanges: tally.exchanges,
  submissions: tally.submissions,
  accepted: tally.accepted,
  exercises: hearing?.exercises ?? 0,
});

/** Meets the target, exercises it and judges what came of it. */
const judge = async (run: Run, progress: Progress): Promise<void> => {
  const { profile, options, settings, selected, environment, context, emit } = run;
  await openReceiver(context, options.setPush, environment);
  const meeting = await meetTarget(context, { ...settings, jwks: options.jwks });
  const { facts } = meeting;
  progress.facts = facts;
  const hearing = new Hearing({ profile, selected, facts, settings, gate: options.gate });
  progress.hearing = hearing;
  const met = { ...context, facts };
  const results = await exercise({ context: met, meeting, hearing, profile, selected, settings, emit });
  progress.state = {
    results,
    traffic: trafficOf(run, progress),
    facts,
    interrupted: context.signal.aborted,
    completion: profile.completion,
    wantsBoth: settings.binding === 'both',
    readOnly: settings.readOnly,
  };
};

const reportOf = (run: Run, progress: Progress, leftovers: string[]): Report => {
  const { profile, options, settings, context, startedAt } = run;
  const { facts, hearing, state, ended } = progress;
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
    timeline: hearing?.timeline ?? [],
    gate: options.gate ?? {},
    state,
    traffic: state?.traffic ?? trafficOf(run, progress),
    rateLimit: hearing?.rateLimit,
    time: run.timeSpent(),
    leftovers,
  });
};

/**
 * Runs the suite against a target and returns the report; everything that happens on the way is told to `onEvent`.
 * Rejects with SelectionError where the options select nothing; whatever the target does ends in a report.
 */
export const runSuite = async (profile: Profile, options: RunOptions): Promise<Report> => {
  const run = begin(profile, options);
  const { context, settings, startedAt, emit } = run;
  const { signal } = context;
  emit({ type: 'run-started', run: context.run, startedAt, tool: version, profile: profile.version, settings });
  const progress: Progress = {};
  const close = (): Promise<string[]> => closeDown({ ...context, facts: progress.facts ?? context.facts }, settings);
  try {
    await judge(run, progress);
  } catch (error) {
    // What is the caller's own mistake ends the run, and leaves nothing behind either.
    if (error instanceof SelectionError) {
      await close();
      throw error;
    }
    progress.ended = endedEarly(error, signal);
  } finally {
    emit({ type: 'cleaning-up' });
  }
  const interrupted = progress.state?.interrupted ?? signal.aborted;
  const report = reportOf(run, progress, await close());
  const { ended } = progress;
  emit({ type: 'run-finished', report, interrupted, ...(ended === undefined ? {} : { ended }) });
  return report;
};
