/** The time of a run is limited, whatever the target does: it may be slow, silent, or throttle without saying how long. */
import t, { type Test } from 'tap';
import { header, mediaType, urn } from '../../schemas/names.js';
import { mockProvider, type MockProviderOptions } from '../../simulation/index.js';
import type { Handler, HandlerReply, Report } from '../../suites/index.js';
import { simulate } from '../harness/simulate.js';

t.setTimeout(1_800_000);

const refusal = (status: number, more: readonly (readonly [string, string])[] = []): HandlerReply => ({
  status,
  headers: [[header.contentType, mediaType.scim], ...more],
  body: JSON.stringify({ schemas: [urn.error], status: String(status) }),
});

/** A provider in front of the mock; `now` is the time of the run in milliseconds. */
type Front = (mock: Handler, now: () => number) => Handler;

interface Conditions {
  readonly mock?: MockProviderOptions;
  readonly front?: Front;
  readonly run?: NonNullable<Parameters<typeof simulate>[0]['run']>;
  readonly network?: NonNullable<Parameters<typeof simulate>[0]['network']>;
}

const run = async ({ mock: options = {}, front, run: more = {}, network }: Conditions) => {
  let seconds = NaN;
  let asked = 0;
  const { report, provider } = await simulate({
    seed: 1,
    provider: async (world) => {
      const mock = await mockProvider(options)(world);
      const handle = front?.(mock.handle, () => world.clock.now()) ?? mock.handle;
      const counting: Handler = (request) => {
        asked += 1;
        return handle(request);
      };
      const stop = (): Promise<void> => {
        // The clock counts each measurement as a microsecond.
        seconds = Math.floor(world.clock.now()) / 1000;
        return mock.stop();
      };
      return { ...mock, handle: counting, stop };
    },
    ...(network === undefined ? {} : { network }),
    run: more,
  });
  return { report, seconds, asked, left: await provider.snapshot() };
};

/** Ids of the requirements that were not reached, by the code of the reason. */
const unreached = ({ requirements }: Report, code: string): string[] =>
  requirements.filter(({ outcome, blockedBy }) => outcome === 'inconclusive' && blockedBy === code).map(({ id }) => id);

const flaky = ({ requirements }: Report): string[] =>
  requirements.filter(({ evidence }) => evidence?.again !== undefined).map(({ id }) => id);

/** Seconds: twice an honest run, and two deadlines of the default length. */
const mostForFailing = 2 * 15 + 2 * 60;

/** The mock's limiter with 500 requests in half an hour, which does not say when the next one is admitted. */
const withoutRetryAfter: Front = (mock) => async (request) => {
  const reply = await mock(request);
  if ('failure' in reply || reply.status !== 429) return reply;
  return { ...reply, headers: reply.headers.filter(([name]) => !/^(retry-after|ratelimit.*)$/i.test(name)) };
};

void t.test('500 requests in 30 minutes without Retry-After: in time, nothing flaky, cleaned up', async (t) => {
  const { report, seconds, left } = await run({
    mock: { rateLimit: { capacity: 500, refillPerSecond: 500 / 1800 } },
    front: withoutRetryAfter,
  });
  t.ok(seconds <= 300, `${seconds} s`);
  t.strictSame(flaky(report), []);
  t.strictSame(
    report.requirements
      .filter(({ outcome }) => outcome === 'fail')
      .map(({ id, evidence }) => `${id} ${evidence?.code}`),
    ['RATE-02 retry-after-missing'],
  );
  t.strictSame(report.leftovers, []);
  t.match(left, { users: 0, groups: 0 });
  const ids = unreached(report, 'waited-in-vain');
  t.ok(ids.length > 50, `${ids.length} were not reached`);
  for (const id of ids) t.ok(report.reason.includes(id), `the verdict names ${id}`);
});

void t.test('a quota that comes back only in half an hour leaves things behind, and the report says so', async (t) => {
  const { report, seconds, asked, left } = await run({
    mock: { rateLimit: false },
    front: (mock, now) => {
      let [from, count] = [-Infinity, 0];
      return (request) => {
        if (now() - from > 1_800_000) [from, count] = [now(), 0];
        count += 1;
        return count > 500 ? Promise.resolve(refusal(429)) : mock(request);
      };
    },
  });
  t.ok(seconds <= mostForFailing, `${seconds} s`);
  t.ok(asked < 2500, `${asked} requests`);
  t.strictSame(flaky(report), []);
  t.ok(left.users > 0);
  t.ok(report.leftovers.length > 0);
});

void t.test('two 429 without Retry-After cost no more than a run without them', async (t) => {
  const throttling: Front = (mock) => {
    let count = 0;
    return (request) => {
      count += 1;
      return [100, 101].includes(count) ? Promise.resolve(refusal(429)) : mock(request);
    };
  };
  const usual = await run({ mock: { rateLimit: false } });
  const { report, seconds, asked } = await run({ mock: { rateLimit: false }, front: throttling });
  t.ok(seconds < usual.seconds + 40, `${seconds} s, and ${usual.seconds} s without them`);
  t.ok(
    asked < usual.asked + 1600,
    `${asked} requests, and ${usual.asked} without them: the burst was not repeated often`,
  );
  t.match(
    report.requirements.find(({ id }) => id === 'RATE-02'),
    { outcome: 'inconclusive', blockedBy: /./, evidence: { code: 'retry-after-missing', again: undefined } },
  );
});

void t.test('a slow target is tested as far as the time reaches', async (t) => {
  const { report, seconds, left } = await run({
    mock: { rateLimit: false },
    network: { latency: { least: 1500, spread: 10 } },
  });
  t.ok(seconds <= 300, `${seconds} s`);
  t.match(report, { verdict: 'inconclusive', exitCode: 3, settings: { maxTimeMs: 300_000 } });
  const ids = unreached(report, 'max-time-reached');
  t.ok(ids.length > 0 && ids.every((id) => report.reason.includes(id)));
  t.ok(report.requirements.some(({ outcome }) => outcome === 'pass'));
  t.strictSame(report.leftovers, []);
  t.match(left, { users: 0, groups: 0 });
});

const silent = (): Promise<HandlerReply> => new Promise(() => undefined);

const failing: Readonly<Record<string, Front>> = {
  'answers nothing after the 300th request': (mock) => {
    let count = 0;
    return (request) => ((count += 1) > 300 ? silent() : mock(request));
  },
  'answers no write': (mock) => (request) => (request.method === 'GET' ? mock(request) : silent()),
  'asks to wait for a minute, again and again': (mock) => {
    let count = 0;
    return (request) => ((count += 1) > 300 ? Promise.resolve(refusal(429, [['Retry-After', '60']])) : mock(request));
  },
  'answers 500 after the 300th request': (mock) => {
    let count = 0;
    return (request) => ((count += 1) > 300 ? Promise.resolve(refusal(500)) : mock(request));
  },
  'answers 503 to every write': (mock) => (request) =>
    request.method === 'GET' ? mock(request) : Promise.resolve(refusal(503)),
};

for (const [what, front] of Object.entries(failing)) {
  void t.test(`a target that ${what} costs at most twice an honest run and two deadlines`, async (t) => {
    const { report, seconds } = await run({ mock: { rateLimit: false }, front });
    t.ok(seconds <= mostForFailing, `${seconds} s`);
    t.not(report.verdict, 'conformant');
    t.strictSame(
      flaky(report).filter((id) => report.requirements.find((each) => each.id === id)?.blockedBy),
      [],
    );
  });
}

/** Exercises that are planned for a requirement are all made, or it is not passed. */
const stopped = async (t: Test, maxTimeMs: number): Promise<Report> => {
  const { report, seconds } = await run({
    mock: { rateLimit: false },
    run: { maxTimeMs, only: ['CORE', 'MODE', 'LIFE', 'RATE'], burst: 100 },
  });
  t.ok(seconds <= maxTimeMs / 1000 + 1, `${seconds} s`);
  return report;
};

void t.test(
  'the limit is kept however short it is, and no requirement passes on a part of its exercises',
  async (t) => {
    const whole = await run({
      mock: { rateLimit: false },
      run: { only: ['CORE', 'MODE', 'LIFE', 'RATE'], burst: 100 },
    });
    const judged = new Map(whole.report.requirements.map(({ id, exercised }) => [id, exercised]));
    for (const maxTimeMs of [1000, 2000, 4000]) {
      const { requirements, verdict } = await stopped(t, maxTimeMs);
      t.equal(verdict, 'inconclusive', `${maxTimeMs} ms`);
      const core03 = requirements.find(({ id }) => id === 'CORE-03');
      if (core03?.outcome === 'pass') t.equal(core03.exercised, judged.get('CORE-03'), `${maxTimeMs} ms`);
      t.ok(
        requirements.some(({ blockedBy }) => blockedBy === 'max-time-reached'),
        `${maxTimeMs} ms`,
      );
    }
  },
);

void t.test('0 is no limit', async (t) => {
  const { report, seconds } = await run({
    mock: { rateLimit: false },
    network: { latency: { least: 1500, spread: 10 } },
    run: { maxTimeMs: 0, only: ['CORE', 'MODE', 'ACC', 'STAT'], runs: 2, burst: 0 },
  });
  t.ok(seconds > 300, `${seconds} s`);
  t.strictSame(
    report.requirements.filter(({ blockedBy }) => blockedBy === 'max-time-reached'),
    [],
  );
});
