import t from 'tap';
import { header, mediaType, urn } from '../../../schemas/names.js';
import type { World } from '../../../simulation/index.js';
import type { Handler } from '../../../suites/index.js';
import { legalRun, outcomeOf, redIn } from '../../harness/legal-run.js';

t.setTimeout(600_000);

const most = 4;

/** Admits a few requests at a time, and advertises only the bucket of the mock (RateLimit draft: a quota is no guarantee). */
const fewAtATime = (next: Handler, { clock }: World): Handler => {
  let open = 0;
  return async (request) => {
    if (open >= most) {
      const own = request.headers.filter(([name]) => ['host', 'authorization'].includes(name.toLowerCase()));
      const url = request.url.replace(/\/scim\/v2\/.*$/, '/scim/v2/ServiceProviderConfig');
      const usual = await next({ method: 'GET', url, headers: own, signal: request.signal });
      const fields = 'status' in usual ? usual.headers.filter(([name]) => /^ratelimit/i.test(name)) : [];
      const body = JSON.stringify({ schemas: [urn.error], status: '429' });
      const headers = [...fields, ['Content-Type', mediaType.scim], [header.retryAfter, '1']] as const;
      return { status: 429, headers, body };
    }
    open += 1;
    try {
      await clock.sleep(5);
      return await next(request);
    } finally {
      open -= 1;
    }
  };
};

void t.test('a 429 of another limit than the advertised one is no failure, and the report names both', async (t) => {
  const report = await legalRun({
    options: () => ({ rateLimit: { capacity: 5000, refillPerSecond: 100 } }),
    around: fewAtATime,
    run: { burst: 400, binding: 'request-mode', only: ['RATE'] },
  });
  t.strictSame(redIn(report), []);
  t.equal(outcomeOf(report, 'RATE-08'), 'pass');
  t.match(report.rateLimit, { advertised: [{ limit: 5000, seconds: 50 }], otherLimit: { remaining: Number } });
});
