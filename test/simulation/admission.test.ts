import t from 'tap';
import { header, mediaType, urn } from '../../schemas/names.js';
import { mockProvider, type MockProviderOptions } from '../../simulation/index.js';
import type { HandlerReply } from '../../suites/index.js';
import { simulate } from '../harness/simulate.js';
import { tokenAnswer } from '../providers/token-endpoint.js';

t.setTimeout(120_000);

const against = (seams: NonNullable<MockProviderOptions['seams']>) => mockProvider({ retryAfterSeconds: 0, seams });

const refused = {
  status: 401,
  headers: { [header.contentType]: mediaType.scim, [header.wwwAuthenticate]: 'Bearer error="invalid_token"' },
  body: { schemas: [urn.error], status: '401' },
};

const run = { only: ['CORE', 'MODE', 'ERR-02'], runs: 2, burst: 100 };
const wrong = ['fail', 'warning', 'harness-error'];

void t.test('a credential that expires during a run is not a failure of the target', async (t) => {
  let requests = 0;
  const provider = against({
    respond: (answer) => {
      requests += 1;
      return requests > 60 ? refused : answer;
    },
  });
  const { report } = await simulate({ seed: 1, provider, run });
  t.match(report, { verdict: 'unreachable', exitCode: 3, reason: /accepted the credential at first, and answers 401/ });
  t.strictSame(
    report.requirements.filter(({ outcome }) => wrong.includes(outcome)),
    [],
  );
});

void t.test('one path that answers 401 to a good credential is', async (t) => {
  const provider = against({ respond: (answer, { method }) => (method === 'DELETE' ? refused : answer) });
  const { report } = await simulate({ seed: 1, provider, run: { only: ['CORE-03'] } });
  t.match(report.requirements, [{ id: 'CORE-03', outcome: 'fail' }]);
});

void t.test('a token that ends without having said so is fetched anew', async (t) => {
  let requests = 0;
  let hasEnded = false;
  const make = against({
    // Only to what has no effect: the seam sees an answer when its work is done.
    respond: (answer, { method }) => {
      requests += 1;
      if (requests === 60) hasEnded = true;
      return hasEnded && method === 'GET' ? refused : answer;
    },
  });
  let given = 0;
  const tokenUrl = 'http://127.0.0.1/token';
  const { report } = await simulate({
    seed: 1,
    provider: async (world) => {
      const mock = await make(world);
      const { baseUrl, token = '' } = mock.target;
      const giveToken = () => {
        given += 1;
        hasEnded = false;
        return {
          status: 200,
          headers: [[header.contentType, 'application/json']],
          body: JSON.stringify(tokenAnswer(token).body),
        } satisfies HandlerReply;
      };
      return {
        ...mock,
        target: { baseUrl, oauth: { primary: { tokenUrl, clientId: 'suite', clientSecret: 'a-secret' } } },
        handle: (request) => (request.url === tokenUrl ? Promise.resolve(giveToken()) : mock.handle(request)),
      };
    },
    run,
  });
  t.equal(given, 2);
  t.equal(report.verdict, 'conformant', report.reason);
  t.strictSame(report.leftovers, []);
});
