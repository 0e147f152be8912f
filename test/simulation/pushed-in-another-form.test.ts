/** A provider that pushes all its events as unsigned JSON, and to nobody in particular (EVT-08, RFC 8935 §2.1). */
import t from 'tap';
import { header, mediaType } from '../../schemas/names.js';
import { mockProvider } from '../../simulation/index.js';
import { simulate } from '../harness/simulate.js';

t.setTimeout(600_000);

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

void t.test('its pushes are refused and found, although no token tells which request it is about', async (t) => {
  const answers = new Set<string>();
  const { report } = await simulate({
    seed: 1,
    provider: mockProvider({
      retryAfterSeconds: 0,
      seams: {
        pushRequest: ({ headers, body }) => {
          const claims = JSON.parse(Buffer.from(body.split('.')[1] ?? '', 'base64url').toString()) as object;
          const { iss, iat, jti } = { iss: undefined, iat: undefined, jti: undefined, ...claims };
          return {
            headers: { ...headers, [header.contentType]: mediaType.json },
            body: `${part({ alg: 'none' })}.${part({ iss, iat, jti, events: { 'urn:example:event': {} } })}.`,
          };
        },
        pushAnswer: ({ status, err }) => {
          answers.add(`${status ?? 'none'} ${err ?? ''}`);
          return 'refused';
        },
      },
    }),
    deliveries: ['push'],
    run: { only: ['EVT-01', 'EVT-08'], runs: 1, burst: 0, deadlineMs: 2000 },
  });
  t.strictSame([...answers], ['400 invalid_request']);
  t.match(
    report.requirements.find(({ id }) => id === 'EVT-08'),
    { outcome: 'fail', evidence: { code: 'other-content-type' } },
  );
  t.match(
    report.requirements.find(({ id }) => id === 'EVT-01'),
    { outcome: 'pass' },
    'its claims are read, too',
  );
});
