/** A run from beginning to end: meet the target, exercise it, judge the traces, confirm what is wrong, clean up, report. */
import type { Report, RequirementResult, Settings, TimeSpent } from '../../schemas/types.js';
import type { Profile } from '../definitions/profile.js';
import type { Requirement } from '../definitions/requirement.js';
import { inParallel } from '../concurrency/in-parallel.js';
import type { RunEnvironment } from '../environment/environment.js';
import type { Listener } from '../events.js';
import { PushReceiver } from '../session/observe/push-receiver.js';
import type { RunContext } from '../session/run-context.js';
import { version } from '../version.js';
import { cleanUp } from './clean-up.js';
import { createExecutor } from './executor.js';
import { Hearing } from './hearing.js';
import { meetTarget, type Meeting } from './meet-target.js';
import { planOf, type Exercise } from './plan.js';
import { select } from './selection.js';
import { openContext } from './open-context.js';
import { environmentOf, settingsOf, type RunOptions } from './run-options.js';
import { judgeRun, type RunState, type Verdict } from './verdict.js';
import { writeReport } from './write-report.js';
import { Blocked, HarnessError, SelectionError, Unreachable } from '../errors/errors.js';

/** Exercises that are under way for each exchange that may be in flight. */
const exercisesPerExchange = 8;

/** Milliseconds for taking off what is left to be polled. */
const drainMs = 5000;

/** Opens the receiver of pushed tokens. Rejects where its port is taken. */
const openReceiver = async (
  context: RunContext,
  push: RunOptions['setPush'],
  { openPushServer }: RunEnvironment,
): Promise<void> => {
  if (push === undefined) return;
  const { events, vault, bodies, clock, startedAt } = context;
  const receiver = new PushReceiver({
    port: push.port,
    ...(push.publicUrl === undefined ? {} : { publicUrl: push.publicUrl }),
    inbox: events.inbox,
    redact: (text) => vault.redact(text),
    bodies,
    elapsed: () => clock.now() - startedAt,
  });
  const url = await receiver.start(openPushServer).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new SelectionError(
      'port-taken',
      `Port ${push.port} cannot receive security event tokens: ${why}. Choose another, or 0 for a free one.`,
    );
  });
  events.receiver = receiver;
  push.onListening?.(url);
};

/** Throws SelectionError where one client is given as two: what is judged between them would be judged wrong. */
const demandTwoClients = ({ token, secondToken }: RunOptions['target']): void => {
  if (token !== undefined && token === secondToken)
    throw new SelectionError(
      'same-client-twice',
      'The second token is the first one again: give the token of another client, or leave it out.',
    );
};

/**
 * Runs the suite against a target and returns the report; everything that happens on the way is told to `onEvent`.
 * Rejects with SelectionError where the options select nothing; whatever the target does ends in a report.
 */
export const runSuite = async (profile: Profile, options: RunOptions): Promise<Report> => {
  const settings: Settings = { ...settingsOf(options), profile: profile.version };
  const selected = select(profile, settings);
  demandTwoClients(options.target);
  const emit: Listener = options.onEvent ?? (() => undefined);
  const environment = environmentOf(options);
  const run = Buffer.from(environment.randomBytes(4)).toString('hex');
  const context = openContext(options, settings, run);
  const { clock, signal, tally } = context;
  const startedAt = clock.date().toISOString();
  const begun = { at: clock.now(), workShare: clock.measureWork() };
  emit({ type: 'run-started', run, startedAt, tool: version, profile: profile.version, settings });

  let meeting: Meeting | undefined;
  let hearing: Hearing | undefined;
  let results: readonly RequirementResult[] = [];
  let state: RunState | undefined;
  let ended: Verdict | undefined;
  const traffic = (): Report['traffic'] => ({
    exchanges: tally.exchanges,
    submissions: tally.submissions,
    accepted: tally.accepted,
    exercises: hearing?.exercises ?? 0,
  });
  try {
    await openReceiver(context, options.setPush, environment);
    meeting = await meetTarget(context, { ...settings, jwks: options.jwks });
    const { facts } = meeting;
    hearing = new Hearing(profile, selected, facts, settings, options.gate);
    results = await exercise({ context: { ...context, facts }, meeting, hearing, emit, profile, selected, settings });
    state = {
      results,
      traffic: traffic(),
      facts,
      interrupted: signal.aborted,
      wantsBoth: settings.binding === 'both',
      readOnly: settings.readOnly,
    };
  } catch (error) {
    // What is the caller's own mistake ends the run, and leaves nothing behind either.
    if (error instanceof SelectionError) {
      await closeDown({ ...context, facts: meeting?.facts ?? context.facts }, settings);
      throw error;
    }
    ended = endedEarly(error, signal);
  } finally {
    emit({ type: 'cleaning-up' });
  }
  const { interrupted } = state ?? { interrupted: signal.aborted };
  const leftovers = await closeDown({ ...context, facts: meeting?.facts ?? context.facts }, settings);
  const report = writeReport({
    profile: profile.version,
    run,
    startedAt,
    finishedAt: clock.date().toISOString(),
    verdict: state === undefined ? (ended ?? endedEarly(new Error('nothing was judged'), signal)) : judgeRun(state),
    settings,
    facts: meeting?.facts,
    results,
    timeline: hearing?.timeline ?? [],
    gate: options.gate ?? {},
    state,
    traffic: state?.traffic ?? traffic(),
    rateLimit: hearing?.rateLimit,
    time: timeSpent(clock.now() - begun.at, begun.workShare()),
    leftovers,
  });
  emit({ type: 'run-finished', report, interrupted, ...(ended === undefined ? {} : { ended }) });
  return report;
};

/** Deletes what was created and closes what was opened; what is left behind. */
const closeDown = async (context: RunContext, { readOnly, concurrency }: Settings): Promise<string[]> => {
  try {
    return readOnly || context.tally.begun === 0 ? [] : await cleanUp(context, concurrency);
  } finally {
    const deadline = context.clock.deadline(drainMs);
    try {
      await context.events.poller?.drain(deadline.signal);
    } finally {
      deadline.cancel();
      await Promise.all([context.events.receiver?.stop(), context.transport.close()]);
    }
  }
};

/** How the time of a run divides: while this process does not work, it waits for the target. */
const timeSpent = (total: number, workShare: number): TimeSpent => {
  const work = Math.round(total * workShare);
  return { total: Math.round(total), waiting: Math.max(0, Math.round(total) - work), work };
};

/** The verdict of a run that something thrown has ended. */
const endedEarly = (error: unknown, signal: AbortSignal): Verdict => {
  if (signal.aborted)
    return { verdict: 'interrupted', exitCode: 130, reason: 'The run was interrupted before its end.' };
  if (error instanceof Blocked && (error.code === 'read-only' || error.code === 'max-requests-reached'))
    return { verdict: 'not-testable', exitCode: 3, reason: error.message };
  if (error instanceof Unreachable || error instanceof Blocked) {
    return { verdict: 'unreachable', exitCode: 3, reason: error.message };
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { verdict: 'error', exitCode: 2, reason: `An error in scim-conformance itself: ${message}` };
};

/** Throws Unreachable where the target has stopped to let the suite in: what was found then is not the target's failure. */
const demandAdmission = ({ admission }: RunContext): void => {
  if (admission.lost !== undefined) throw new Unreachable('credential-lost', admission.lost);
};

/** All that a run has at hand once it has met the target. */
interface Exercising {
  readonly context: RunContext;
  readonly meeting: Meeting;
  readonly hearing: Hearing;
  readonly emit: Listener;
  readonly profile: Profile;
  readonly selected: readonly Requirement[];
  readonly settings: Settings;
}

/** Exercises the target and judges what came of it. */
const exercise = async ({
  context,
  meeting: { facts, binding },
  hearing,
  emit,
  profile,
  selected,
  settings,
}: Exercising): Promise<RequirementResult[]> => {
  const { signal } = context;
  const executor = createExecutor(context, binding, ({ name, trace, error }) =>
    emit({
      type: 'exercised',
      name,
      trace,
      ...(error === undefined ? {} : { crashed: error.message }),
      interrupted: signal.aborted,
    }),
  );
  const plan = planOf({ profile, selected, facts, settings });
  emit({ type: 'discovered', target: facts, requirements: selected.length, exercises: plan.exercises.length });
  const exerciseOne = async (each: Exercise): Promise<void> => {
    const { scenario } = each;
    try {
      hearing.hear(await executor.execute(each, each.path));
    } catch (error) {
      if (!(error instanceof HarnessError)) throw error;
      hearing.blame(scenario.name, error);
    }
    emit({
      type: 'exercise-finished',
      scenario: scenario.name,
      title: scenario.title,
      finished: hearing.exercises,
    });
  };
  const beside = plan.exercises.filter(({ scenario }) => !scenario.alone);
  const alone = plan.exercises.filter(({ scenario }) => scenario.alone);
  // Most of them wait most of the time, as the target asks: the exchanges are what is limited.
  await inParallel(beside, settings.concurrency * exercisesPerExchange, exerciseOne, signal);
  await inParallel(alone, 1, exerciseOne, signal);
  demandAdmission(context);
  const results = await hearing.decide({ executor, unavailable: plan.unavailable, signal, emit });
  demandAdmission(context);
  return results;
};
