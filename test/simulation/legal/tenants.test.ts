import t from 'tap';
import { mediaType, urn } from '../../../schemas/names.js';
import type { Handler, HandlerReply } from '../../../suites/index.js';
import { readJson } from '../../../suites/trace/json.js';
import { isObject } from '../../../suites/trace/message.js';
import { legalRun, outcomeOf, redIn } from '../../harness/legal-run.js';

t.setTimeout(600_000);

const notFound: HandlerReply = {
  status: 404,
  headers: [['Content-Type', mediaType.scim]],
  body: JSON.stringify({ schemas: [urn.error], status: '404' }),
};

/** Shows each client only the users that it has created (RFC 7644 §6). */
const separate = (next: Handler): Handler => {
  const creators = new Map<string, string>();
  return async (request) => {
    const client = request.headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1] ?? '';
    const [own] = /scimc-[\w-]+@example\.com/.exec(request.body ?? '') ?? [];
    if (request.method === 'POST' && own !== undefined && !creators.has(own)) creators.set(own, client);
    const isOfAnother = (user: unknown): boolean =>
      isObject(user) && typeof user.userName === 'string' && (creators.get(user.userName) ?? client) !== client;
    const isResource = /\/Users\/[^/?]+$/.test(request.url);
    if (isResource && request.method !== 'GET') {
      const headers = request.headers.filter(([name]) => ['authorization', 'host'].includes(name.toLowerCase()));
      const shown = await next({ method: 'GET', url: request.url, headers, signal: request.signal });
      if ('status' in shown && isOfAnother(readJson(shown.body))) return notFound;
    }
    const reply = await next(request);
    const body = request.method === 'GET' && 'status' in reply ? readJson(reply.body) : undefined;
    if (isResource && isOfAnother(body)) return notFound;
    if (!('status' in reply) || !isObject(body) || !Array.isArray(body.Resources)) return reply;
    const Resources = body.Resources.filter((user) => !isOfAnother(user));
    if (Resources.length === body.Resources.length) return reply;
    return { ...reply, body: JSON.stringify({ ...body, Resources, totalResults: Resources.length }) };
  };
};

void t.test('a client that does not see what another one created is no failure', async (t) => {
  const report = await legalRun({
    around: separate,
    inspect: async (mock) => {
      t.equal((await mock.snapshot()).users, 0, 'each client deletes what it has created');
    },
    run: { burst: 0, binding: 'request-mode', only: ['LIFE-06', 'IDEM', 'SEC'] },
  });
  t.strictSame(redIn(report), []);
  t.equal(outcomeOf(report, 'LIFE-06'), 'pass');
  t.equal(outcomeOf(report, 'IDEM-03'), 'pass');
  t.strictSame(report.leftovers, []);
});
