import t from 'tap';
import { passGate, type GateOptions } from '../../../suites/engine/gate.js';
import type { RunState } from '../../../suites/engine/verdict/run-state.js';
import { judgeRun } from '../../../suites/engine/verdict/verdict.js';
import type { KnownFailure, RequirementResult } from '../../../schemas/types.js';
import { defaultProfile, baselineOf, type Report } from '../../../suites/index.js';
import { validate } from '../../../schemas/validators.js';
import { clientShape, evidenceOf } from '../reports/sample-report.js';
import { runStateOf } from './run-state.js';

const { requirements } = defaultProfile;

type Outcome = RequirementResult['outcome'];

const resultOf = (id: string, outcome: Outcome): RequirementResult => {
  const requirement = requirements.find((each) => each.id === id);
  if (requirement === undefined) throw new Error(`no requirement ${id}`);
  const { level, title } = requirement;
  return { id, level, title, source: [], outcome, exercised: 1 };
};

const stateOf = (outcomes: Record<string, Outcome>): RunState =>
  runStateOf(Object.entries(outcomes).map(([id, outcome]) => resultOf(id, outcome)));

const knownAs = (known: Record<string, KnownFailure['outcome']>): NonNullable<GateOptions['baseline']> => ({
  file: 'baseline.json',
  entries: Object.entries(known).map(([id, outcome]) => ({ id, outcome, reason: 'r' })),
});

const gate = (outcomes: Record<string, Outcome>, options: GateOptions) => {
  const state = stateOf(outcomes);
  return passGate(judgeRun(state), options, state);
};

void t.test('without a baseline and without --fail-on there is no gate', (t) => {
  t.equal(gate({ 'STAT-03': 'fail' }, {}), undefined);
  t.end();
});

void t.test('a known failure passes, a new one does not', (t) => {
  const known = gate({ 'STAT-03': 'fail', 'STAT-04': 'pass' }, { baseline: knownAs({ 'STAT-03': 'fail' }) });
  t.match(known, { exitCode: 0, gate: { passed: true, known: ['STAT-03'], fresh: [], stale: [], unchecked: [] } });
  const fresh = gate({ 'STAT-03': 'fail', 'STAT-04': 'fail' }, { baseline: knownAs({ 'STAT-03': 'fail' }) });
  t.match(fresh, { exitCode: 1, gate: { passed: false, known: ['STAT-03'], fresh: ['STAT-04'] } });
  t.match(fresh?.gate.reason, /STAT-04/);
  t.end();
});

void t.test('an entry that no longer fails is stale, and fails the run', (t) => {
  for (const outcome of ['pass', 'ambiguous', 'warning'] as const) {
    const stale = gate({ 'STAT-03': outcome }, { baseline: knownAs({ 'STAT-03': 'fail' }) });
    t.match(stale, { exitCode: 1, gate: { passed: false, stale: ['STAT-03'] } }, outcome);
  }
  t.end();
});

void t.test('an entry of which nothing was learnt is said, and fails nothing', (t) => {
  for (const outcome of ['skip', 'inconclusive', 'not-implemented'] as const) {
    const unchecked = gate(
      { 'STAT-03': outcome, 'STAT-04': 'pass' },
      { baseline: knownAs({ 'STAT-03': 'fail', 'STAT-05': 'fail' }) },
    );
    t.match(unchecked, { exitCode: 0, gate: { passed: true, stale: [], unchecked: ['STAT-03', 'STAT-05'] } }, outcome);
  }
  t.end();
});

void t.test('a known warning that becomes a failure is new', (t) => {
  const worse = gate({ 'STAT-10': 'fail' }, { failOn: 'should', baseline: knownAs({ 'STAT-10': 'warning' }) });
  t.match(worse, { exitCode: 1, gate: { fresh: ['STAT-10'], known: [], stale: [] } });
  const same = gate({ 'STAT-10': 'warning', 'STAT-03': 'pass' }, { baseline: knownAs({ 'STAT-10': 'warning' }) });
  t.match(same, { exitCode: 0, gate: { known: [], stale: [] } }, 'where warnings fail nothing it is not stale either');
  t.end();
});

void t.test('--fail-on decides what fails', (t) => {
  const outcomes = { 'STAT-03': 'pass', 'STAT-08': 'warning', 'STAT-13': 'inconclusive' } as const;
  t.match(gate(outcomes, { failOn: 'must' }), { exitCode: 0, gate: { passed: true } });
  t.match(gate(outcomes, { failOn: 'should' }), { exitCode: 1, gate: { fresh: ['STAT-08'] } });
  t.match(gate(outcomes, { failOn: 'inconclusive' }), { exitCode: 1, gate: { fresh: ['STAT-08', 'STAT-13'] } });
  t.end();
});

void t.test('known failures do not make a run succeed in which nothing asynchronous was exercised', (t) => {
  const state = {
    ...stateOf({ 'CORE-02': 'fail' }),
    traffic: { exchanges: 1, submissions: 0, accepted: 0, exercises: 1 },
  };
  const gated = passGate(judgeRun(state), { baseline: knownAs({ 'CORE-02': 'fail' }) }, state);
  t.match(gated, { exitCode: 3, gate: { passed: false } });
  const unreachable = { verdict: 'unreachable', exitCode: 3, reason: 'nobody is there' } as const;
  t.match(passGate(unreachable, { failOn: 'should' }, undefined), { exitCode: 3, gate: { passed: false } });
  t.end();
});

const passes = { 'ACC-01': 'pass', 'STAT-01': 'pass' } as const;

void t.test('--require-clients names the client and the shape that does not work', (t) => {
  const state = stateOf(passes);
  const rows = [
    clientShape('works', { shape: 'create-user' }),
    clientShape('refused', { shape: 'find-nobody', title: 'looks for nobody', status: 400 }),
    clientShape('ignored', { shape: 'rename-group', status: 200 }),
    clientShape('not-tried', { shape: 'add-member', optional: true }),
    clientShape('not-tried', { shape: 'add-an-attribute' }),
  ];
  const gated = passGate(judgeRun(state), { requireClients: true }, state, rows);
  t.match(gated, {
    exitCode: 1,
    gate: { passed: false, fresh: [], clients: ['entra find-nobody', 'entra rename-group', 'entra add-an-attribute'] },
  });
  t.match(
    gated?.gate.reason,
    /--require-clients: the shape find-nobody of entra \(Microsoft Entra ID looks for nobody\) is refused \(400\); /,
  );
  t.match(gated?.gate.reason, /add-an-attribute of entra .* was not tried\.$/);
  t.equal(passGate(judgeRun(state), {}, state, rows), undefined, 'without it they are information');
  t.end();
});

void t.test('--require-clients passes if every shape works, and does not hide a failed MUST', (t) => {
  const options: GateOptions = { requireClients: true };
  const rows = [clientShape('works')];
  const good = stateOf(passes);
  t.match(passGate(judgeRun(good), options, good, rows), { exitCode: 0, gate: { passed: true, clients: [] } });
  const bad = stateOf({ ...passes, 'STAT-03': 'fail' });
  t.match(passGate(judgeRun(bad), options, bad, rows), { exitCode: 1, gate: { passed: false, fresh: ['STAT-03'] } });
  t.end();
});

void t.test('a shape that was seen not to work fails a run in which little else could be tested', (t) => {
  const state = { ...stateOf(passes), traffic: { exchanges: 1, submissions: 0, accepted: 0, exercises: 1 } };
  const run = (row: ReturnType<typeof clientShape>) =>
    passGate(judgeRun(state), { requireClients: true }, state, [row]);
  t.match(run(clientShape('refused')), { exitCode: 1, gate: { passed: false, reason: /create-user of entra/ } });
  t.match(run(clientShape('not-tried')), { exitCode: 3, gate: { passed: false } });
  t.match(run(clientShape('works')), { exitCode: 3, gate: { passed: false } });
  t.end();
});

void t.test('a baseline is made of what fails, and keeps the reasons that it had', (t) => {
  const report = {
    startedAt: '2026-01-02T03:04:05Z',
    requirements: [resultOf('STAT-03', 'fail'), resultOf('STAT-04', 'fail'), resultOf('STAT-08', 'warning')],
  } as unknown as Report;
  const before = { format: 1 as const, known: [{ id: 'STAT-03', outcome: 'fail' as const, reason: 'ticket 12' }] };
  const baseline = baselineOf(report, undefined, before);
  t.ok(validate('files/baseline', baseline).valid);
  t.match(baseline.known, [
    { id: 'STAT-03', outcome: 'fail', reason: 'ticket 12' },
    { id: 'STAT-04', outcome: 'fail', reason: /^found on 2026-01-02/ },
  ]);
  t.equal(baseline.known.length, 2);
  t.strictSame(
    baselineOf(report, 'should').known.map(({ id }) => id),
    ['STAT-03', 'STAT-04', 'STAT-08'],
  );
  t.end();
});

void t.test('entries that a run did not test stay in the baseline; only fixed ones are removed', (t) => {
  const report = {
    startedAt: '2026-01-02T03:04:05Z',
    requirements: [
      resultOf('STAT-03', 'pass'),
      resultOf('STAT-04', 'inconclusive'),
      resultOf('STAT-05', 'skip'),
      resultOf('STAT-08', 'warning'),
      resultOf('STAT-14', 'fail'),
    ],
  } as unknown as Report;
  const known = (id: string, outcome: KnownFailure['outcome']): KnownFailure => ({ id, outcome, reason: `why ${id}` });
  const before = {
    format: 1 as const,
    known: [
      known('ACC-02', 'fail'),
      known('STAT-03', 'fail'),
      known('STAT-04', 'fail'),
      known('STAT-05', 'fail'),
      known('STAT-08', 'warning'),
      known('STAT-14', 'warning'),
    ],
  };
  t.strictSame(baselineOf(report, undefined, before).known, [
    known('ACC-02', 'fail'),
    known('STAT-04', 'fail'),
    known('STAT-05', 'fail'),
    known('STAT-08', 'warning'),
    known('STAT-14', 'fail'),
  ]);
  t.end();
});

/** A requirement that fails in the way of each of these codes, the first of which is the worst. */
const flawed = (id: string, ...codes: string[]): RequirementResult => {
  const [evidence, ...alsoFound] = codes.map((code) => evidenceOf({ code }));
  return {
    ...resultOf(id, 'fail'),
    ...(evidence === undefined ? {} : { evidence }),
    ...(alsoFound.length === 0 ? {} : { alsoFound }),
  };
};

const coded = (id: string, code: string): KnownFailure => ({ id, code, outcome: 'fail', reason: `why ${code}` });

const gateOn = (results: RequirementResult[], entries: KnownFailure[]) => {
  const state = runStateOf(results);
  return passGate(judgeRun(state), { baseline: { file: 'baseline.json', entries } }, state);
};

void t.test('a known failure hides no other defect of the same requirement', (t) => {
  const both = gateOn([flawed('STAT-03', 'one', 'two')], [coded('STAT-03', 'one')]);
  t.match(both, { exitCode: 1, gate: { passed: false, known: ['STAT-03 one'], fresh: ['STAT-03 two'], stale: [] } });
  const known = gateOn([flawed('STAT-03', 'one', 'two')], [coded('STAT-03', 'one'), coded('STAT-03', 'two')]);
  t.match(known, { exitCode: 0, gate: { passed: true, fresh: [], reasons: { 'STAT-03 two': 'why two' } } });
  t.end();
});

void t.test('an entry whose code is no longer found is stale, even if its requirement fails with another code', (t) => {
  const other = gateOn([flawed('STAT-03', 'two')], [coded('STAT-03', 'one')]);
  t.match(other, { exitCode: 1, gate: { fresh: ['STAT-03 two'], stale: ['STAT-03 one'] } });
  t.end();
});

void t.test('an entry whose code was seen but not confirmed is not stale', (t) => {
  const flaky = { ...flawed('STAT-03', 'two'), unconfirmed: ['one'] };
  const gated = gateOn([flaky], [coded('STAT-03', 'one'), coded('STAT-03', 'two')]);
  t.match(gated, { exitCode: 0, gate: { known: ['STAT-03 two'], stale: [], unchecked: ['STAT-03 one'] } });
  t.end();
});

void t.test('an entry of format 1 excuses every defect of its requirement', (t) => {
  const gated = gateOn([flawed('STAT-03', 'one', 'two')], [{ id: 'STAT-03', outcome: 'fail', reason: 'ticket 12' }]);
  t.match(gated, { exitCode: 0, gate: { known: ['STAT-03 one', 'STAT-03 two'], fresh: [] } });
  t.end();
});

void t.test('a baseline is written with codes, and one of format 1 hands its reasons on', (t) => {
  const report = {
    startedAt: '2026-01-02T03:04:05Z',
    requirements: [flawed('STAT-03', 'one', 'two'), flawed('STAT-04', 'three')],
  } as unknown as Report;
  const before = { format: 1 as const, known: [{ id: 'STAT-03', outcome: 'fail' as const, reason: 'ticket 12' }] };
  const baseline = baselineOf(report, undefined, before);
  t.ok(validate('files/baseline', baseline).valid);
  t.match(baseline, {
    format: 2,
    known: [
      { id: 'STAT-03', code: 'one', reason: 'ticket 12' },
      { id: 'STAT-03', code: 'two', reason: 'ticket 12' },
      { id: 'STAT-04', code: 'three', reason: /^found on 2026-01-02/ },
    ],
  });
  t.end();
});
