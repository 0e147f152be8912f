import { rate08 } from '../../../../suites/requirements/rate/rate-08.js';
import { proveRequirement } from '../../prove-requirement.js';
import { BurstTrace } from './burst-trace.js';

const answered = (
  status: number,
  headers: Record<string, string>,
  request: `${string} ${string}` = 'GET /Users',
): BurstTrace => {
  const trace = new BurstTrace();
  trace.exchange('burst', request, { status, headers });
  return trace;
};

const policy = { 'RateLimit-Policy': '"default";q=1000;w=60' };
const muchLeft = { ...policy, RateLimit: '"default";r=900;t=30' };

/** So many 429s, each after an answer that was admitted; the numbers are what remains by their fields. */
const refusing = (before: number, at429: number, times: number): BurstTrace => {
  const trace = new BurstTrace();
  const remaining = (count: number) => ({ ...policy, RateLimit: `"default";r=${count};t=30` });
  for (let time = 0; time < times; time += 1) {
    trace.exchange('burst', 'GET /Users', { status: 200, headers: remaining(before) });
    trace.exchange('burst', 'GET /Users', { status: 429, headers: remaining(at429) });
  }
  return trace;
};

/**
 * A bucket into which so many come each second, and slow requests that use up a limit of requests at a time, which no field
 * names: each 429 comes 400 ms after the last answer that was admitted.
 */
const refilled = (perSecond: number, fields: (remaining: number) => Record<string, string>): BurstTrace => {
  const trace = new BurstTrace();
  for (let time = 0; time < 10; time += 1) {
    trace.exchange('burst', 'GET /Users', { status: 200, headers: fields(100), at: time * 10_000 });
    const headers = fields(100 + 0.4 * perSecond);
    trace.exchange('burst', 'GET /Users', { status: 429, headers, at: time * 10_000 + 395 });
  }
  return trace;
};

proveRequirement(rate08, {
  right: {
    'some remain': () => answered(200, muchLeft),
    'a 429 that says that nothing remains': () => answered(429, { ...policy, RateLimit: '"default";r=0;t=30' }),
  },
  wrong: {
    'field-not-parsable': () => answered(200, { RateLimit: 'remaining: many' }),
    'remaining-over-limit': () => answered(200, { ...policy, RateLimit: '"default";r=1001' }),
    'remaining-at-429': () => refusing(5, 900, 3),
  },
  legal: {
    'names without quotes (draft -08 §3.1)': () =>
      answered(200, { 'RateLimit-Policy': 'default;q=400;w=60', RateLimit: 'default;r=398;t=55' }),
    'the form of version -07': () => answered(200, { RateLimit: 'limit=10, remaining=5, reset=3' }),
    'the policies of version -07 alone': () => answered(200, { 'RateLimit-Policy': '10;w=1, 50;w=60' }),
    'the fields of version -06': () =>
      answered(429, { 'RateLimit-Limit': '10, 10;w=1', 'RateLimit-Remaining': '0', 'RateLimit-Reset': '1' }),
    'a write that is refused because of a limit that no field names, such as a full queue (RFC 6585 §4)': () =>
      answered(429, muchLeft, 'POST /Bulk'),
    'one of several quotas that is used up': () =>
      answered(429, { RateLimit: '"burst";r=0;t=1, "daily";r=5000;t=80000' }),
    'a rest that is too little for what the request costs': () => answered(429, { RateLimit: '"default";r=7;t=1' }),
    'requests that cost more than what remains (draft -10 §4.2: no guarantee)': () => refusing(34, 34, 40),
    'a limit of requests at a time, which no field names': () => refusing(900, 899, 40),
    'a bucket that is filled again between two answers': () =>
      refilled(200, (r) => ({ 'RateLimit-Policy': '"default";q=2000;w=10', RateLimit: `"default";r=${r};t=5` })),
    'such a bucket in the form of version -07': () =>
      refilled(200, (r) => ({ RateLimit: `limit=2000, remaining=${r}, reset=10` })),
    'a new window that begins between two answers': () => refusing(5, 900, 2),
    'a quota of another unit than requests': () =>
      answered(429, {
        'RateLimit-Policy': '"bytes";q=100000;qu="content-bytes"',
        RateLimit: '"bytes";r=5000;t=1',
      }),
  },
  silent: { 'a target that sends none of these fields': () => answered(429, { 'X-RateLimit-Remaining': '5' }) },
});
