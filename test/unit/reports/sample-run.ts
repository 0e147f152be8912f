/** Reports of whole runs with all requirements and all plots, to test the page. */
import type {
  AsyncRequest,
  BurstAnswer,
  Exchange,
  Outcome,
  RateLimitEstimate,
  Report,
  RequirementResult,
} from '../../../schemas/types.js';
import { defaultProfile } from '../../../suites/index.js';
import { baseUrl, evidenceOf, exchange, found, manyFailures, reportOf } from './sample-report.js';

const statusUrl = `${baseUrl}/provision/f2198b98-5fb8-45f4-8054-02e733d9e209/status`;

const status = (counts: { total: number; success: number; failed: number; pending: number }): string =>
  JSON.stringify({
    schemas: ['urn:ietf:params:scim:schemas:extension:2.0:Provision:Status'],
    id: 'f2198b98-5fb8-45f4-8054-02e733d9e209',
    operationsCount: counts,
    status: { completed: false, success: false },
    state: 'processing',
    meta: { resourceType: 'ProvisionStatus', created: '2026-11-25T04:46:11.076Z', location: statusUrl },
  });

/** An asynchronous create that was accepted. */
export const accepted = (n: number, body = status({ total: 1, success: 0, failed: 0, pending: 2 })): Exchange =>
  exchange({
    n,
    purpose: 'submit',
    subject: 'scimc-55ddb159-2562@example.com',
    request: {
      method: 'POST',
      url: `${baseUrl}/Users`,
      headers: [
        ['Content-Type', 'application/scim+json'],
        ['Authorization', 'Bearer {{primary}}'],
        ['X-SCIM-Request-Mode', 'asynchronous'],
      ],
      body: JSON.stringify({
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
        userName: 'scimc-55ddb159-2562@example.com',
        name: { givenName: 'Aino', familyName: "O'Hara" },
      }),
    },
    response: {
      status: 202,
      headers: [
        ['content-type', 'application/json'],
        ['retry-after', 'soon'],
        ['location', statusUrl],
      ],
      body,
      truncated: false,
    },
  });

/** A look at the status that was not answered. */
export const unanswered = (n: number): Exchange => {
  const failure = { code: 'timeout', message: 'no answer within 10 seconds' } as const;
  const asked = exchange({ n, credential: 'second', submission: 0, failure });
  delete asked.response;
  return asked;
};

const passing = (): RequirementResult[] =>
  defaultProfile.requirements.map(({ id, level, title, source }, index) => ({
    id,
    level,
    title,
    source: source.map(({ label, href }) => (href === undefined ? { label } : { label, href })),
    outcome: 'pass',
    exercised: 1 + ((index * 37) % 400),
  }));

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

export const asyncRequest = (index: number): AsyncRequest => {
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

/** What a complete run has in addition to its results. */
const wholeRun = (requests: number): Partial<Report> => ({
  target: {
    baseUrl,
    authenticated: true,
    secondCredential: true,
    bindings: { 'request-mode': 'advertised', 'respond-async': 'probed' },
    bindingNote: 'request-mode is advertised; respond-async was found by a try',
    capabilities: { patch: true, bulk: true, filter: true, groups: false },
    features: ['idempotency', 'statusToken'],
    bulkMaxOperations: 1000,
    bulkMaxPayloadSize: 1_048_576,
    asyncExtension: { requestModes: ['synchronous', 'asynchronous'], statusRetentionSeconds: 86_400 },
  },
  rateLimit: burstOf(845, 534, 80),
  timeline: Array.from({ length: requests }, (_, index) => asyncRequest(index)),
});

/** Everything passed. */
export const conformantRun = (): Report => reportOf(passing(), wholeRun(90));

const changes: Readonly<Record<string, Partial<RequirementResult> & { outcome: Outcome }>> = {
  'ACC-02': {
    outcome: 'fail',
    evidence: evidenceOf({
      expected: 'Content-Type application/scim+json on the 202',
      actual: 'Content-Type application/json on the 202',
      scenario: 'async-create',
      path: 'async-create/0:0:0:0',
      exchanges: [accepted(0)],
      shrinks: 10,
      occurrences: 25,
    }),
    guide: {
      why: 'A client that reads `application/scim+json` alone refuses the status.',
      fix: 'Send `Content-Type: application/scim+json` with every body of SCIM.',
    },
  },
  'STAT-03': {
    ...found('STAT-03', 'fail'),
    title: 'total = success + failed + pending',
    evidence: evidenceOf({ exchanges: [accepted(0), unanswered(3)] }),
  },
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

/** Every kind of result: failures, a warning, flaky evidence, unjudged requirements, leftovers and a gate. */
export const mixedRun = (): Report => {
  const results = passing().map((result) => {
    const change = changes[result.id];
    if (change === undefined) return result;
    return { ...result, ...change, exercised: change.outcome === 'skip' ? 0 : result.exercised };
  });
  return reportOf(results, {
    ...wholeRun(90),
    settings: { ...reportOf([]).settings, suites: ['ACC', 'STAT'], runs: 50, deadlineMs: 90_000, maxRps: 20 },
    leftovers: [`${baseUrl}/Users/2819c223-7f76-453a-919d-413861904646`, 'scimc-55ddb159-77@example.com'],
    gate: {
      passed: false,
      reason: '1 requirement fails that the baseline does not know: STAT-03.',
      failOn: 'must',
      baseline: 'known-failures.json',
      known: ['ACC-02'],
      fresh: ['STAT-03'],
      stale: ['CORE-04'],
      unchecked: [],
    },
  });
};

/** 200 failures, each with four exchanges. */
export const failingRun = (): Report =>
  reportOf(manyFailures(200, { exchanges: [0, 3, 8, 9].map((n) => accepted(n)) }), wholeRun(400));
