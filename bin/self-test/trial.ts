/** One trial: a mock with one fault, or with none, and the suite against it. */
import { startMock } from '../../mock/index.js';
import { mockProvider, simulate } from '../../simulation/index.js';
import { findProfile, runSuite, type Report, type RunOptions } from '../../suites/index.js';
import type { TrialOrder } from './trial-order.js';

export interface Trial extends TrialOrder {
  /** How the run ended, and why. */
  readonly ended: string;
  /** Outcomes by id, with their reasons or what was seen once. */
  readonly outcomes: Readonly<Record<string, string>>;
  /** Ids that came out as fail, warning or harness-error; without a fault also the verdict, where it is not conformant. */
  readonly red: readonly string[];
  /** What was found for each red id, in words. */
  readonly findings: Readonly<Record<string, string>>;
  /** Lines of the longest counter-example. */
  readonly longestStory: number;
  readonly leftovers: number;
  readonly milliseconds: number;
}

/** Milliseconds that an accepted request may take: long for a mock that takes some for each operation. */
const deadlineMs = 30_000;

const mockOptionsOf = ({ kind, fault }: TrialOrder) => ({
  retryAfterSeconds: 0,
  // So slow that what is under way is seen to be.
  workers: 4,
  statusTokenSeconds: 4,
  // Enough to be more than any other scenario sends, and less to be done for each of many mocks.
  maxOperations: 200,
  // Where the limiter is not looked into, it is out of the way; where it is, many trials at a time send slowly.
  rateLimit: kind === 'burst' ? { capacity: 500, refillPerSecond: 200 } : (false as const),
  faults: fault === undefined ? [] : [fault],
});

const runOptionsOf = ({ profile: version, binding, observe, kind }: TrialOrder): Omit<RunOptions, 'target'> => {
  const profile = findProfile(version);
  if (profile === undefined) throw new Error(`there is no profile ${version}`);
  return { profile, deadlineMs, binding, observe, ...(kind === 'burst' ? {} : { burst: 0 }) };
};

const deliveriesOf = ({ deliveries, observe }: TrialOrder): readonly ('poll' | 'push')[] =>
  (['poll', 'push'] as const).filter((way) => deliveries.includes(way) || observe === way);

const simulated = async (order: TrialOrder): Promise<Report> => {
  const { report } = await simulate({
    seed: order.seed,
    provider: mockProvider(mockOptionsOf(order)),
    deliveries: deliveriesOf(order),
    run: runOptionsOf(order),
  });
  return report;
};

const overSockets = async (order: TrialOrder): Promise<Report> => {
  const mock = await startMock(mockOptionsOf(order));
  const deliveries = deliveriesOf(order);
  try {
    return await runSuite({
      ...runOptionsOf(order),
      target: { baseUrl: mock.url, token: mock.tokens.primary, secondToken: mock.tokens.second },
      seed: order.seed,
      ...(deliveries.includes('poll') ? { setPoll: `${mock.url}/events/poll` } : {}),
      ...(deliveries.includes('push')
        ? { setPush: { port: 0, onListening: (url: string) => mock.pushTo({ url }) } }
        : {}),
    });
  } finally {
    await mock.stop();
  }
};

export const runTrial = async (order: TrialOrder): Promise<Trial> => {
  const begun = performance.now();
  const report = await (order.way === 'simulated' ? simulated(order) : overSockets(order));
  const red = report.requirements.filter(({ outcome }) => ['fail', 'warning', 'harness-error'].includes(outcome));
  const isOdd = order.fault === undefined && red.length === 0 && report.verdict !== 'conformant';
  return {
    ...order,
    ended: `${report.verdict} (${report.reason})`,
    outcomes: Object.fromEntries(
      report.requirements.map(({ id, outcome, reason, evidence, exercised }) => {
        const why = outcome !== 'inconclusive' || evidence === undefined ? reason : `flaky: ${evidence.actual}`;
        return [id, `${outcome}${why === undefined ? '' : ` (${why})`}, ${exercised} looked at`];
      }),
    ),
    red: [...red.map(({ id }) => id), ...(isOdd ? [report.verdict] : [])],
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
    milliseconds: Math.round(performance.now() - begun),
  };
};
