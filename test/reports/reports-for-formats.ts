/** Reports that try the formats: one with nothing to say, one with everything, and one of a target that means harm. */
import type { Exchange, Outcome, Report, RequirementResult } from '../../schemas/types.js';

export const exchange = (more: Partial<Exchange> = {}): Exchange => ({
  type: 'exchange',
  n: 3,
  purpose: 'poll',
  credential: 'primary',
  at: 1500,
  took: 12.5,
  request: {
    method: 'GET',
    url: 'https://provider.example/scim/v2/provision/1/status?full=true',
    headers: [
      ['Accept', 'application/scim+json'],
      ['Authorization', 'Bearer {{primary}}'],
    ],
  },
  response: {
    status: 200,
    headers: [['content-type', 'application/scim+json']],
    body: '{"status":{"completed":true}}',
    truncated: false,
  },
  ...more,
});

export const result = (id: string, outcome: Outcome, more: Partial<RequirementResult> = {}): RequirementResult => ({
  id,
  level: 'MUST',
  title: `what ${id} asks for`,
  source: [{ label: 'RFC 9967 §3', href: 'https://www.rfc-editor.org/rfc/rfc9967#section-3' }],
  outcome,
  exercised: outcome === 'pass' || outcome === 'fail' ? 7 : 0,
  ...more,
});

/** A result that has evidence, by default with nothing unusual in it. */
export const found = (id: string, outcome: Outcome, more: Partial<RequirementResult> = {}): RequirementResult =>
  result(id, outcome, {
    evidence: {
      code: 'counts-do-not-add-up',
      level: 'MUST',
      expected: 'counts that add up',
      actual: 'total is 4, and the others are 3',
      scenario: 'bulk-creates',
      input: { operations: 4 },
      seed: 42,
      path: 'bulk-creates/1:0',
      shrinks: 2,
      occurrences: 5,
      story: ['#1 POST /Bulk → 202', '#3 GET /provision/1/status → 200'],
      exchanges: [exchange({ n: 1, at: 1200 }), exchange()],
    },
    guide: { why: 'A client that waits for the counts waits for ever.', fix: 'Count each operation once.' },
    ...more,
  });

export const reportOf = (requirements: RequirementResult[], more: Partial<Report> = {}): Report => {
  const counts: Report['counts'] = {
    pass: 0,
    fail: 0,
    warning: 0,
    skip: 0,
    inconclusive: 0,
    ambiguous: 0,
    'not-implemented': 0,
    'harness-error': 0,
  };
  for (const { outcome } of requirements) counts[outcome] += 1;
  const failed = counts.fail > 0;
  return {
    format: 2,
    tool: '0.1.0',
    profile: '1.0',
    run: '55ddb159',
    startedAt: '2026-11-25T04:42:22.498Z',
    finishedAt: '2026-11-25T04:42:37.608Z',
    verdict: failed ? 'non-conformant' : 'conformant',
    reason: failed ? `${counts.fail} MUST requirements failed.` : 'No MUST failed.',
    exitCode: failed ? 1 : 0,
    settings: {
      target: 'https://provider.example/scim/v2',
      suites: [],
      only: [],
      seed: 42,
      runs: 5,
      timeoutMs: 10_000,
      deadlineMs: 60_000,
      concurrency: 8,
      binding: 'auto',
      observe: 'auto',
      burst: 1500,
      readOnly: false,
    },
    counts,
    traffic: { exchanges: 100, submissions: 20, accepted: 19, exercises: 30 },
    time: { total: 15_110, waiting: 10_000, work: 5110 },
    requirements,
    leftovers: [],
    ...more,
  };
};

export const conformant = (): Report => reportOf([result('CORE-01', 'pass'), result('STAT-03', 'pass')]);

/** Every outcome, and a gate with one of each kind. */
export const failing = (): Report =>
  reportOf(
    [
      result('CORE-01', 'pass'),
      found('STAT-01', 'fail'),
      found('STAT-02', 'fail'),
      found('STAT-03', 'warning', { level: 'SHOULD' }),
      result('STAT-04', 'skip', { reason: 'The target does not advertise it.' }),
      result('STAT-05', 'inconclusive', { reason: 'It was seen once and did not come again.' }),
      result('EVT-01', 'ambiguous', { reason: 'RFC 9967 says both; the target does the first.' }),
      result('EVT-02', 'not-implemented', { reason: 'There is no judge yet.' }),
      result('EVT-03', 'harness-error', { reason: 'TypeError: a mistake of ours' }),
      result('LIFE-01', 'pass'),
    ],
    {
      leftovers: ['scimc-55ddb159-1@example.com'],
      gate: {
        passed: false,
        reason: '1 requirement fails that the baseline does not know.',
        failOn: 'must',
        baseline: 'baseline.json',
        known: ['STAT-02'],
        reasons: { 'STAT-02': 'ticket #7 \\ not before spring' },
        fresh: ['STAT-01'],
        stale: ['LIFE-01'],
        unchecked: ['STAT-04'],
      },
    },
  );

export const megabyte = 'x'.repeat(1_000_000);

/** What a target may send to break out of a format; each is one of its lines at the same time. */
export const hostileTexts = [
  '<script>alert(1)</script>',
  ']]></failure><testcase name="forged"/>',
  '\u001b[31mred\u001b[0m',
  'nul \u0000 and bell \u0007',
  'lone \ud800 and \udfff',
  'non-characters \ufffe \uffff, turned \u202e text',
  '``` and ```````` and `',
  '::error title=forged::forged',
  'first\n::error::second\r\n\r\n::stop-commands::third',
  '| a | cell |',
  '</summary></details><h1>forged</h1>',
  '\n\n# forged heading\n\n- [x] ![image](https://evil.example/p.png) @everyone www.evil.example',
  '&lt;already&gt; &amp; "quoted" \'single\' %0A %',
  '$(touch forged) `touch forged` ${forged}',
];

/** Each hostile text wherever a target's text may be, and a megabyte in one of them. */
export const hostile = (): Report => {
  const results = [...hostileTexts, megabyte, '`'.repeat(1_000_000), '\u0000'.repeat(100_000)].map((text, index) => {
    const one = exchange({
      request: {
        method: 'POST',
        url: `https://provider.example/${text}`,
        headers: [['X-Test', text]],
        body: text,
      },
      response: { status: 200, headers: [['X-Test', text]], body: text, truncated: false },
    });
    const { evidence } = found('STAT-01', 'fail');
    return found(`STAT-${String(index + 1).padStart(2, '0')}`, index % 3 === 0 ? 'warning' : 'fail', {
      title: text,
      reason: text,
      source: [{ label: text, href: text }],
      ...(evidence === undefined
        ? {}
        : {
            evidence: {
              ...evidence,
              expected: text,
              actual: text,
              scenario: text,
              path: text,
              story: [text, text],
              exchanges: [one, exchange({ failure: { code: 'connection', message: text } })],
            },
          }),
      guide: { why: text, fix: text },
    });
  });
  const skipped = hostileTexts.map((text, index) => result(`EVT-${20 + index}`, 'skip', { reason: text }));
  const base = reportOf([...results, ...skipped]);
  const everything = hostileTexts.join('\n');
  return {
    ...base,
    reason: everything,
    leftovers: [...hostileTexts, megabyte],
    settings: { ...base.settings, target: everything },
  };
};

/** More failures than a job summary has room for. */
export const enormous = (): Report =>
  reportOf(
    Array.from({ length: 99 }, (_, index) => {
      const one = found(`STAT-${String(index + 1).padStart(2, '0')}`, 'fail');
      const long = '\u0001'.repeat(1400);
      const body = { status: 200, headers: [], body: long, truncated: false };
      return {
        ...one,
        ...(one.evidence === undefined
          ? {}
          : {
              evidence: { ...one.evidence, exchanges: Array.from({ length: 9 }, () => exchange({ response: body })) },
            }),
      };
    }),
  );
