/** Invented reports, and the parts that they consist of. Each matches the schema. */
import type { ClientShape, Evidence, Exchange, Outcome, Report, RequirementResult } from '../../../schemas/types.js';
import { countOutcomes } from '../../../suites/engine/verdict/run-state.js';
import { demandReport } from '../../harness/valid.js';

export const baseUrl = 'https://provider.example/scim/v2';

/** A look at a status, unless said otherwise. */
export const exchange = (part: Partial<Exchange> = {}): Exchange => ({
  type: 'exchange',
  n: 3,
  purpose: 'poll',
  credential: 'primary',
  at: 1500,
  took: 12.5,
  request: {
    method: 'GET',
    url: `${baseUrl}/provision/1/status?full=true`,
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
  ...part,
});

export const evidenceOf = (part: Partial<Evidence> = {}): Evidence => ({
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
  ...part,
});

export const result = (id: string, outcome: Outcome, part: Partial<RequirementResult> = {}): RequirementResult => ({
  id,
  level: 'MUST',
  title: `what ${id} asks for`,
  source: [{ label: 'RFC 9967 §3', href: 'https://www.rfc-editor.org/rfc/rfc9967#section-3' }],
  outcome,
  exercised: outcome === 'pass' || outcome === 'fail' ? 7 : 0,
  ...part,
});

/** A result with evidence. */
export const found = (id: string, outcome: Outcome, part: Partial<RequirementResult> = {}): RequirementResult =>
  result(id, outcome, {
    evidence: evidenceOf(),
    guide: { why: 'A client that waits for the counts waits for ever.', fix: 'Count each operation once.' },
    ...part,
  });

/** The report that a run with these results writes, as far as `part` says nothing else. */
export const reportOf = (requirements: RequirementResult[], part: Partial<Report> = {}): Report => {
  const counts = countOutcomes(requirements);
  const failed = counts.fail > 0;
  return demandReport({
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
      target: baseUrl,
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
    ...part,
  });
};

/** A row of the table of clients. */
export const clientShape = (outcome: ClientShape['outcome'], part: Partial<ClientShape> = {}): ClientShape => ({
  client: 'entra',
  clientTitle: 'Microsoft Entra ID',
  shape: 'create-user',
  title: 'creates a user',
  request: 'POST /Users',
  source: 'https://learn.microsoft.com/entra',
  outcome,
  ...part,
});

export const conformant = (): Report => reportOf([result('CORE-01', 'pass'), result('STAT-03', 'pass')]);

/** Every outcome, and a gate with one of each kind. */
export const failing = (part: Partial<Report> = {}): Report =>
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
      ...part,
    },
  );

/** More failures than a reader can read. */
export const manyFailures = (count: number, part: Partial<Evidence> = {}): RequirementResult[] =>
  Array.from({ length: count }, (_, index) =>
    found(
      `${['ACC', 'STAT', 'LIFE', 'BULK'][index % 4] ?? ''}-${String(10 + Math.floor(index / 4)).padStart(2, '0')}`,
      'fail',
      { evidence: evidenceOf(part) },
    ),
  );

/** More failures than a job summary has room for. */
export const enormous = (): Report => {
  const response = { status: 200, headers: [], body: '\u0001'.repeat(1400), truncated: false };
  return reportOf(manyFailures(99, { exchanges: Array.from({ length: 9 }, () => exchange({ response })) }));
};
