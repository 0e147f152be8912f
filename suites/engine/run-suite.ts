/** A run from beginning to end: meet the target, exercise it, judge the traces, confirm what is wrong, clean up, report. */
import { randomBytes, randomInt } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import PQueue from 'p-queue';
import { performance, type EventLoopUtilization } from 'node:perf_hooks';
import type {
  RateLimitEstimate,
  Report,
  RequirementResult,
  Settings,
  TargetFacts,
  TimeSpent,
} from '../../schemas/types.js';
import { profileVersion } from '../catalogue/index.js';
import type { Requirement } from '../catalogue/requirement.js';
import { systemClock, type Clock } from '../client/clock.js';
import { createHttpClient } from '../client/http-client.js';
import { Vault } from '../client/redaction.js';
import { inParallel } from '../concurrency/in-parallel.js';
import type { Listener } from '../events.js';
import { judges } from '../judges/index.js';
import { estimateLimiter } from '../limits/estimate.js';
import { scenarios } from '../scenarios/index.js';
import type { Scenario } from '../scenarios/scenario.js';
import { Cleanup } from '../session/cleanup.js';
import { EventDelivery } from '../security-events/event-delivery.js';
import { PushReceiver } from '../security-events/push-receiver.js';
import { emptyTally, type RunContext } from '../session/run-context.js';
import { Blocked } from '../session/session.js';
import type { Trace } from '../trace/trace.js';
import { Unreachable } from '../target/discover.js';
import { isAuthenticated, secretsOf, trimBaseUrl, type TargetDescription } from '../target/target.js';
import { version } from '../version.js';
import { cleanUp } from './clean-up.js';
import { confirm } from './confirm.js';
import { hear, openCase, type Case } from './docket.js';
import { createExecutor, HarnessError } from './executor.js';
import type { BindingChoice, ObservationChoice } from './find-bindings.js';
import type { KeySource } from './find-signing-keys.js';
import { meetTarget, type Meeting } from './meet-target.js';
import { conclude, notImplemented, skipped } from './outcome.js';
import { planExercises, replayExercise, select, SelectionError, unmet, type Exercise } from './plan.js';
import { countOutcomes, judgeRun, type Verdict } from './verdict.js';

export interface RunOptions {
  readonly target: TargetDescription;
  /** Groups to judge, such as `CORE`; with `only`: either. Both empty: everything. */
  readonly suites?: readonly string[];
  /** Requirement ids to judge. */
  readonly only?: readonly string[];
  /** 32-bit integer; random where absent. */
  readonly seed?: number;
  /** Replays the one exercise that a report printed with its failure. */
  readonly path?: string;
  /** Inputs for each property; 5 where absent. */
  readonly runs?: number;
  /** Milliseconds for one exchange; 10 000 where absent. */
  readonly timeoutMs?: number;
  /** Milliseconds for one asynchronous request from acceptance to completion; 60 000 where absent. */
  readonly deadlineMs?: number;
  /** Exchanges in flight at a time; 8 where absent. */
  readonly concurrency?: number;
  /** Requests that a burst may cost the target (RATE); 1500 where absent, 0: no burst. */
  readonly burst?: number;
  /** Nothing is written: only what reads is exercised, and the rest skipped. */
  readonly readOnly?: boolean;
  /** Exchanges that the run may cost the target, cleaning up apart; no limit where absent. */
  readonly maxRequests?: number;
  /** Exchanges a second at most; no limit where absent. */
  readonly maxRps?: number;
  /** Runs one part of all exercises: `index` from 1 to `of`. */
  readonly shard?: { readonly index: number; readonly of: number };
  /** Bindings to be judged: whatever is there (`auto`, the default), one, or both. */
  readonly binding?: BindingChoice;
  /** How completions of the respond-async binding are observed; as there is a way where absent or `auto`. */
  readonly observe?: ObservationChoice;
  /** Where security event tokens are polled (RFC 8936). The first credential is sent there, too. */
  readonly setPoll?: string;
  /** Where security event tokens are pushed to (RFC 8935). */
  readonly setPush?: {
    /** 0 takes a free one. */
    readonly port: number;
    /** Where the provider reaches it; the loopback address where absent. */
    readonly publicUrl?: string;
    /** Told the URL before anything is asked of the target. */
    readonly onListening?: (url: string) => void;
  };
  /** Keys that security event tokens are signed with: a JWK Set or its URL; the provider's metadata where absent. */
  readonly jwks?: KeySource;
  /** Ends the run early: what was learnt is reported and what was created is deleted. */
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  readonly onEvent?: Listener;
}

const settingsOf = (options: RunOptions): Settings => ({
  target: trimBaseUrl(options.target.baseUrl),
  suites: [...(options.suites ?? [])],
  only: [...(options.only ?? [])],
  seed: options.seed ?? randomInt(2 ** 31),
  ...(options.path === undefined ? {} : { path: options.path }),
  runs: options.runs ?? 5,
  timeoutMs: options.timeoutMs ?? 10_000,
  deadlineMs: options.deadlineMs ?? 60_000,
  concurrency: options.concurrency ?? 8,
  binding: options.binding ?? 'auto',
  observe: options.observe ?? 'auto',
  burst: options.burst ?? 1500,
  readOnly: options.readOnly ?? false,
  ...(options.maxRequests === undefined ? {} : { maxRequests: options.maxRequests }),
  ...(options.maxRps === undefined ? {} : { maxRps: options.maxRps }),
  ...(options.shard === undefined ? {} : { shard: options.shard }),
});

const unknownFacts = (target: TargetDescription): TargetFacts => ({
  baseUrl: trimBaseUrl(target.baseUrl),
  authenticated: isAuthenticated(target),
  secondCredential: target.secondToken !== undefined,
  bindings: {},
  bindingNote: 'the target was not reached',
  capabilities: { patch: false, bulk: false, filter: false, groups: false },
  features: [],
});

/** Exercises that are under way for each exchange that may be in flight. */
const exercisesPerExchange = 8;

/** Milliseconds for taking off what is left to be polled. */
const drainMs = 5000;

/** Opens the receiver of pushed tokens. Rejects where its port is taken. */
const openReceiver = async (context: RunContext, push: RunOptions['setPush']): Promise<void> => {
  if (push === undefined) return;
  const { events, vault, clock, startedAt } = context;
  const receiver = new PushReceiver({
    port: push.port,
    ...(push.publicUrl === undefined ? {} : { publicUrl: push.publicUrl }),
    inbox: events.inbox,
    redact: (text) => vault.redact(text),
    elapsed: () => clock.now() - startedAt,
  });
  const url = await receiver.start().catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new SelectionError(
      `Port ${push.port} cannot receive security event tokens: ${why}. Choose another, or 0 for a free one.`,
    );
  });
  events.receiver = receiver;
  push.onListening?.(url);
};

const scenarioOf = (name: string): Scenario => {
  const scenario = scenarios.find((candidate) => candidate.name === name);
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
  return scenario;
};

/**
 * Runs the suite against a target and returns the report; everything that happens on the way is told to `onEvent`.
 * Rejects with SelectionError where the options select nothing; whatever the target does ends in a report.
 */
export const runSuite = async (options: RunOptions): Promise<Report> => {
  const settings = settingsOf(options);
  const selected = select(settings);
  const emit: Listener = options.onEvent ?? (() => undefined);
  const clock = options.clock ?? systemClock;
  const signal = options.signal ?? new AbortController().signal;
  // Every exchange and every wait of the run listens to it.
  setMaxListeners(0, signal);
  const run = randomBytes(4).toString('hex');
  const startedAt = clock.date().toISOString();
  const begun = { at: clock.now(), loop: performance.eventLoopUtilization() };
  const client = createHttpClient({
    timeoutMs: settings.timeoutMs,
    connections: settings.concurrency,
    insecure: options.target.insecure ?? false,
  });
  const context: RunContext = {
    run,
    target: options.target,
    facts: unknownFacts(options.target),
    client,
    lanes: new PQueue({ concurrency: settings.concurrency }),
    clock,
    signal,
    vault: new Vault(secretsOf(options.target)),
    cleanup: new Cleanup(),
    events: new EventDelivery(options.setPoll),
    deadlineMs: settings.deadlineMs,
    burst: settings.burst,
    startedAt: clock.now(),
    version,
    tally: emptyTally(),
  };
  emit({ type: 'run-started', run, tool: version, profile: profileVersion, settings });

  const results: RequirementResult[] = [];
  let exercises = 0;
  let rateLimit: RateLimitEstimate | undefined;
  const report = (verdict: Verdict, facts: TargetFacts | undefined, leftovers: string[]): Report => {
    const { exchanges, submissions, accepted } = context.tally;
    const written: Report = {
      format: 1,
      tool: version,
      profile: profileVersion,
      run,
      startedAt,
      finishedAt: clock.date().toISOString(),
      ...verdict,
      settings,
      ...(facts === undefined ? {} : { target: facts }),
      counts: countOutcomes(results),
      traffic: { exchanges, submissions, accepted, exercises },
      ...(rateLimit === undefined ? {} : { rateLimit }),
      time: timeSince(begun, clock),
      requirements: results,
      leftovers,
    };
    emit({ type: 'run-finished', report: written });
    return written;
  };

  let meeting: Meeting | undefined;
  let verdict: Verdict | undefined;
  try {
    await openReceiver(context, options.setPush);
    meeting = await meetTarget(context, { ...settings, jwks: options.jwks });
    const { facts } = meeting;
    const judged = await exercise(context, meeting, selected, settings, emit);
    exercises = judged.exercises;
    rateLimit = judged.rateLimit;
    results.push(...judged.results);
    const { exchanges, submissions, accepted } = context.tally;
    const traffic = { exchanges, submissions, accepted, exercises };
    verdict = judgeRun({
      results,
      traffic,
      facts,
      interrupted: signal.aborted,
      wantsBoth: settings.binding === 'both',
    });
  } catch (error) {
    verdict = endedEarly(error, signal);
  } finally {
    emit({ type: 'cleaning-up' });
  }
  const leftovers = await cleanUp({ ...context, facts: meeting?.facts ?? context.facts }, settings.concurrency);
  await context.events.poller?.drain(AbortSignal.timeout(drainMs));
  await context.events.receiver?.stop();
  await client.close();
  return report(verdict, meeting?.facts, leftovers);
};

/** How the time of a run divides: while the event loop of this process is idle, it waits for the target. */
const timeSince = (begun: { at: number; loop: EventLoopUtilization }, clock: Clock): TimeSpent => {
  const { utilization } = performance.eventLoopUtilization(begun.loop);
  const total = clock.now() - begun.at;
  const work = Math.round(total * utilization);
  return { total: Math.round(total), waiting: Math.max(0, Math.round(total) - work), work };
};

/** The verdict of a run that something thrown has ended. Rethrows what is the caller's own mistake. */
const endedEarly = (error: unknown, signal: AbortSignal): Verdict => {
  if (error instanceof SelectionError) throw error;
  if (signal.aborted)
    return { verdict: 'interrupted', exitCode: 130, reason: 'The run was interrupted before its end.' };
  if (error instanceof Unreachable || error instanceof Blocked) {
    return { verdict: 'unreachable', exitCode: 3, reason: error.message };
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { verdict: 'error', exitCode: 2, reason: `An error in scim-conformance itself: ${message}` };
};

/** Exercises the target and judges what came of it. */
const exercise = async (
  context: RunContext,
  { facts, binding }: Meeting,
  selected: readonly Requirement[],
  settings: Settings,
  emit: Listener,
): Promise<{ results: RequirementResult[]; exercises: number; rateLimit: RateLimitEstimate | undefined }> => {
  const { signal } = context;
  const known: RunContext = { ...context, facts };
  const executor = createExecutor(known, binding);
  const replay = settings.path === undefined ? undefined : replayExercise(settings.path, facts, settings.seed);
  const plan =
    replay === undefined
      ? planExercises(selected, facts, settings)
      : { exercises: [replay], unavailable: new Map<string, string>() };
  emit({ type: 'discovered', target: facts, requirements: selected.length, exercises: plan.exercises.length });

  const cases = selected
    .filter(({ id, needs }) => judges.has(id) && unmet(needs, facts) === undefined)
    .map((requirement) => openCase(requirement));
  let finished = 0;
  let rateLimit: RateLimitEstimate | undefined;
  const exerciseOne = async (exercise: Exercise): Promise<void> => {
    const { scenario } = exercise;
    try {
      const trace = await executor.execute(exercise, exercise.path);
      rateLimit ??= estimateLimiter(trace);
      for (const open of cases) hear(open, trace);
    } catch (error) {
      if (!(error instanceof HarnessError)) throw error;
      for (const open of cases) blame(open, scenario.name, error);
    }
    finished += 1;
    emit({ type: 'exercise-finished', scenario: scenario.name, title: scenario.title, finished });
  };
  const beside = plan.exercises.filter(({ scenario }) => !scenario.alone);
  // Most of them wait most of the time, as the target asks: the exchanges are what is limited.
  await inParallel(beside, settings.concurrency * exercisesPerExchange, exerciseOne, signal);
  await inParallel(
    plan.exercises.filter(({ scenario }) => scenario.alone),
    1,
    exerciseOne,
    signal,
  );

  const results: RequirementResult[] = [];
  const announce = (result: RequirementResult): void => {
    results.push(result);
    emit({ type: 'requirement-judged', result });
  };
  for (const requirement of selected) {
    const open = cases.find((candidate) => candidate.requirement === requirement);
    const why = unmet(requirement.needs, facts);
    if (!judges.has(requirement.id)) announce(notImplemented({ requirement }));
    else if (open === undefined) announce(skipped({ requirement }, why ?? ''));
    else announce(await decide(open, plan.unavailable));
  }
  return { results, exercises: finished, rateLimit };

  function exerciseOf({ scenario: name, binding: over, path, input }: Trace): Exercise {
    const scenario = scenarioOf(name);
    return { scenario, binding: over, turn: { binding: over ?? binding, isFirst: false }, path, input };
  }

  async function decide(open: Case, unavailable: ReadonlyMap<string, string>): Promise<RequirementResult> {
    const { from } = judges.get(open.requirement.id) ?? { from: [] };
    const missing = from === 'every' ? [] : from.map((name) => unavailable.get(name));
    const [why] = missing;
    if (why !== undefined && missing.every((reason) => reason !== undefined)) return skipped(open, why);
    const suspicion = open.suspicions[0];
    if (suspicion !== undefined && !signal.aborted) {
      emit({ type: 'shrinking', id: open.requirement.id, scenario: suspicion.trace.scenario });
    }
    try {
      const confirmation = signal.aborted
        ? undefined
        : await confirm(open, {
            exerciseOf,
            facts,
            executor,
            seed: settings.seed,
            signal,
            isReplay: replay !== undefined,
          });
      return conclude(open, confirmation, settings.seed);
    } catch (error) {
      if (!(error instanceof HarnessError)) throw error;
      open.harnessError = error;
      return conclude(open, undefined, settings.seed);
    }
  }
};

const blame = (open: Case, scenario: string, error: HarnessError): void => {
  const from = judges.get(open.requirement.id)?.from;
  if (from === 'every' || from?.includes(scenario) === true) open.harnessError ??= error;
};
