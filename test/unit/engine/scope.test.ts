import t from 'tap';
import type { RequirementResult, Settings, TargetFacts } from '../../../schemas/types.js';
import { demandScope, inScope, withScope } from '../../../suites/engine/scope.js';
import type { RunState } from '../../../suites/engine/verdict/run-state.js';
import { judgeRun } from '../../../suites/engine/verdict/verdict.js';
import { defaultProfile, findProfile, select } from '../../../suites/index.js';
import { runStateOf } from './run-state.js';

type Wishes = Pick<Settings, 'scope' | 'binding' | 'serves'>;

const auto: Wishes = { binding: 'auto' };
const all = select({ suites: [], only: [] });
const facts = (bindings: TargetFacts['bindings'], scope?: TargetFacts['scope']): TargetFacts => ({
  ...runStateOf([]).facts,
  bindings,
  ...(scope === undefined ? {} : { scope }),
});
const asynchronous = facts({ 'respond-async': 'probed' });
const synchronous = facts({});

const scopeOf = (wishes: Wishes, target: TargetFacts, selected = all, isUnsure = false) =>
  withScope({ facts: target, isUnsure }, defaultProfile, selected, wishes).scope;

void t.test('a target that may serve a binding is not judged by its synchronous answers alone', (t) => {
  t.equal(scopeOf(auto, synchronous, all, true), 'async');
  t.equal(scopeOf({ binding: 'auto', scope: 'sync' }, synchronous, all, true), 'sync');
  t.end();
});

void t.test('without a wish, the target decides', (t) => {
  t.equal(scopeOf(auto, asynchronous), 'async');
  t.equal(scopeOf(auto, synchronous), 'sync');
  t.end();
});

void t.test('who asks for a binding expects one', (t) => {
  t.equal(scopeOf({ binding: 'both' }, synchronous), 'async');
  t.equal(scopeOf({ binding: 'auto', serves: ['request-mode'] }, synchronous), 'async');
  t.equal(scopeOf(auto, synchronous, select({ suites: ['STAT'], only: [] })), 'async');
  t.end();
});

void t.test('a wish holds whatever the target serves', (t) => {
  for (const scope of ['async', 'sync', 'all'] as const)
    for (const target of [asynchronous, synchronous]) t.equal(scopeOf({ binding: 'auto', scope }, target), scope);
  t.end();
});

void t.test('profile 1.0 has no synchronous scope', (t) => {
  const profile = findProfile('1.0');
  if (profile === undefined) throw new Error('no profile 1.0');
  t.equal(withScope({ facts: synchronous, isUnsure: false }, profile, profile.requirements, auto).scope, 'async');
  t.throws(() => demandScope(profile, profile.requirements, { binding: 'auto', scope: 'sync' }), {
    code: 'no-such-scope',
  });
  t.end();
});

void t.test('a scope that contradicts the other options is refused', (t) => {
  const demand = (wishes: Wishes, only: string[] = []) =>
    demandScope(defaultProfile, select({ suites: [], only }), wishes);
  t.throws(() => demand({ binding: 'request-mode', scope: 'sync' }), { code: 'no-such-scope' });
  t.throws(() => demand({ binding: 'auto', serves: ['respond-async'], scope: 'sync' }), { code: 'no-such-scope' });
  t.throws(() => demand({ binding: 'auto', scope: 'sync' }, ['STAT-01']), { code: 'no-such-scope' });
  t.doesNotThrow(() => demand({ binding: 'auto', scope: 'sync' }, ['STAT-01', 'CORE-01']));
  t.doesNotThrow(() => demand({ binding: 'both', scope: 'all' }));
  t.end();
});

void t.test('the synchronous scope holds CORE, ERR, SEC and RATE without a binding, and bulk requests', (t) => {
  const { judged, outOfScope } = inScope(defaultProfile, all, facts({}, 'sync'));
  const ids = judged.map(({ id }) => id);
  for (const id of ['CORE-01', 'ERR-10', 'SEC-01', 'RATE-01', 'BULK-02', 'BULK-03', 'BULK-04', 'BULK-05'])
    t.ok(ids.includes(id), id);
  for (const id of ['SEC-03', 'RATE-05', 'BULK-01', 'BULK-06', 'STAT-01', 'DISC-04', 'EVT-01', 'LIFE-01'])
    t.ok(outOfScope.includes(id), id);
  t.equal(ids.length + outOfScope.length, all.length);
  for (const scope of ['async', 'all'] as const)
    t.strictSame(inScope(defaultProfile, all, facts({}, scope)), { judged: all, outOfScope: [] });
  t.end();
});

const resultOf = (id: string, outcome: RequirementResult['outcome']): RequirementResult => ({
  id,
  level: 'MUST',
  title: id,
  source: [],
  outcome,
  exercised: outcome === 'pass' ? 1 : 0,
});

/** The verdict of the synchronous scope on these results. */
const verdictOf = (results: readonly RequirementResult[], more: Partial<RunState> = {}) =>
  judgeRun({
    ...runStateOf(results),
    traffic: { exchanges: 9, submissions: 0, accepted: 0, exercises: 2 },
    facts: facts({}, 'sync'),
    synchronousCarriers: ['CORE-02', 'CORE-03'],
    outOfScope: ['STAT-01', 'STAT-02'],
    ...more,
  });

const ground = [resultOf('CORE-02', 'pass'), resultOf('CORE-03', 'pass')];

void t.test('a synchronous provider conforms or does not, and learns what else there is', (t) => {
  t.match(verdictOf(ground), { verdict: 'conformant', exitCode: 0, reason: /2 more requirements/ });
  t.match(verdictOf([...ground, resultOf('CORE-06', 'fail')]), { verdict: 'non-conformant', exitCode: 1 });
  t.match(verdictOf([...ground, resultOf('CORE-06', 'inconclusive')]), { verdict: 'conformant', exitCode: 0 });
  t.end();
});

void t.test('without its ground, synchronous SCIM is not judged', (t) => {
  const open = [resultOf('CORE-02', 'inconclusive'), resultOf('CORE-01', 'pass')];
  t.match(verdictOf(open), { verdict: 'inconclusive', exitCode: 3, reason: /CORE-02/ });
  t.match(verdictOf([resultOf('CORE-01', 'pass')]), { verdict: 'conformant', exitCode: 0 });
  t.match(verdictOf(open, { isPart: true }), { verdict: 'conformant', exitCode: 0 });
  t.match(verdictOf([]), { verdict: 'not-testable', exitCode: 3 });
  t.match(verdictOf(ground, { readOnly: true }), { verdict: 'not-testable', exitCode: 3 });
  t.end();
});
