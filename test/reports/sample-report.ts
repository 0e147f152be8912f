/** Reports as runs write them, made up: what the tests of reports and a look at a page start from. */
import type {
  AsyncRequest,
  BurstAnswer,
  Evidence,
  Exchange,
  Outcome,
  RateLimitEstimate,
  Report,
  RequirementResult,
} from '../../schemas/types.js';
import { defaultProfile } from '../../suites/index.js';

const { requirements } = defaultProfile;

const baseUrl = 'https://scim.example.com/v2';
const seed = 1493744879;

const statusBody = (counts: { total: number; success: number; failed: number; pending: number }): string =>
  JSON.stringify({
    schemas: ['urn:ietf:params:scim:schemas:extension:2.0:Provision:Status'],
    id: 'f2198b98-5fb8-45f4-8054-02e733d9e209',
    operationsCount: counts,
    status: { completed: false, success: false },
    state: 'processing',
    meta: {
      resourceType: 'ProvisionStatus',
      created: '2026-11-25T04:46:11.076Z',
      lastModified: '2026-11-25T04:46:11.076Z',
      location: `${baseUrl}/provision/f2198b98-5fb8-45f4-8054-02e733d9e209/status`,
    },
  });

const userBody = JSON.stringify({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName: 'scimc-a0e5ae4f-2562@example.com',
  name: { givenName: 'Aino', familyName: "O'Hara" },
  emails: [{ value: 'scimc-a0e5ae4f-2562@example.com', type: 'work', primary: true }],
});

/** An asynchronous create that was accepted. */
export const accepted = (n: number, body = statusBody({ total: 1, success: 0, failed: 0, pending: 2 })): Exchange => ({
  type: 'exchange',
  n,
  purpose: 'submit',
  credential: 'primary',
  subject: 'scimc-a0e5ae4f-2562@example.com',
  at: 4618.153,
  took: 5.02,
  request: {
    method: 'POST',
    url: `${baseUrl}/Users`,
    headers: [
      ['User-Agent', 'scim-conformance/0.1.0'],
      ['Accept', 'application/scim+json'],
      ['Content-Type', 'application/scim+json'],
      ['Authorization', 'Bearer {{primary}}'],
      ['X-SCIM-Request-Mode', 'asynchronous'],
    ],
    body: userBody,
  },
  response: {
    status: 202,
    headers: [
      ['content-type', 'application/json'],
      ['cache-control', 'no-store'],
      ['retry-after', 'soon'],
      ['location', `${baseUrl}/provision/f2198b98-5fb8-45f4-8054-02e733d9e209/status`],
    ],
    body,
    truncated: false,
  },
});

const look = (n: number): Exchange => ({
  type: 'exchange',
  n,
  purpose: 'poll',
  credential: 'second',
  submission: 0,
  at: 5630.5,
  took: 1310,
  request: {
    method: 'GET',
    url: `${baseUrl}/provision/f2198b98-5fb8-45f4-8054-02e733d9e209/status`,
    headers: [['Authorization', 'Bearer {{second}}']],
  },
  failure: { code: 'timeout', message: 'no answer within 10 seconds' },
});

export const evidenceOf = (part: Partial<Evidence> = {}): Evidence => ({
  code: 'counts-do-not-add-up',
  level: 'MUST',
  expected: 'total = success + failed + pending',
  actual: 'total 4, success 0, failed 0, pending 5',
  scenario: 'bulk-graph',
  input: { nodes: [{ kind: 'user' }, { kind: 'group', members: [0] }], order: [1, 0] },
  seed,
  path: 'bulk-graph/0:0',
  shrinks: 1,
  occurrences: 477,
  story: [
    '#0 POST /Bulk (mode asynchronous) → 202, completed false, pending 5 of 4',
    'beside 4 other exchanges: 2 × looks at a status, 2 × GET',
  ],
  exchanges: [accepted(0)],
  ...part,
});

const guide = {
  why: 'A client decides by the counts whether its work is done. Counts that do not add up let it wait for ever, or stop too early.',
  fix: 'Derive `pending` as total − success − failed, in the same transaction as the other counts.',
};

const passing = (): RequirementResult[] =>
  requirements.map(({ id, level, title, source }, index) => ({
    id,
    level,
    title,
    source: source.map(({ label, href }) => (href === undefined ? { label } : { label, href })),
    outcome: 'pass',
    exercised: 1 + ((index * 37) % 400),
  }));

const countsOf = (results: readonly RequirementResult[]): Report['counts'] => {
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
  for (const { outcome } of results) counts[outcome] += 1;
  return counts;
};

/** What a bucket answers to `requests` requests, one each two milliseconds. */
const burstOf = (requests: number, capacity: number, refillPerSecond: number): RateLimitEstimate => {
  let tokens = capacity;
  const answers: BurstAnswer[] = Array.from({ length: requests }, (_, index) => {
    tokens = Math.min(capacity, tokens + refillPerSecond * 0.002);
    const admitted = tokens >= 1;
    if (admitted) tokens -= 1;
    return { at: 3 + index * 2, status: admitted ? 200 : 429 };
  });
  const throttled = answers.filter(({ status }) => status === 429).length;
  return { requests, throttled, capacity, refillPerSecond, answers };
};

const asyncRequest = (index: number): AsyncRequest => {
  const askedAt = 900 + index * 83 + (index % 5) * 20;
  const acceptedAt = askedAt + 6 + (index % 7) * 4;
  const outcome = (['deadline', 'unreadable', 'unwatched'] as const)[index % 31] ?? 'completed';
  const waits = outcome === 'unwatched' ? 0 : 1 + (index % 3);
  const looks = Array.from({ length: waits }, (_, turn): AsyncRequest['looks'][number] => ({
    at: acceptedAt + (turn + 1) * 310,
    status: 200,
    state:
      turn < waits - 1 || outcome === 'deadline' ? 'pending' : outcome === 'unreadable' ? 'unreadable' : 'completed',
  }));
  return {
    exercise: `async-create/${index}:0`,
    binding: index % 2 === 0 ? 'request-mode' : 'respond-async',
    shape: index % 4 === 0 ? 'bulk' : 'single',
    method: 'POST',
    operations: index % 4 === 0 ? 12 : 1,
    askedAt,
    acceptedAt,
    looks,
    ...(outcome === 'unwatched'
      ? {}
      : { settledAt: outcome === 'deadline' ? acceptedAt + 4000 : acceptedAt + waits * 310 + 3 }),
    outcome,
  };
};

const reportOf = (results: RequirementResult[], part: Partial<Report>): Report => ({
  format: 2,
  tool: '0.1.0',
  profile: '1.0',
  run: 'a0e5ae4f',
  startedAt: '2026-11-25T04:45:35.498Z',
  finishedAt: '2026-11-25T04:46:40.608Z',
  verdict: 'conformant',
  reason: 'No MUST failed: 107 requirements judged on 3970 exchanges, 697 asynchronous requests accepted.',
  exitCode: 0,
  settings: {
    target: baseUrl,
    suites: [],
    only: [],
    seed,
    runs: 5,
    timeoutMs: 10_000,
    deadlineMs: 60_000,
    concurrency: 8,
    binding: 'auto',
    observe: 'auto',
    burst: 1500,
    readOnly: false,
  },
  target: {
    baseUrl,
    authenticated: true,
    secondCredential: true,
    bindings: { 'request-mode': 'advertised', 'respond-async': 'probed' },
    bindingNote:
      'request-mode is advertised, and POST /Users with X-SCIM-Request-Mode: asynchronous was answered 202; respond-async was found by a try',
    capabilities: { patch: true, bulk: true, filter: true, groups: false },
    features: ['idempotency', 'statusToken'],
    bulkMaxOperations: 1000,
    bulkMaxPayloadSize: 1_048_576,
    asyncExtension: { requestModes: ['synchronous', 'asynchronous'], statusRetentionSeconds: 86_400 },
  },
  counts: countsOf(results),
  traffic: { exchanges: 3973, submissions: 760, accepted: 697, exercises: 342 },
  rateLimit: burstOf(845, 534, 80),
  time: { total: 65_109, waiting: 60_066, work: 5043 },
  requirements: results,
  leftovers: [],
  timeline: Array.from({ length: 90 }, (_, index) => asyncRequest(index)),
  ...part,
});

/** Everything passed. */
export const conformantReport = (): Report => reportOf(passing(), {});

const changes: Readonly<Record<string, Partial<RequirementResult> & { outcome: Outcome }>> = {
  'ACC-02': {
    outcome: 'fail',
    evidence: evidenceOf({
      expected: 'Content-Type application/scim+json on the 202',
      actual: 'Content-Type application/json on the 202',
      scenario: 'async-create',
      path: 'async-create/0:0:0:0',
      shrinks: 10,
      occurrences: 25,
    }),
    guide: {
      why: 'A client that reads `application/scim+json` alone refuses the status.',
      fix: 'Send `Content-Type: application/scim+json` with every body of SCIM.',
    },
  },
  'STAT-03': { outcome: 'fail', evidence: evidenceOf({ exchanges: [accepted(0), look(3)] }), guide },
  'ACC-06': {
    outcome: 'warning',
    evidence: evidenceOf({
      level: 'SHOULD',
      expected: 'Retry-After on the 202, a whole number of seconds or an HTTP date',
      actual: 'it is «soon»',
    }),
    guide: { why: 'A client has to guess when to look.', fix: 'Send a whole number of seconds.' },
  },
  'LIFE-06': {
    outcome: 'inconclusive',
    reason: 'It was seen twice and did not come again.',
    evidence: evidenceOf({
      expected: '«Wordeei», as POST wrote, and all other writes to be applied once each, in some order',
      actual: 'it shows Wordegj',
      scenario: 'each-effect',
      input: 'create a user',
      shrinks: 0,
      occurrences: 2,
      again: ['#0 POST /Users → 201', '#6 settled: completed after 1004 ms', '#7 GET /Users/1 (afterwards) → 200'],
    }),
  },
  'RATE-04': { outcome: 'inconclusive', reason: 'The limiter did not throttle within 1500 requests.' },
  'PREF-05': {
    outcome: 'ambiguous',
    reason:
      'The text does not decide the form of several completion events at one URI. The target sends several in one.',
  },
  'EVT-08': { outcome: 'skip', reason: 'A port on which security event tokens can be pushed is needed: --set-push.' },
  'ROLL-01': { outcome: 'not-implemented', reason: 'This version has no judge for it.' },
};

/** One of each: failures, a warning, flaky evidence, what was not judged, leftovers and a gate. */
export const mixedReport = (): Report => {
  const results = passing().map((result) => {
    const change = changes[result.id];
    if (change === undefined) return result;
    return { ...result, ...change, exercised: change.outcome === 'skip' ? 0 : result.exercised };
  });
  return reportOf(results, {
    verdict: 'non-conformant',
    reason: '2 MUST requirements failed: ACC-02, STAT-03.',
    exitCode: 1,
    settings: { ...conformantReport().settings, suites: ['ACC', 'STAT'], runs: 50, deadlineMs: 90_000, maxRps: 20 },
    leftovers: [`${baseUrl}/Users/2819c223-7f76-453a-919d-413861904646`, 'scimc-a0e5ae4f-77@example.com'],
    gate: {
      passed: false,
      reason: '1 requirement fails that the baseline does not know: STAT-03.',
      failOn: 'must',
      baseline: 'known-failures.yaml',
      known: ['ACC-02'],
      fresh: ['STAT-03'],
      stale: ['CORE-04'],
      unchecked: [],
    },
  });
};

/** As many failures as nobody reads, each with four exchanges. */
export const failingReport = (failures = 200): Report => {
  const results = Array.from({ length: failures }, (_, index): RequirementResult => ({
    id: `${['ACC', 'STAT', 'LIFE', 'BULK'][index % 4] ?? ''}-${String(10 + Math.floor(index / 4)).padStart(2, '0')}`,
    level: 'MUST',
    title: 'total = success + failed + pending',
    source: [{ label: 'RFC 7644 §3.3', href: 'https://www.rfc-editor.org/rfc/rfc7644#section-3.3' }],
    outcome: 'fail',
    exercised: index,
    evidence: evidenceOf({ exchanges: [0, 3, 8, 9].map((n) => accepted(n)) }),
    guide,
  }));
  return reportOf(results, {
    verdict: 'non-conformant',
    reason: `${failures} MUST requirements failed.`,
    exitCode: 1,
    timeline: Array.from({ length: 400 }, (_, index) => asyncRequest(index)),
  });
};

/** What a hostile target may send, or a hostile file hold; each would do something if it were taken for more than text. */
export const hostileStrings: readonly string[] = [
  '<script>window.harmed = "script"</script>',
  '"><img src=x onerror="window.harmed = 1">',
  "'><svg onload=window.harmed=2>",
  '</style><style>body{display:none}</style>',
  '</script><script>alert(1)</script>',
  '</pre></details></article><h1>owned</h1>',
  '<!-- <script>',
  '`${window.harmed = 3}`',
  '<iframe src="https://evil.example/"></iframe><link rel=stylesheet href="https://evil.example/x.css">',
  'javascript:window.harmed=4',
  '\u001b[31mred\u001b[0m \u0000 \u0007 \u009b31m',
  'left \u202eright-to-left\u202c \u200f مرحبا',
  'lone \ud800 and \udc00 halves',
  '&lt;b&gt; &amp; &quot;',
  `long ${'x<'.repeat(500_000)}`,
];

/** Every string that the target or the file decides is hostile. */
export const hostileReport = (): Report => {
  const hostile = (index: number): string => hostileStrings[index % hostileStrings.length] ?? '';
  const everything = hostileStrings.slice(0, -1).join(' ');
  const results = hostileStrings.map((text, index): RequirementResult => ({
    id: `EVIL-${String(index).padStart(2, '0')}`,
    level: 'MUST',
    title: text,
    source: [
      { label: text, href: `javascript:window.harmed=${index}` },
      { label: text, href: 'data:text/html,<script>window.harmed=5</script>' },
      { label: text, href: `https://example.com/"onmouseover="window.harmed=6/${index}` },
    ],
    outcome: index % 3 === 0 ? 'inconclusive' : 'fail',
    exercised: 1,
    reason: text,
    guide: { why: text, fix: `\`${text}\`` },
    evidence: evidenceOf({
      expected: text,
      actual: hostile(index + 1),
      scenario: text,
      input: { [everything]: text },
      path: everything,
      story: [text, hostile(index + 2)],
      again: [text],
      exchanges: [
        {
          ...accepted(0, text),
          variant: text,
          request: { method: everything, url: `${baseUrl}/${everything}`, headers: [[everything, text]], body: text },
        },
        {
          ...accepted(1, JSON.stringify({ [everything]: [text] })),
          response: {
            status: 200,
            headers: [[text, text]],
            body: JSON.stringify({ [everything]: [text] }),
            truncated: true,
          },
        },
        { ...look(2), failure: { code: 'connection', message: text } },
      ],
    }),
  }));
  const honest = mixedReport();
  return reportOf(results, {
    verdict: 'non-conformant',
    exitCode: 1,
    tool: everything,
    profile: everything,
    run: everything,
    reason: everything,
    settings: { ...honest.settings, target: everything, suites: [everything], only: [everything], path: everything },
    target: {
      baseUrl,
      authenticated: true,
      secondCredential: false,
      bindings: {},
      bindingNote: everything,
      capabilities: { patch: false, bulk: false, filter: false, groups: false },
      features: [...hostileStrings],
      signingKeys: 'javascript:window.harmed=7',
      securityEvents: { [everything]: everything },
    },
    leftovers: [...hostileStrings],
    gate: {
      passed: true,
      reason: everything,
      failOn: 'must',
      baseline: everything,
      known: [everything],
      fresh: [...hostileStrings],
      stale: [],
      unchecked: [],
    },
    timeline: hostileStrings.map((text, index) => ({ ...asyncRequest(index), exercise: text, method: text })),
  });
};
