import t, { type Test } from 'tap';
import { urn } from '../../../../schemas/names.js';
import type { Requirement } from '../../../../suites/definitions/requirement.js';
import { bulk02 } from '../../../../suites/requirements/bulk/bulk-02.js';
import { bulk03 } from '../../../../suites/requirements/bulk/bulk-03.js';
import { bulk04 } from '../../../../suites/requirements/bulk/bulk-04.js';
import { bulk05 } from '../../../../suites/requirements/bulk/bulk-05.js';
import { err10 } from '../../../../suites/requirements/err/err-10.js';
import { bulkCircle, bulkGraph } from '../../../../suites/scenarios/bulk/bulk-graph.js';
import { bulkLimits, bulkLimitsSteps } from '../../../../suites/scenarios/bulk/bulk-limits.js';
import { failOnErrorsScenario } from '../../../../suites/scenarios/bulk/fail-on-errors.js';
import { refusedAtOnce } from '../../../../suites/scenarios/errors/refused-at-once.js';
import type { Scenario } from '../../../../suites/definitions/scenario.js';
import { type Answer, baseUrl, HandMadeTrace } from '../../hand-made-trace.js';

const user = (bulkId: string, userName = `${bulkId}@example.com`) => ({
  method: 'POST',
  path: '/Users',
  bulkId,
  data: { userName },
});
const invalid = (bulkId: string) => ({ ...user(bulkId), data: {} });
const group = (bulkId: string, ...members: string[]) => ({
  method: 'POST',
  path: '/Groups',
  bulkId,
  data: { displayName: bulkId, members: members.map((value) => ({ value: `bulkId:${value}` })) },
});
const done = (bulkId: string, endpoint = 'Users') => ({
  method: 'POST',
  bulkId,
  status: '201',
  location: `${baseUrl}/${endpoint}/${bulkId}`,
});
const failed = (bulkId: string, status = '400') => ({
  method: 'POST',
  bulkId,
  status,
  response: { schemas: [urn.error], status },
});

/** A synchronous bulk request of a target that serves no asynchronous binding, and its answer. */
const bulk = (
  scenario: Scenario,
  Operations: readonly unknown[],
  results: readonly unknown[],
  { failOnErrors, ...more }: Answer & { failOnErrors?: number } = {},
): HandMadeTrace => {
  const trace = new HandMadeTrace(scenario, 'request-mode', { bindings: {} });
  const sent = { schemas: [urn.bulkRequest], ...(failOnErrors === undefined ? {} : { failOnErrors }), Operations };
  const body = { schemas: [urn.bulkResponse], Operations: results };
  trace.exchange('bulk', 'POST /Bulk', { status: 200, sent, body, ...more });
  return trace;
};

const withMembers = (trace: HandMadeTrace, ...values: string[]): HandMadeTrace => {
  const body = { displayName: 'g', members: values.map((value) => ({ value })) };
  trace.exchange('read', 'GET /Groups/g', { status: 200, body });
  return trace;
};

const found = (trace: HandMadeTrace, subject: string): HandMadeTrace => {
  const body = { schemas: [urn.listResponse], Resources: [{ userName: subject }] };
  trace.exchange('search', 'GET /Users?filter=…', { status: 200, subject, body });
  return trace;
};

const referring = [group('g', 'u'), user('u')];

const judged = (t: Test, requirement: Requirement, trace: HandMadeTrace, codes: readonly string[]): void => {
  const { exercised, findings } = trace.judged(requirement);
  t.ok(exercised > 0, 'something was judged');
  t.strictSame(
    findings.map(({ code }) => code),
    codes,
  );
};

void t.test('BULK-02: references of a synchronous bulk request', (t) => {
  const answer = () => bulk(bulkGraph, referring, [done('g', 'Groups'), done('u')]);
  judged(t, bulk02, withMembers(answer(), 'u'), []);
  judged(t, bulk02, withMembers(answer(), 'bulkId:u'), ['members-not-as-referred']);
  judged(t, bulk02, bulk(bulkGraph, referring, [done('u'), done('g', 'Groups')]), []);
  judged(t, bulk02, bulk(bulkGraph, referring, [failed('g'), done('u')]), ['reference-not-resolved']);
  t.end();
});

void t.test('BULK-05: references that cannot be resolved, of a synchronous bulk request', (t) => {
  for (const to of ['nowhere', 'bad']) {
    const operations = [group('g', to), user('u'), invalid('bad')];
    judged(t, bulk05, bulk(bulkCircle, operations, [failed('g'), done('u'), failed('bad')]), []);
    const kept = bulk(bulkCircle, operations, [done('g', 'Groups'), done('u'), failed('bad')]);
    judged(t, bulk05, kept, ['unresolvable-does-not-fail']);
    const disturbed = bulk(bulkCircle, operations, [failed('g'), failed('u'), failed('bad')]);
    judged(t, bulk05, disturbed, ['others-are-disturbed']);
  }
  t.end();
});

void t.test('BULK-03: failOnErrors of a synchronous bulk request', (t) => {
  const operations = [invalid('a'), user('b'), user('c')];
  const limited = (...results: unknown[]) => bulk(failOnErrorsScenario, operations, results, { failOnErrors: 1 });
  judged(t, bulk03, limited(failed('a')), []);
  judged(t, bulk03, limited(failed('a'), failed('b', '424'), failed('c', '424')), []);
  judged(t, bulk03, limited(failed('a'), done('b'), done('c')), ['does-not-stop']);
  judged(t, bulk03, found(limited(failed('a')), 'c@example.com'), ['not-run-has-an-effect']);
  const below = bulk(failOnErrorsScenario, operations, [failed('a'), done('b'), failed('c')], { failOnErrors: 2 });
  judged(t, bulk03, below, ['stops-too-early']);
  t.end();
});

void t.test('BULK-04: the limits of a synchronous bulk request', (t) => {
  const over = (status: number) =>
    bulk(bulkLimits, [user('a')], [], { status, variant: bulkLimitsSteps.over.of('maxOperations') });
  judged(t, bulk04, over(413), []);
  judged(t, bulk04, over(400), ['over-the-limit-not-413']);
  judged(t, bulk04, over(200), ['over-the-limit-not-413']);
  judged(t, bulk04, found(over(413), 'a@example.com'), ['refused-has-an-effect']);
  t.end();
});

void t.test('ERR-10: a synchronous bulk request that is refused and done', (t) => {
  const refused = (...names: string[]): HandMadeTrace => {
    const trace = new HandMadeTrace(refusedAtOnce, 'request-mode', { bindings: {} });
    trace.exchange('refusal', 'POST /Bulk', { status: 400, subject: 'a@example.com' });
    const body = { Resources: names.map((userName) => ({ userName })) };
    trace.exchange('search', 'GET /Users?filter=…', { status: 200, subject: 'a@example.com', body });
    return trace;
  };
  judged(t, err10, refused(), []);
  judged(t, err10, refused('a@example.com'), ['done-although-refused']);
  t.end();
});

void t.test('if the target serves an asynchronous binding, BULK is judged on asynchronous requests only', (t) => {
  const trace = new HandMadeTrace(bulkGraph, 'request-mode');
  const body = { schemas: [urn.bulkResponse], Operations: [failed('g'), done('u')] };
  trace.exchange('bulk', 'POST /Bulk', { status: 200, sent: { Operations: referring }, body });
  t.match(trace.judged(bulk02), { exercised: 0, findings: [] });
  t.end();
});
