import t from 'tap';
import { mediaType, urn } from '../../../schemas/names.js';
import type { Handler } from '../../../suites/index.js';
import { readJson } from '../../../suites/trace/json.js';
import { isObject } from '../../../suites/trace/message.js';
import { legalRun, outcomeOf, redIn } from '../../harness/legal-run.js';

t.setTimeout(600_000);

interface Content {
  readonly type: string;
  readonly body: string;
}

const isJwt = (value: unknown): value is string => typeof value === 'string' && /^[\w-]+\.[\w-]+\.[\w-]*$/.test(value);

const claimsOf = (jwt: string): unknown => JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString());

const json = (type: string, value: unknown): Content => ({ type, body: JSON.stringify(value) });

const unreadable = 'a form that the suite cannot read';

/** Forms of the result of a request, made of the JWTs that the mock sends. */
const forms: Readonly<Record<string, (jwts: readonly string[]) => Content>> = {
  'a JWT a line': (jwts) => ({ type: 'text/plain', body: jwts.join('\n') }),
  'a list of sets': (sets) => json(mediaType.json, { sets }),
  'a ListResponse': (jwts) =>
    json(mediaType.scim, { schemas: [urn.listResponse], totalResults: jwts.length, Resources: jwts.map(claimsOf) }),
  [unreadable]: (jwts) => json(mediaType.json, { done: true, count: jwts.length }),
};

/** The tokens in an answer of the mock to a GET of a result. */
const jwtsIn = (body: string): readonly string[] => {
  if (isJwt(body)) return [body];
  const value = readJson(body);
  return isObject(value) && isObject(value.sets) ? Object.values(value.sets).filter(isJwt) : [];
};

const inForm =
  (form: (jwts: readonly string[]) => Content) =>
  (next: Handler): Handler =>
  async (request) => {
    const reply = await next(request);
    const jwts = request.method === 'GET' && 'status' in reply ? jwtsIn(reply.body) : [];
    if (!('status' in reply) || jwts.length === 0) return reply;
    const { type, body } = form(jwts);
    const others = reply.headers.filter(([name]) => name.toLowerCase() !== 'content-type');
    return { ...reply, headers: [...others, ['Content-Type', type]], body };
  };

for (const [name, form] of Object.entries(forms)) {
  void t.test(`results as ${name} are ambiguous, and no failure`, async (t) => {
    const report = await legalRun({
      around: inForm(form),
      run: { burst: 0, binding: 'respond-async', only: ['PREF', 'EVT', 'LIFE-01'] },
    });
    t.strictSame(redIn(report), []);
    t.equal(outcomeOf(report, 'PREF-05'), 'ambiguous');
    const isReadable = name !== unreadable;
    t.equal(outcomeOf(report, 'LIFE-01'), isReadable ? 'pass' : 'inconclusive');
    t.equal(outcomeOf(report, 'EVT-03'), isReadable ? 'pass' : 'inconclusive');
  });
}
