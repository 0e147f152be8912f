/** Runs one trial: the suite against a mock with one fault or without a fault. */
import { pollUrlOf } from '../mock/poll-url.js';
import { startMock, usualFeatures, type MockOptions } from '../../mock/index.js';
import { mockProvider, simulate } from '../../simulation/index.js';
import { runSuite, type Profile, type Report, type RunOptions } from '../../suites/index.js';
import { profileOf } from '../options/profile-option.js';
import type { TrialPlan } from './trial-plan.js';

export interface Trial extends TrialPlan {
  /** How the run ended, and why. */
  readonly ended: string;
  /** Outcomes by id, each with its reason, or with what was observed once. */
  readonly outcomes: Readonly<Record<string, string>>;
  /** Ids with the outcome fail, warning or harness-error. Without a fault also the verdict, if it is not conformant. */
  readonly red: readonly string[];
  /** The finding of each red id, in words. */
  readonly findings: Readonly<Record<string, string>>;
  /** Number of lines of the longest counter-example. */
  readonly longestStory: number;
  readonly leftovers: number;
  readonly milliseconds: number;
}

/**
 * Milliseconds that an accepted request may take. This is long enough for a mock that needs some time for each
 * operation.
 */
const deadlineMs = 30_000;

const wireOf = ({ wire }: Profile): Pick<MockOptions, 'wire'> => (wire === undefined ? {} : { wire });

const mockOptionsOf = ({ profile: named, runtime, kind, fault, restarts }: TrialPlan) => ({
  ...wireOf(profileOf(named)),
  // In virtual time a wait costs nothing, and a poll that comes too early does.
  retryAfterSeconds: runtime === 'simulated' ? 1 : 0,
  // Few workers, so that requests in progress can be observed.
  workers: 4,
  statusTokenSeconds: 4,
  webhookLoopback: true,
  // More operations than any other scenario sends, but less work than the default for so many mocks.
  maxOperations: 200,
  // Only trials with a burst have a rate limiter. Its limit is low, because parallel trials send slowly.
  rateLimit: kind === 'burst' ? { capacity: 500, refillPerSecond: 200 } : (false as const),
  faults: fault === undefined ? [] : [fault],
  ...(restarts ? { features: [...usualFeatures, 'checkpoint'] satisfies MockOptions['features'] } : {}),
});

const runOptionsOf = ({ profile: named, binding, observe, kind, only }: TrialPlan): Omit<RunOptions, 'target'> => {
  return {
    profile: profileOf(named),
    deadlineMs,
    binding,
    observe,
    only: [...only],
    ...(kind === 'burst' ? {} : { burst: 0 }),
  };
};

const deliveriesOf = ({ deliveries, observe }: TrialPlan): TrialPlan['deliveries'] =>
  (['poll', 'push', 'webhook'] as const).filter((way) => deliveries.includes(way) || observe === way);

const simulated = async (plan: TrialPlan): Promise<Report> => {
  const { report } = await simulate({
    seed: plan.seed,
    provider: mockProvider(mockOptionsOf(plan)),
    deliveries: deliveriesOf(plan),
    ...(plan.restarts ? { restarts: 'before it goes on' } : {}),
    run: runOptionsOf(plan),
  });
  return report;
};

const overSockets = async (plan: TrialPlan): Promise<Report> => {
  const options = mockOptionsOf(plan);
  const mock = await startMock(options);
  const deliveries = deliveriesOf(plan);
  try {
    return await runSuite({
      ...runOptionsOf(plan),
      target: { baseUrl: mock.url, token: mock.tokens.primary, secondToken: mock.tokens.second },
      seed: plan.seed,
      ...(plan.restarts ? { restart: () => mock.restart() } : {}),
      ...(deliveries.includes('poll') ? { setPoll: pollUrlOf(mock.url, options.wire) } : {}),
      ...(deliveries.includes('push')
        ? { setPush: { port: 0, onListening: (url: string) => mock.pushTo({ url }) } }
        : {}),
      ...(deliveries.includes('webhook') ? { webhooks: { port: 0 } } : {}),
    });
  } finally {
    await mock.stop();
  }
};

export const runTrial = async (plan: TrialPlan): Promise<Trial> => {
  const startedAt = performance.now();
  const report = await (plan.runtime === 'simulated' ? simulated(plan) : overSockets(plan));
  const red = report.requirements.filter(({ outcome }) => ['fail', 'warning', 'harness-error'].includes(outcome));
  const isUnexpectedVerdict = plan.fault === undefined && red.length === 0 && report.verdict !== 'conformant';
  return {
    ...plan,
    ended: `${report.verdict} (${report.reason})`,
    outcomes: Object.fromEntries(
      report.requirements.map(({ id, outcome, reason, evidence, exercised }) => {
        const why = outcome !== 'inconclusive' || evidence === undefined ? reason : `flaky: ${evidence.actual}`;
        return [id, `${outcome}${why === undefined ? '' : ` (${why})`}, ${exercised} observations`];
      }),
    ),
    red: [...red.map(({ id }) => id), ...(isUnexpectedVerdict ? [report.verdict] : [])],
    findings: Object.fromEntries(
      red.map(({ id, evidence, reason }) => [
        id,
        evidence === undefined
          ? (reason ?? '')
          : `expected ${evidence.expected}, but ${evidence.actual} (${evidence.path})`,
      ]),
    ),
    longestStory: Math.max(0, ...red.map(({ evidence }) => evidence?.story.length ?? 0)),
    leftovers: report.leftovers.length,
    milliseconds: Math.round(performance.now() - startedAt),
  };
};
