import t from 'tap';
import type { Exchange } from '../../../schemas/types.js';
import { estimateLimiter } from '../../../suites/rate-limit/estimate.js';
import { readRateLimit } from '../../../suites/rate-limit/rate-limit-fields.js';

void t.test('RateLimit fields of every published form are read', (t) => {
  t.strictSame(readRateLimit([]), { type: 'absent' });
  t.match(
    readRateLimit([
      ['RateLimit-Policy', '"burst";q=100;w=60,"daily";q=1000;w=86400'],
      ['RateLimit', '"burst";r=50;t=30'],
    ]),
    { type: 'fields', version: '-08 and later', quotas: [{ limit: 100, remaining: 50, reset: 30 }] },
  );
  t.match(
    readRateLimit([
      ['RateLimit-Policy', 'default;q=400;w=60'],
      ['RateLimit', 'default;r=398;t=55'],
    ]),
    { type: 'fields', version: '-08 and later', quotas: [{ limit: 400, remaining: 398, reset: 55 }] },
  );
  t.match(readRateLimit([['ratelimit', 'limit=100, remaining=50, reset=5']]), {
    version: '-07',
    quotas: [{ limit: 100, remaining: 50, reset: 5 }],
  });
  t.match(
    readRateLimit([
      ['RateLimit-Limit', '10, 10;w=1'],
      ['RateLimit-Remaining', '9'],
      ['RateLimit-Reset', '4'],
    ]),
    { version: '-06 and earlier', quotas: [{ limit: 10, remaining: 9, reset: 4 }] },
  );
  t.end();
});

void t.test(
  'a value that is not a structured field or not a quota is invalid, and the message names the field',
  (t) => {
    for (const [name, value] of [
      ['RateLimit', 'remaining: many'],
      ['RateLimit', '"default";r=-1'],
      ['RateLimit', '"default";t=3'],
      ['RateLimit', '5'],
      ['RateLimit', ''],
      ['RateLimit-Policy', '"default";w=60'],
      ['RateLimit-Remaining', 'nine'],
    ] as const) {
      t.match(readRateLimit([[name, value]]), { type: 'invalid', field: name }, `${name}: ${value}`);
    }
    t.end();
  },
);

/** A burst of `rate` requests a second against a bucket, as a trace. */
const burstOf = (bucket: { capacity: number; refillPerSecond: number }, rate: number, seconds: number) => {
  let tokens = bucket.capacity;
  const entries = Array.from({ length: rate * seconds }, (_, n): Exchange => {
    const at = (n / rate) * 1000;
    tokens = Math.min(bucket.capacity, tokens + (n === 0 ? 0 : bucket.refillPerSecond / rate));
    const admitted = tokens >= 1;
    if (admitted) tokens -= 1;
    return {
      type: 'exchange',
      n,
      purpose: 'burst',
      credential: 'primary',
      at,
      took: 1,
      request: { method: 'GET', url: 'http://target/Users', headers: [] },
      response: { status: admitted ? 200 : 429, headers: [], body: '', truncated: false },
    };
  });
  return { scenario: 'burst', path: '0', input: null, target: {} as never, entries };
};

void t.test('a bucket is estimated from a burst within a tenth', (t) => {
  for (const [capacity, refillPerSecond] of [
    [50, 20],
    [500, 200],
    [10, 100],
  ] as const) {
    const estimate = estimateLimiter(burstOf({ capacity, refillPerSecond }, 1000, 2));
    t.ok(
      Math.abs((estimate?.capacity ?? 0) - capacity) <= Math.max(2, capacity / 10),
      `${estimate?.capacity ?? ''} ≈ ${capacity}`,
    );
    t.ok(
      Math.abs((estimate?.refillPerSecond ?? 0) - refillPerSecond) <= refillPerSecond / 10,
      `${estimate?.refillPerSecond ?? ''} ≈ ${refillPerSecond}`,
    );
  }
  t.end();
});

void t.test('requests slower than the refill rate give no estimate', (t) => {
  const fast = burstOf({ capacity: 50, refillPerSecond: 400 }, 1000, 1);
  const last = fast.entries.findLast(({ response }) => response?.status === 429);
  // A hundred a second from then on: all are admitted, and the limiter is not seen.
  const slow = Array.from({ length: 100 }, (_, index): Exchange => {
    const at = (last?.at ?? 0) + 10 * (index + 1);
    return { ...fast.entries[0], n: 1000 + index, at, took: 1 } as Exchange;
  });
  const seen = { ...fast, entries: [...fast.entries, ...slow] };
  t.match(estimateLimiter(seen)?.refillPerSecond, estimateLimiter(fast)?.refillPerSecond);
  t.ok(Math.abs((estimateLimiter(seen)?.refillPerSecond ?? 0) - 400) <= 40);
  const once = { ...fast, entries: [...fast.entries.slice(0, 84), ...slow] };
  t.equal(once.entries.filter(({ response }) => response?.status === 429).length, 1);
  t.match(estimateLimiter(once), { throttled: 1, capacity: undefined, refillPerSecond: undefined });
  t.end();
});

void t.test('a target that never throttles has no estimate, and one without a burst no entry', (t) => {
  const never = estimateLimiter(burstOf({ capacity: 5000, refillPerSecond: 1 }, 100, 1));
  t.match(never, { requests: 100, throttled: 0, capacity: undefined, refillPerSecond: undefined });
  t.equal(never?.answers?.length, 100);
  t.equal(estimateLimiter({ scenario: 'x', path: '0', input: null, target: {} as never, entries: [] }), undefined);
  t.end();
});

void t.test('the advertised limit and another one that throttled are both named', (t) => {
  const policy: [string, string] = ['RateLimit-Policy', '"default";q=1000;w=60'];
  const burst = burstOf({ capacity: 50, refillPerSecond: 20 }, 1000, 1);
  const entries = burst.entries.map((exchange, place): Exchange => {
    const headers: [string, string][] = [policy, ['RateLimit', `"default";r=${990 - Math.min(place, 40)};t=30`]];
    return exchange.response === undefined ? exchange : { ...exchange, response: { ...exchange.response, headers } };
  });
  const estimate = estimateLimiter({ ...burst, entries });
  t.match(estimate, {
    advertised: [{ limit: 1000, seconds: 60 }],
    otherLimit: { throttled: estimate?.throttled, remaining: 950 },
  });
  t.not(estimate?.throttled, 0);
  t.match(estimateLimiter(burst), { advertised: undefined, otherLimit: undefined });
  t.end();
});
