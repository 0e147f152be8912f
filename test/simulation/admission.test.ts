import t from 'tap';
import { header, mediaType, urn } from '../../schemas/names.js';
import { startMock } from '../../mock/index.js';
import { runSuite } from '../harness/run-suite.js';
import { startTokenEndpoint, tokenAnswer } from '../providers/token-endpoint.js';

t.setTimeout(120_000);

const refused = {
  status: 401,
  headers: { [header.contentType]: mediaType.scim, [header.wwwAuthenticate]: 'Bearer error="invalid_token"' },
  body: { schemas: [urn.error], status: '401' },
};

const only = ['CORE', 'MODE', 'ERR-02'];
const wrong = ['fail', 'warning', 'harness-error'];

void t.test('a credential that expires during a run is not a failure of the target', async (t) => {
  let requests = 0;
  const mock = await startMock({
    retryAfterSeconds: 0,
    seams: {
      respond: (answer) => {
        requests += 1;
        return requests > 60 ? refused : answer;
      },
    },
  });
  t.teardown(() => mock.stop());
  const report = await runSuite({ target: { baseUrl: mock.url, token: mock.tokens.primary }, seed: 1, only });
  t.match(report, { verdict: 'unreachable', exitCode: 3, reason: /accepted the credential at first, and answers 401/ });
  t.strictSame(
    report.requirements.filter(({ outcome }) => wrong.includes(outcome)),
    [],
  );
});

void t.test('one path that answers 401 to a good credential is', async (t) => {
  const mock = await startMock({
    retryAfterSeconds: 0,
    seams: { respond: (answer, { method }) => (method === 'DELETE' ? refused : answer) },
  });
  t.teardown(() => mock.stop());
  const report = await runSuite({
    target: { baseUrl: mock.url, token: mock.tokens.primary },
    seed: 1,
    only: ['CORE-03'],
  });
  t.match(report.requirements, [{ id: 'CORE-03', outcome: 'fail' }]);
});

void t.test('a token that ends without having said so is fetched anew', async (t) => {
  let requests = 0;
  let hasEnded = false;
  const mock = await startMock({
    retryAfterSeconds: 0,
    seams: {
      // Only to what has no effect: the seam sees an answer when its work is done.
      respond: (answer, { method }) => {
        requests += 1;
        if (requests === 60) hasEnded = true;
        return hasEnded && method === 'GET' ? refused : answer;
      },
    },
  });
  t.teardown(() => mock.stop());
  let given = 0;
  const endpoint = await startTokenEndpoint(() => {
    given += 1;
    hasEnded = false;
    return tokenAnswer(mock.tokens.primary);
  });
  t.teardown(() => endpoint.stop());
  const oauth = { primary: { tokenUrl: endpoint.url, clientId: 'suite', clientSecret: 'a-secret' } };
  const report = await runSuite({ target: { baseUrl: mock.url, oauth }, seed: 1, only });
  t.equal(given, 2);
  t.equal(report.verdict, 'conformant', report.reason);
  t.strictSame(report.leftovers, []);
});
