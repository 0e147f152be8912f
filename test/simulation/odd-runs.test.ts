import t from 'tap';
import { mockProvider } from '../../simulation/index.js';
import { defaultProfile } from '../../suites/index.js';
import { simulate } from '../harness/simulate.js';

t.setTimeout(1_800_000);

void t.test('a defect that is seen only once is flaky evidence and not a failure', async (t) => {
  let creates = 0;
  const provider = mockProvider({
    retryAfterSeconds: 0,
    seams: {
      respond: (answer, { path }) => {
        if (answer.status !== 201 || path !== '/Users') return answer;
        creates += 1;
        // The first one is made before the work begins, to learn whether writes need If-Match.
        return creates === 2 ? { ...answer, headers: { 'Content-Type': 'application/scim+json' } } : answer;
      },
    },
  });
  const { report } = await simulate({ seed: 1, provider, run: { only: ['CORE-02'] } });
  const { requirements, verdict } = report;
  t.match(requirements, [{ id: 'CORE-02', outcome: 'inconclusive', reason: /flaky evidence/ }]);
  t.ok((requirements[0]?.evidence?.again ?? []).length > 0, 'the second story is told');
  t.not(verdict, 'non-conformant');
});

void t.test('a judge that crashes is our bug: harness-error, exit code 2, and no failure of the target', async (t) => {
  const crash = (): never => {
    throw new Error('a mistake of ours');
  };
  const requirements = defaultProfile.requirements.map((requirement) =>
    requirement.id === 'CORE-01' && requirement.judging !== undefined
      ? { ...requirement, judging: { ...requirement.judging, judge: crash } }
      : requirement,
  );
  const { report } = await simulate({
    seed: 1,
    provider: mockProvider({ retryAfterSeconds: 0 }),
    run: { profile: { ...defaultProfile, requirements }, only: ['CORE-01', 'CORE-02'] },
  });
  t.match(report.requirements, [
    {
      id: 'CORE-01',
      outcome: 'harness-error',
      reason: /^judge CORE-01 on scenario discovery: Error: a mistake of ours/,
    },
    { id: 'CORE-02', outcome: 'pass' },
  ]);
  t.match(report, { verdict: 'error', exitCode: 2 });
});

void t.test(
  'what is redirected is not judged, and the reason says where the target points (RFC 7644 §3.12)',
  async (t) => {
    const provider = mockProvider({
      retryAfterSeconds: 0,
      rateLimit: false,
      seams: {
        respond: (answer, { path, method }) =>
          method === 'POST' && path === '/Users'
            ? { status: 308, headers: { Location: 'http://127.0.0.1/scim/v2/Users/' } }
            : answer,
      },
    });
    const { report } = await simulate({ seed: 1, provider, run: { burst: 0, runs: 1, binding: 'request-mode' } });
    const red = report.requirements.filter(({ outcome }) => ['fail', 'warning', 'harness-error'].includes(outcome));
    t.strictSame(
      red.map(({ id }) => id),
      [],
    );
    t.match(
      report.requirements.find(({ id }) => id === 'ERR-03'),
      { outcome: 'inconclusive', blockedBy: 'redirects', reason: /308.*http:\/\/127\.0\.0\.1\/scim\/v2\/Users\// },
    );
  },
);
