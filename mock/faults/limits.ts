/** Faults of rate limiting and overload: RATE. */
import { header } from '../../schemas/names.js';
import type { Clock } from '../clock.js';
import { fieldsOf } from '../policy/limits/limit.js';
import { createTokenBucket } from '../policy/limits/token-bucket.js';
import { MemoryLimits } from '../store/memory/memory-limits.js';
import type { Answer } from '../http/answer.js';
import type { RequestSummary } from '../http/http-seams.js';
import { answering, edit, error, withField, withoutField, type Match } from './answers.js';
import type { Fault } from './fault.js';

const throttled = (answer: Answer): boolean => answer.status === 429;

/** Only lists: if the 429 of another request were changed, more requirements would break. */
const throttledList: Match = (answer, { method, path }) => throttled(answer) && method === 'GET' && path === '/Users';

/** Milliseconds after a 429 during which the fault shows. */
const pressureMs = 150;

/** The limits for faults that switch the limiter of the mock off. */
const limits = { capacity: 500, refillPerSecond: 200 };

/** Returns a 429 like that of the mock, after the request has been served; undefined if the request is admitted. */
const lateLimiter = (clock: Clock): (() => Promise<Answer | undefined>) => {
  const bucket = createTokenBucket(limits, new MemoryLimits(limits, clock));
  return async () => {
    const refusal = await bucket.take('all');
    if (refusal === undefined) return undefined;
    const fields = { [header.retryAfter]: String(refusal.seconds), ...fieldsOf([refusal.item]) };
    return { ...error(429), headers: { ...error(429).headers, ...fields } };
  };
};

const isBulk = ({ method, path }: RequestSummary): boolean => method === 'POST' && path === '/Bulk';

const isList = ({ method, path }: RequestSummary): boolean => method === 'GET' && path === '/Users';

const isChange = ({ method, path }: RequestSummary): boolean =>
  (method === 'PUT' || method === 'DELETE') && path.startsWith('/Users/');

/** A limiter for these requests of the first client that comes too late. */
const lateFor =
  (isCounted: (request: RequestSummary) => boolean): Fault['seams'] =>
  (base, { clock }) => {
    const limiter = lateLimiter(clock);
    return {
      respond: async (honest, request, ports) => {
        const answer = await base.respond(honest, request, ports);
        const isLate = request.client === 'primary' && isCounted(request) && answer.status < 400;
        return isLate ? ((await limiter()) ?? answer) : answer;
      },
    };
  };

export const limitFaults: readonly Fault[] = [
  {
    name: '429-without-an-error',
    title: 'a 429 without a body',
    breaks: ['RATE-01'],
    seams: edit(throttled, ({ status, headers }) => withoutField(header.contentType)({ status, headers })),
  },
  {
    name: 'throttled-lists-are-400',
    title: '400 instead of 429 to a list',
    breaks: ['RATE-01'],
    seams: edit(throttledList, () => error(400)),
  },
  {
    name: 'throttled-lists-are-403',
    title: '403 instead of 429 to a list',
    breaks: ['RATE-01'],
    seams: edit(throttledList, () => error(403)),
  },
  {
    name: '429-without-retry-after',
    title: 'a 429 without Retry-After',
    breaks: ['RATE-02'],
    seams: edit(throttled, withoutField(header.retryAfter)),
  },
  {
    name: 'retry-after-in-the-past',
    title: 'a 429 to a list whose Retry-After is a date of an hour ago, as of another time zone',
    breaks: ['RATE-02'],
    seams: (base, environment) =>
      edit(throttledList, (answer) =>
        withField(header.retryAfter, new Date(environment.clock.now() - 3_600_000).toUTCString())(answer),
      )(base, environment),
  },
  {
    name: '429-but-executed',
    title: 'a request that is answered 429 but executed',
    breaks: ['RATE-03'],
    entails: ['LIFE-05'],
    options: { rateLimit: false },
    seams: (base, { clock }) => {
      const late = lateLimiter(clock);
      return {
        respond: async (honest, request, ports) => {
          const answer = await base.respond(honest, request, ports);
          const isOthers = /\/status$|^\/async\/|^\/events\//.test(request.path) || request.client !== 'primary';
          return answer.status >= 400 || isOthers ? answer : ((await late()) ?? answer);
        },
      };
    },
  },
  {
    name: 'throttled-bulk-request-done',
    title: 'a 429 to a bulk request that is done all the same',
    breaks: ['RATE-03'],
    options: { rateLimit: false },
    // Few lists and bulk requests come before the burst.
    seams: lateFor((request) => isBulk(request) || isList(request)),
  },
  {
    name: 'throttled-change-done',
    title: 'a 429 to a PUT or DELETE of a user that is done all the same',
    breaks: ['RATE-03'],
    options: { rateLimit: false },
    seams: lateFor((request) => isList(request) || isChange(request)),
  },
  {
    name: 'retry-after-too-short',
    title: 'a Retry-After of one second although requests are refused for five',
    breaks: ['RATE-04'],
    seams: (base, { clock }) => {
      let until = 0;
      return {
        respond: async (honest, request, ports) => {
          const answer = await base.respond(honest, request, ports);
          if (request.client !== 'primary' || /\/status$|^\/async\//.test(request.path)) return answer;
          if (throttled(answer) && clock.now() > until) until = clock.now() + 5000;
          if (clock.now() > until || request.method !== 'GET') return answer;
          return { ...error(429), headers: { ...error(429).headers, [header.retryAfter]: '1' } };
        },
      };
    },
  },
  {
    name: 'jobs-lost-under-pressure',
    title: 'requests accepted during a burst that are lost',
    breaks: ['RATE-05'],
    // The mock may throttle already before the burst.
    entails: ['LIFE-01'],
    seams: (base, { clock }) => {
      let last = -Infinity;
      return {
        respond: async (honest, request, ports) => {
          const answer = await base.respond(honest, request, ports);
          if (throttled(answer)) last = clock.now();
          return answer;
        },
        isQueued: (head) => base.isQueued(head) && (head.isBulk || clock.now() - last > pressureMs),
      };
    },
  },
  {
    name: 'one-bucket-for-all',
    title: 'one rate limit for all clients together',
    breaks: ['RATE-06'],
    seams: () => ({ bucketOf: () => 'all' }),
  },
  {
    name: 'correct-polls-throttled',
    over: 'request-mode',
    title: 'polls that are throttled although they keep to Retry-After',
    breaks: ['RATE-07'],
    seams: answering(() => {
      let last: { answer: Answer; at: number } | undefined;
      return (answer, { method, path }, { environment: { clock } }) => {
        if (throttled(answer)) last = { answer, at: clock.now() };
        const isPoll = method === 'GET' && path.endsWith('/status');
        return isPoll && last !== undefined && clock.now() - last.at < pressureMs ? last.answer : answer;
      };
    }),
  },
  {
    name: 'rate-limit-not-structured',
    title: 'a RateLimit field that is not a structured field',
    breaks: ['RATE-08'],
    seams: edit((answer) => answer.status === 200, withField(header.rateLimit, 'remaining: many')),
  },
  {
    name: 'rate-limit-contradicts-the-429',
    title: 'a 429 whose RateLimit field says that more remains than before',
    breaks: ['RATE-08'],
    seams: edit(throttled, withField(header.rateLimit, '"default";r=50;t=1')),
  },
  {
    name: 'overload-is-500',
    title: '500 instead of 429 to a list',
    breaks: ['RATE-09'],
    // The mock may throttle already before the burst.
    entails: ['ERR-09'],
    seams: edit(throttledList, () => error(500)),
  },
  {
    name: 'overload-is-503-without-retry-after',
    title: '503 without Retry-After instead of 429 to a list',
    breaks: ['RATE-09'],
    entails: ['ERR-09'],
    seams: edit(throttledList, () => error(503)),
  },
  {
    name: 'lists-dropped-under-load',
    title: 'connections that are dropped in place of a list while many lists are asked for',
    breaks: ['RATE-09'],
    options: { rateLimit: false },
    seams: answering(() => {
      let underWay = 0;
      return async (answer, { method, path }, { environment: { clock } }) => {
        if (method !== 'GET' || path !== '/Users') return answer;
        underWay += 1;
        const isTooMuch = underWay > 4;
        await clock.sleep(20, new AbortController().signal);
        underWay -= 1;
        return isTooMuch ? { ...answer, isDropped: true } : answer;
      };
    }),
  },
];
