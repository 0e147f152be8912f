import t from 'tap';
import type { RequirementResult, TargetFacts } from '../../../schemas/types.js';
import type { RunState, Verdict } from '../../../suites/engine/verdict/run-state.js';
import { judgeRun } from '../../../suites/engine/verdict/verdict.js';
import { defaultProfile, findProfile, findRequirement } from '../../../suites/index.js';
import { runStateOf } from './run-state.js';

type Outcome = RequirementResult['outcome'];
type Bindings = TargetFacts['bindings'];

const { carriers } = defaultProfile;

const requestMode: Bindings = { 'request-mode': 'advertised' };
const respondAsync: Bindings = { 'respond-async': 'advertised' };

/** What carries the lifecycle of request-mode, by profile 1.1, clarification 10. */
const ofRequestMode = ['ACC-01', 'STAT-01', 'LIFE-01', 'LIFE-04', 'LIFE-06'];
const ofRespondAsync = ['PREF-03', 'PREF-05', 'LIFE-04', 'LIFE-06'];

const resultOf = (id: string, outcome: Outcome, reason?: string): RequirementResult => {
  const requirement = findRequirement(id);
  if (requirement === undefined) throw new Error(`no requirement ${id}`);
  const { level, title } = requirement;
  return { id, level, title, source: [], outcome, exercised: 1, ...(reason === undefined ? {} : { reason }) };
};

/** The verdict on a target that serves these bindings, where all of these ids pass except for the given ones. */
const verdictOf = (
  bindings: Bindings,
  ids: readonly string[],
  others: Readonly<Record<string, Outcome>> = {},
  more: Partial<RunState> = {},
): Verdict => {
  const results = ids.map((id) => resultOf(id, others[id] ?? 'pass'));
  const state = runStateOf(results, { carriers, ...more });
  return judgeRun({ ...state, facts: { ...state.facts, bindings, observation: 'result' } });
};

void t.test('a target conforms if all that carries the lifecycle of its bindings was judged', (t) => {
  for (const [bindings, ids] of [
    [requestMode, ofRequestMode],
    [respondAsync, ofRespondAsync],
    [{ ...requestMode, ...respondAsync }, [...new Set([...ofRequestMode, ...ofRespondAsync])]],
  ] as const) {
    t.match(verdictOf(bindings, ids), { verdict: 'conformant', exitCode: 0 });
    for (const judged of ['ambiguous', 'warning'] as const)
      t.match(verdictOf(bindings, ids, { 'LIFE-04': judged }), { verdict: 'conformant' }, judged);
    for (const id of ids) {
      for (const open of ['inconclusive', 'skip', 'not-implemented'] as const) {
        const verdict = verdictOf(bindings, ids, { [id]: open });
        t.match(verdict, { verdict: 'inconclusive', exitCode: 3 }, `${id} ${open}`);
        t.match(verdict.reason, id);
      }
    }
  }
  t.end();
});

void t.test('what carries the lifecycle of another binding, or carries nothing, is not demanded', (t) => {
  t.match(verdictOf(requestMode, [...ofRequestMode, 'PREF-05'], { 'PREF-05': 'skip' }), { verdict: 'conformant' });
  t.match(verdictOf(respondAsync, [...ofRespondAsync, 'ACC-01'], { 'ACC-01': 'skip' }), { verdict: 'conformant' });
  t.match(verdictOf(requestMode, [...ofRequestMode, 'STAT-13'], { 'STAT-13': 'inconclusive' }), {
    verdict: 'conformant',
  });
  t.end();
});

void t.test('what was not selected is not demanded, and the verdict says so', (t) => {
  const part = verdictOf(requestMode, ['STAT-01', 'STAT-03']);
  t.match(part, { verdict: 'conformant', exitCode: 0 });
  for (const id of ofRequestMode) t.equal(part.reason.includes(id), id !== 'STAT-01', id);
  t.match(verdictOf(requestMode, ['STAT-01', 'STAT-03'], { 'STAT-01': 'inconclusive' }), { verdict: 'inconclusive' });
  const whole = verdictOf(requestMode, ofRequestMode);
  t.notMatch(whole.reason, /selected/);
  t.end();
});

void t.test('a part of the exercises (--path, --shard) need not judge everything, and the verdict says so', (t) => {
  const { verdict, reason } = verdictOf(requestMode, ofRequestMode, { 'LIFE-06': 'inconclusive' }, { isPart: true });
  t.equal(verdict, 'conformant');
  t.match(reason, /--path, --shard/);
  t.end();
});

void t.test('a failure, and a run that was interrupted, decide before', (t) => {
  const outcomes = { 'LIFE-06': 'inconclusive', 'STAT-01': 'fail' } as const;
  t.match(verdictOf(requestMode, ofRequestMode, outcomes), { verdict: 'non-conformant', exitCode: 1 });
  t.match(verdictOf(requestMode, ofRequestMode, { 'LIFE-06': 'inconclusive' }, { endedBy: 'run-interrupted' }), {
    verdict: 'interrupted',
  });
  t.end();
});

void t.test('the verdict says why a requirement was not judged', (t) => {
  const results = ofRequestMode.map((id) =>
    id === 'STAT-01'
      ? resultOf(id, 'inconclusive', 'The answer cannot be read: it is too long.')
      : resultOf(id, 'pass'),
  );
  t.match(judgeRun(runStateOf(results, { carriers })).reason, /STAT-01: The answer cannot be read: it is too long\.$/);
  t.end();
});

void t.test('profile 1.0 demands nothing of this kind, and profile 1.1 names requirements that it has', (t) => {
  t.equal(findProfile('1.0')?.carriers, undefined);
  t.strictSame(carriers, { 'request-mode': ofRequestMode, 'respond-async': ofRespondAsync });
  for (const id of new Set([...ofRequestMode, ...ofRespondAsync])) t.match(findRequirement(id), { level: 'MUST' }, id);
  t.end();
});
