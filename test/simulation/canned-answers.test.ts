import t from 'tap';
import { urn } from '../../schemas/names.js';
import type { RequirementResult } from '../../schemas/types.js';
import { runSuite } from '../harness/run-suite.js';
import { startCannedProvider, type Canned, type CannedAnswer } from '../providers/canned-provider.js';

t.jobs = 4;
t.setTimeout(400_000);

/** mock-http-server itself answers a charset that it does not know, with a page and a stack trace of its own. */
const isOfServer = ({ evidence, alsoFound = [] }: RequirementResult): boolean =>
  [evidence, ...alsoFound].every((each) =>
    each?.exchanges.at(-1)?.response?.body.includes('UnsupportedMediaTypeError: unsupported charset'),
  );

const redOf = async (canned?: Canned): Promise<{ red: string[]; verdict: string; said: string }> => {
  const provider = await startCannedProvider(canned);
  try {
    const target = { baseUrl: provider.url, token: provider.token };
    // It never throttles: a long burst would only take long.
    const report = await runSuite({ target, seed: 1, runs: 2, burst: 100, scope: 'async' });
    const red = report.requirements
      .filter(({ outcome }) => ['fail', 'warning', 'harness-error'].includes(outcome))
      .filter((result) => !isOfServer(result));
    return {
      red: red.map(({ id }) => id),
      verdict: report.verdict,
      said: JSON.stringify(red.map(({ id, reason, evidence }) => [id, reason ?? evidence?.expected, evidence?.actual])),
    };
  } finally {
    await provider.stop();
  }
};

void t.test('right answers: nothing is found, and nothing asynchronous could be tested', async (t) => {
  const { red, verdict, said } = await redOf();
  t.strictSame(red, [], said);
  t.equal(verdict, 'not-testable');
});

const bodyOf = ({ body }: CannedAnswer): Record<string, unknown> => ({ ...(body as Record<string, unknown>) });

const wrong: { name: string; breaks: string; canned: Canned }[] = [
  {
    name: 'ServiceProviderConfig without authenticationSchemes',
    breaks: 'CORE-01',
    canned: (answer, { path }) =>
      path === '/ServiceProviderConfig' && answer.status === 200
        ? { ...answer, body: { ...bodyOf(answer), authenticationSchemes: undefined } }
        : answer,
  },
  {
    name: '201 without meta',
    breaks: 'CORE-02',
    canned: (answer) => (answer.status === 201 ? { ...answer, body: { ...bodyOf(answer), meta: undefined } } : answer),
  },
  {
    name: '200 to a create',
    breaks: 'CORE-02',
    canned: (answer) => (answer.status === 201 ? { ...answer, status: 200 } : answer),
  },
  {
    name: 'a displayName that is never kept as written',
    breaks: 'CORE-03',
    canned: (answer, { method, path }) =>
      method === 'GET' && answer.status === 200 && /^\/Users\/./.test(path)
        ? { ...answer, body: { ...bodyOf(answer), displayName: 'Somebody' } }
        : answer,
  },
  {
    name: 'errors as text/html',
    breaks: 'CORE-04',
    canned: (answer) => (answer.status === 404 ? { ...answer, headers: { 'Content-Type': 'text/html' } } : answer),
  },
  {
    name: 'a list that is always empty',
    breaks: 'CORE-06',
    canned: (answer, { method, path }) =>
      method === 'GET' && path === '/Users' && answer.status === 200
        ? { ...answer, body: { ...bodyOf(answer), totalResults: 0, itemsPerPage: 0, Resources: [] } }
        : answer,
  },
  {
    name: 'asyncRequest of an unknown value',
    breaks: 'DISC-03',
    canned: (answer, { path }) =>
      path === '/ServiceProviderConfig' && answer.status === 200
        ? { ...answer, body: { ...bodyOf(answer), securityEvents: { asyncRequest: 'always', eventUris: [] } } }
        : answer,
  },
  {
    name: 'errors without schemas',
    breaks: 'ERR-01',
    canned: (answer) => (answer.status === 404 ? { ...answer, body: { status: '404' } } : answer),
  },
  {
    name: 'the status of another error in the body',
    breaks: 'ERR-01',
    canned: (answer) => (answer.status === 404 ? { ...answer, body: { schemas: [urn.error], status: '400' } } : answer),
  },
  {
    name: '201 to malformed JSON',
    breaks: 'ERR-02',
    canned: (answer) =>
      answer.status === 400 && bodyOf(answer).scimType === 'invalidSyntax'
        ? {
            status: 201,
            headers: { Location: '/scim/Users/none' },
            body: { schemas: [urn.user], id: 'none', meta: {} },
          }
        : answer,
  },
  {
    name: '200 to a duplicate',
    breaks: 'ERR-06',
    canned: (answer) => (answer.status === 409 ? { status: 200, body: { schemas: [urn.user] } } : answer),
  },
  {
    name: '410 to an unknown user',
    breaks: 'ERR-07',
    canned: (answer, { method }) =>
      answer.status === 404 && method === 'PUT'
        ? { status: 410, body: { schemas: [urn.error], status: '410' } }
        : answer,
  },
  {
    name: 'an error with a path of the server',
    breaks: 'ERR-08',
    canned: (answer) =>
      answer.status === 409 ? { ...answer, body: { ...bodyOf(answer), detail: 'in /srv/app/users.js' } } : answer,
  },
  {
    name: '401 without WWW-Authenticate to no credential',
    breaks: 'SEC-01',
    canned: (answer, { authorization }) =>
      answer.status === 401 && authorization === undefined ? { ...answer, headers: {} } : answer,
  },
  {
    name: '401 without WWW-Authenticate to a bad credential',
    breaks: 'SEC-02',
    canned: (answer, { authorization }) =>
      answer.status === 401 && authorization !== undefined ? { ...answer, headers: {} } : answer,
  },
  {
    name: '400 to a bad credential',
    breaks: 'SEC-02',
    canned: (answer, { authorization }) =>
      answer.status === 401 && authorization !== undefined
        ? { status: 400, body: { schemas: [urn.error], status: '400' } }
        : answer,
  },
  {
    name: 'the credential in an error',
    breaks: 'SEC-08',
    canned: (answer, { authorization }) =>
      answer.status === 409 ? { ...answer, body: { ...bodyOf(answer), detail: `for ${authorization ?? ''}` } } : answer,
  },
];

for (const { name, breaks, canned } of wrong) {
  void t.test(`${name}: exactly ${breaks} is found`, async (t) => {
    const { red, said } = await redOf(canned);
    t.strictSame(red, [breaks], said);
  });
}
