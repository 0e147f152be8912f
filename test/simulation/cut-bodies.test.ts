import t from 'tap';
import { mockProvider } from '../../simulation/index.js';
import { simulate } from '../harness/simulate.js';
import { alwaysKept } from '../../suites/client/body-budget.js';

t.setTimeout(1_800_000);

/** An answer of this much more is cut wherever nothing longer may be kept. */
const padding = 'x'.repeat(alwaysKept);

/** Whether the answer at this place is a long one: about one of `every`, in a random order. */
const isChosen = (place: number, every: number): boolean => (place * 2_654_435_761) % 2 ** 32 < 2 ** 32 / every;

/** Runs everything against a right provider of which some answers are too long. */
const runAgainst = async (every: number, delivery: 'poll' | 'none') => {
  let place = 0;
  const exchanges: { truncated: boolean; bytes: number }[] = [];
  const { report } = await simulate({
    seed: every,
    provider: mockProvider({
      retryAfterSeconds: 0,
      statusTokenSeconds: 3,
      seams: {
        respond: (answer, { path }) => {
          place += 1;
          return typeof answer.body === 'object' && path !== '/ServiceProviderConfig' && isChosen(place, every)
            ? { ...answer, body: { ...answer.body, padding } }
            : answer;
        },
      },
    }),
    deliveries: delivery === 'poll' ? ['poll'] : [],
    run: {
      deadlineMs: 15_000,
      keptBytes: 0,
      runs: 2,
      burst: 200,
      ...(delivery === 'poll' ? { observe: 'poll' as const } : {}),
      onEvent: (event) => {
        if (event.type !== 'exercised') return;
        for (const entry of event.trace.entries) {
          if (entry.type === 'exchange' && entry.response !== undefined)
            exchanges.push({
              truncated: entry.response.truncated,
              bytes: Buffer.byteLength(entry.response.body),
            });
        }
      },
    },
  });
  return { report, exchanges };
};

for (const [every, delivery] of [
  [1, 'none'],
  [3, 'none'],
  [20, 'poll'],
] as const) {
  void t.test(`1 of ${every} answers is too long (${delivery}): no requirement fails for that`, async (t) => {
    const { report, exchanges } = await runAgainst(every, delivery);
    t.strictSame(
      report.requirements
        .filter(({ outcome }) => ['fail', 'warning', 'harness-error'].includes(outcome))
        .map(({ id, outcome, reason, evidence }) => [
          id,
          outcome,
          reason,
          evidence?.expected,
          evidence?.actual,
          evidence?.story,
        ]),
      [],
    );
    t.equal(report.counts.pass > 50, true, `${report.counts.pass} requirements pass`);
    t.equal(exchanges.filter(({ truncated }) => truncated).length > 20, true);
    t.equal(Math.max(...exchanges.map(({ bytes }) => bytes)) <= alwaysKept, true);
  });
}
