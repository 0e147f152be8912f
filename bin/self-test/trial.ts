/** One trial: a mock with one fault, or with none, and the suite against it. */
import { startMock } from '../../mock/index.js';
import { runSuite, type RunOptions } from '../../suites/index.js';

export interface TrialOrder {
  /** Undefined: the honest mock. */
  readonly fault: string | undefined;
  readonly seed: number;
  /** What takes its time: a `burst` that looks into the limiter, `waiting` for what does not come, or its own work. */
  readonly kind: 'burst' | 'waiting' | 'busy';
  /** How security event tokens are to be delivered; each way takes signing and reading them all. */
  readonly deliveries: readonly ('poll' | 'push')[];
  readonly binding: NonNullable<RunOptions['binding']>;
  readonly observe: NonNullable<RunOptions['observe']>;
}

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

export const runTrial = async (order: TrialOrder): Promise<Trial> => {
  const { fault, seed, kind, deliveries, binding, observe } = order;
  const begun = performance.now();
  const mock = await startMock({
    retryAfterSeconds: 0,
    // So slow that what is under way is seen to be.
    workers: 4,
    statusTokenSeconds: 4,
    // Enough to be more than any other scenario sends, and less to be done for each of many mocks.
    maxOperations: 200,
    // Where the limiter is not looked into, it is out of the way; where it is, many trials at a time send slowly.
    rateLimit: kind === 'burst' ? { capacity: 500, refillPerSecond: 200 } : false,
    faults: fault === undefined ? [] : [fault],
  });
  try {
    const report = await runSuite({
      target: { baseUrl: mock.url, token: mock.tokens.primary, secondToken: mock.tokens.second },
      seed,
      deadlineMs,
      binding,
      observe,
      ...(deliveries.includes('poll') || observe === 'poll' ? { setPoll: `${mock.url}/events/poll` } : {}),
      ...(deliveries.includes('push') || observe === 'push'
        ? { setPush: { port: 0, onListening: (url: string) => mock.pushTo({ url }) } }
        : {}),
      ...(kind === 'burst' ? {} : { burst: 0 }),
    });
    const red = report.requirements.filter(({ outcome }) => ['fail', 'warning', 'harness-error'].includes(outcome));
    const isOdd = fault === undefined && red.length === 0 && report.verdict !== 'conformant';
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
  } finally {
    await mock.stop();
  }
};
