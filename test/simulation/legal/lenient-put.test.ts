import t from 'tap';
import type { Handler, HandlerRequest } from '../../../suites/index.js';
import { readJson } from '../../../suites/trace/json.js';
import { isObject } from '../../../suites/trace/message.js';
import { legalRun, outcomeOf, redIn } from '../../harness/legal-run.js';

t.setTimeout(600_000);

/** The same request without a body and without its preferences. */
const readOf = ({ url, headers, signal }: HandlerRequest): HandlerRequest => ({
  method: 'GET',
  url,
  headers: headers.filter(([name]) => ['authorization', 'host'].includes(name.toLowerCase())),
  signal,
});

/** Keeps the userName of a user that is replaced without one (RFC 7644 §3.5.1). */
const keepsUserName =
  (next: Handler): Handler =>
  async (request) => {
    const user = readJson(request.body ?? '');
    const isReplace = request.method === 'PUT' && /\/Users\/[^/]+$/.test(request.url);
    if (!isReplace || !isObject(user) || !Array.isArray(user.schemas) || typeof user.userName === 'string')
      return next(request);
    const shown = await next(readOf(request));
    const before = 'status' in shown && shown.status === 200 ? readJson(shown.body) : undefined;
    return isObject(before)
      ? next({ ...request, body: JSON.stringify({ ...user, userName: before.userName }) })
      : next(request);
  };

for (const binding of ['request-mode', 'respond-async'] as const) {
  void t.test(`a PUT that keeps the userName that it leaves out is no failure, over ${binding}`, async (t) => {
    const report = await legalRun({ around: keepsUserName, run: { burst: 0, binding, only: ['CORE', 'ERR', 'LIFE'] } });
    t.strictSame(redIn(report), []);
    t.equal(outcomeOf(report, 'ERR-03'), 'pass');
  });
}
