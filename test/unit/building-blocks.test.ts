import fc from 'fast-check';
import t from 'tap';
import { Vault } from '../../suites/redaction/vault.js';
import { retryAfterMs } from '../../suites/client/retry-after.js';

void t.test('Retry-After is whole seconds or an HTTP date, and nothing else', (t) => {
  const now = new Date('2026-01-01T00:00:00Z');
  t.equal(retryAfterMs('0', now), 0);
  t.equal(retryAfterMs(' 12 ', now), 12_000);
  t.equal(retryAfterMs('Thu, 01 Jan 2026 00:00:05 GMT', now), 5000);
  t.equal(retryAfterMs('Thu, 01 Jan 2020 00:00:00 GMT', now), 0);
  for (const wrong of ['', 'soon', '-1', '1.5', '2026-01-01', '1, 2'])
    t.equal(retryAfterMs(wrong, now), undefined, wrong);
  t.end();
});

void t.test('a secret is replaced however it is spelled, and no secret survives in any text', (t) => {
  const vault = new Vault([{ name: 'primary', secret: 'tok/en+1' }]);
  const redact = (text: string): string => vault.redact(text);
  t.equal(redact('Bearer tok/en+1 and tok%2Fen%2B1'), 'Bearer {{primary}} and {{primary}}');
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z0-9._~+/-]{8,30}$/), fc.string(), fc.string(), (secret, before, after) => {
      const text = new Vault([{ name: 'primary', secret }]).redact(`${before}${secret}${after}`);
      return !text.includes(secret) || '{{primary}}'.includes(secret);
    }),
  );
  t.end();
});

void t.test('samples and replays draw the same inputs: a path that is printed finds its input again', async (t) => {
  const arbitrary = fc.record({ a: fc.string(), b: fc.option(fc.uuid(), { nil: undefined }) });
  const samples = fc.sample(arbitrary, { seed: 5, numRuns: 4 });
  const seen: unknown[] = [];
  const details = await fc.check(
    fc.asyncProperty(arbitrary, (input) => {
      seen.push(input);
      return Promise.reject(new Error('wrong'));
    }),
    { seed: 5, path: '2', numRuns: 1 },
  );
  t.strictSame(seen[0], samples[2]);
  const [again] = fc.sample(arbitrary, { seed: 5, path: details.counterexamplePath ?? '', numRuns: 1 });
  t.strictSame(again, details.counterexample?.[0]);
});
