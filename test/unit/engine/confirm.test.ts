import t from 'tap';
import { confirm, confirmationsOf } from '../../../suites/engine/confirm.js';
import { addTrace, openCase } from '../../../suites/engine/case.js';
import { Losses } from '../../../suites/engine/losses.js';
import type { Exercise } from '../../../suites/engine/plan.js';
import { defaultProfile, findRequirement, mergeReports, MergeError } from '../../../suites/index.js';
import type { Trace } from '../../../suites/trace/trace.js';
import { evidenceOf } from '../reports/sample-report.js';
import { mixedRun } from '../reports/sample-run.js';
import { HandMadeTrace } from '../hand-made-trace.js';

const { scenarios } = defaultProfile;

/** An exercise of malformed JSON that is answered so. */
const malformed = (path: string, status: number): Trace => {
  const trace = new HandMadeTrace({ name: 'malformed-json' }, 'request-mode');
  trace.exchange('malformed', 'POST /Users', { status, variant: 'cut short', body: { scimType: 'invalidSyntax' } });
  return trace.at(path);
};

/** The outcome of ERR-02 after these exercises, if the exercises with these paths show the finding again. */
const confirmed = async (
  heard: readonly Trace[],
  comesAgain: readonly string[],
  lossy: readonly Trace[] = [],
): Promise<string | undefined> => {
  const requirement = findRequirement('ERR-02');
  const scenario = scenarios.find(({ name }) => name === 'malformed-json');
  if (requirement === undefined || scenario === undefined) throw new Error('ERR-02 is not there');
  const open = openCase(requirement);
  const losses = new Losses();
  for (const trace of [...heard, ...lossy]) losses.add(trace);
  for (const trace of heard) addTrace(open, trace);
  const exerciseOf = ({ path, input }: Trace): Exercise => ({
    scenario,
    binding: undefined,
    turn: { binding: undefined, isFirst: true },
    path,
    input,
  });
  await confirm(open, {
    exerciseOf,
    facts: malformed('0', 400).target,
    executor: {
      execute: ({ path }) => Promise.resolve(malformed(path, comesAgain.includes(path) ? 500 : 400)),
    },
    seed: 1,
    losses,
    signal: new AbortController().signal,
    isReplay: false,
    onRepeated: () => undefined,
  });
  const [found] = confirmationsOf(open, losses);
  return found === undefined ? undefined : `${found.type} ${found.suspicion.trace.path}`;
};

void t.test('a finding that always occurs is not hidden by one that occurred once', async (t) => {
  t.equal(await confirmed([malformed('0', 500), malformed('18', 500)], ['18']), 'confirmed 18');
  t.equal(await confirmed([malformed('0', 500), malformed('18', 500)], []), 'flaky 0');
  t.equal(await confirmed([malformed('0', 500), malformed('18', 400)], ['0']), 'confirmed 0');
  t.equal(await confirmed([malformed('0', 400)], []), undefined);
});

void t.test('a finding that was seen in three exercises counts as confirmed', async (t) => {
  t.equal(await confirmed([malformed('0', 500), malformed('1', 500), malformed('2', 500)], []), 'confirmed 0');
});

void t.test('what is seen while connections are lost has to come again', async (t) => {
  const lossy = new HandMadeTrace({ name: 'read' }, 'request-mode');
  lossy.exchange('read', 'GET /Users', { failure: { code: 'no-connection', message: 'refused' } });
  const heard = [malformed('0', 500), malformed('1', 500), malformed('2', 500)];
  t.equal(await confirmed(heard, [], [lossy.at('0')]), 'unknown 0');
  t.equal(await confirmed(heard, ['1'], [lossy.at('0')]), 'confirmed 1');
});

const partsOf = (outcomes: number, change: (index: number) => object = () => ({})) =>
  Array.from({ length: 3 }, (_, index) => {
    const report = mixedRun();
    const [first, ...rest] = report.requirements.map((result) => ({ ...result, outcome: 'pass' as const }));
    if (first === undefined || report.target === undefined) throw new Error('the sample is empty');
    const flaky = {
      ...first,
      outcome: 'inconclusive' as const,
      reason: 'flaky',
      evidence: evidenceOf({ level: 'MUST', exercises: 1, again: ['it did not come again'] }),
    };
    return {
      ...report,
      settings: { ...report.settings, shard: { index: index + 1, of: 3 } },
      requirements: [index < outcomes ? flaky : first, ...rest],
      target: { ...report.target, ...change(index) },
    };
  });

void t.test('what each part of a run saw once, the whole has seen as often as there are parts', (t) => {
  const [often] = mergeReports(partsOf(3)).requirements;
  t.match(often, { outcome: 'fail', reason: undefined, evidence: { exercises: 3, again: undefined } });
  const [seldom] = mergeReports(partsOf(2)).requirements;
  t.match(seldom, { outcome: 'inconclusive', evidence: { exercises: 2 } });
  t.end();
});

void t.test('parts that found different targets are not the parts of one run', (t) => {
  t.throws(() => mergeReports(partsOf(0, (index) => (index === 1 ? { bindings: {} } : {}))), MergeError);
  t.doesNotThrow(() => mergeReports(partsOf(0)));
  t.end();
});
