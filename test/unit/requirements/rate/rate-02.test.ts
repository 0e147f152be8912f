import { rate02 } from '../../../../suites/requirements/rate/rate-02.js';
import { proveRequirement } from '../../prove-requirement.js';
import { BurstTrace } from './burst-trace.js';

const throttled = (headers: Record<string, string>): BurstTrace => {
  const trace = new BurstTrace();
  trace.exchange('burst', 'GET /Users', { status: 429, headers });
  return trace;
};

proveRequirement(rate02, {
  right: {
    seconds: () => throttled({ 'Retry-After': '3' }),
    'an HTTP date': () => throttled({ 'Retry-After': 'Sun, 06 Nov 1994 08:49:37 GMT' }),
  },
  wrong: {
    'retry-after-missing': () => throttled({ 'X-RateLimit-Reset': '3' }),
    'retry-after-in-the-past': () =>
      throttled({ 'Retry-After': 'Sun, 06 Nov 1994 07:49:37 GMT', Date: 'Sun, 06 Nov 1994 08:49:37 GMT' }),
    'retry-after-malformed': () => throttled({ 'Retry-After': '1.5' }),
  },
  legal: {
    'a date that has just been reached, by another clock (RFC 9110 §10.2.3)': () =>
      throttled({ 'Retry-After': 'Sun, 06 Nov 1994 08:49:37 GMT', Date: 'Sun, 06 Nov 1994 08:49:40 GMT' }),
    'no seconds at all (RFC 9110 §10.2.3)': () => throttled({ 'retry-after': '0' }),
  },
  silent: {
    'a 503, which RATE-09 judges': () => {
      const trace = new BurstTrace();
      trace.exchange('burst', 'GET /Users', { status: 503 });
      return trace;
    },
  },
});
