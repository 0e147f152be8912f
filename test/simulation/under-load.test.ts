/** Results that must not depend on the speed of the machine: short-lived states, and occasional throttling. */
import t from 'tap';
import { header } from '../../schemas/names.js';
import type { Exchange } from '../../schemas/types.js';
import { mockProvider } from '../../simulation/index.js';
import { simulate } from '../harness/simulate.js';
import type { Trace } from '../../suites/trace/trace.js';
import { TraceView } from '../../suites/judging/trace-view.js';
import { tok02 } from '../../suites/requirements/tok/tok-02.js';
import { HandMadeTrace } from '../unit/hand-made-trace.js';

t.setTimeout(1_800_000);

const exchangesOf = (trace: Trace): readonly Exchange[] => new TraceView(trace).all();

void t.test('a cancel and the uses of a status token do not wait behind all else', async (t) => {
  const traces: Trace[] = [];
  await simulate({
    seed: 1,
    provider: mockProvider({ retryAfterSeconds: 0, rateLimit: false, statusTokenSeconds: 60 }),
    run: {
      concurrency: 1,
      burst: 0,
      only: ['CNCL-01', 'TOK-02', 'LIFE', 'BULK'],
      onEvent: (event) => {
        if (event.type === 'exercised') traces.push(event.trace);
      },
    },
  });
  /** How many exchanges of other exercises came between two of this scenario. */
  const between = (scenario: string, first: (exchange: Exchange) => boolean, last: (exchange: Exchange) => boolean) =>
    traces
      .filter((trace) => trace.scenario === scenario)
      .map((trace) => {
        const own = exchangesOf(trace);
        const [from, to] = [own.find(first)?.at ?? NaN, own.findLast(last)?.at ?? NaN];
        const others = traces.filter((other) => other !== trace).flatMap(exchangesOf);
        t.ok(from < to, `${scenario} has both`);
        return others.filter(({ at }) => at > from && at < to).length;
      });
  t.ok(traces.flatMap(exchangesOf).length > 500, 'there is much else');
  // If the lane is free for a moment, one of the others may come first.
  const [cancelled] = between(
    'cancel',
    ({ purpose }) => purpose === 'submit',
    ({ purpose, variant }) => purpose === 'cancel' && variant === undefined,
  );
  t.ok((cancelled ?? NaN) <= 4, `beside a cancel: ${cancelled ?? ''}`);
  const [used] = between(
    'status-token',
    ({ variant }) => variant === 'own status',
    ({ variant }) => variant === 'bulk',
  );
  t.ok((used ?? NaN) <= 10, `beside the uses of a token: ${used ?? ''}`);
});

void t.test('TOK-02: a refusal of an expired token is not evidence', (t) => {
  const tried = (status: number, blockedBy?: 'status-token-expired'): HandMadeTrace => {
    const trace = new HandMadeTrace({ name: 'status-token' }, 'request-mode');
    trace.accepted('/provision/1/status');
    trace.exchange('status-token', 'GET /Users', { status, variant: 'list' });
    trace.blockedBy = blockedBy;
    return trace;
  };
  const ended = 'status-token-expired';
  t.match(tried(401).judged(tok02), { exercised: 1, findings: { length: 0 } });
  t.match(tried(401, ended).judged(tok02), { exercised: 0, findings: { length: 0 } });
  t.match(tried(403, ended).judged(tok02), { exercised: 1, findings: { length: 0 } });
  t.match(tried(200, ended).judged(tok02), { exercised: 1, findings: { length: 1 } });
  t.end();
});

void t.test('if one request in thirteen is throttled, creates of both kinds are among them', async (t) => {
  let requests = 0;
  const throttled: Exchange[] = [];
  const { report } = await simulate({
    seed: 1,
    provider: mockProvider({
      retryAfterSeconds: 0,
      rateLimit: { capacity: 1, refillPerSecond: 1 },
      // All others find a bucket of their own, and a token in it.
      seams: { bucketOf: () => ((requests += 1) % 13 === 0 ? 'empty' : `of request ${requests}`) },
    }),
    run: {
      runs: 1,
      only: ['RATE-03'],
      onEvent: (event) => {
        if (event.type === 'exercised' && event.trace.scenario === 'burst')
          throttled.push(...exchangesOf(event.trace).filter(({ response }) => response?.status === 429));
      },
    },
  });
  const creates = throttled.filter(({ request }) => request.method === 'POST' && request.url.endsWith('/Users'));
  const isAsync = ({ request }: Exchange): boolean =>
    request.headers.some(([name]) => name === header.requestMode || name === header.prefer);
  t.ok(creates.some(isAsync), 'an asynchronous create');
  t.notOk(creates.every(isAsync), 'a synchronous create');
  t.match(report.requirements, [{ id: 'RATE-03', outcome: 'pass' }]);
});
