import t from 'tap';
import { error, isAsync } from '../../mock/faults/answers.js';
import { mockProvider, type MockProviderOptions } from '../../simulation/index.js';
import { judgeRecording, readRecording, type RunOptions } from '../../suites/index.js';
import type { Report } from '../../schemas/types.js';
import { traceLines } from '../../reports/trace.js';
import { simulate } from '../harness/simulate.js';

t.setTimeout(600_000);

const run = async (
  scope: RunOptions['scope'],
  { only = [], mock = {}, onEvent }: Pick<RunOptions, 'onEvent'> & { only?: string[]; mock?: MockProviderOptions } = {},
): Promise<Report> => {
  const { report } = await simulate({
    seed: 5,
    provider: mockProvider({ maxOperations: 60, ...mock }),
    run: {
      runs: 2,
      burst: 300,
      only,
      ...(scope === undefined ? {} : { scope }),
      ...(onEvent === undefined ? {} : { onEvent }),
    },
  });
  return report;
};

const redIn = ({ requirements }: Report): string[] =>
  requirements.filter(({ outcome }) => ['fail', 'warning', 'harness-error'].includes(outcome)).map(({ id }) => id);

void t.test('scope sync: a provider of both is judged by its synchronous answers alone', async (t) => {
  const report = await run('sync');
  t.strictSame(redIn(report), []);
  t.match(report, {
    verdict: 'conformant',
    exitCode: 0,
    target: { scope: 'sync', bindings: {} },
    traffic: { submissions: 0, accepted: 0 },
    settings: { scope: 'sync' },
    leftovers: [],
  });
  t.ok(report.outOfScope?.includes('STAT-01'));
  t.equal(report.requirements.find(({ id }) => id === 'BULK-02')?.outcome, 'pass');
});

void t.test('without a wish, a provider that serves a binding is judged by everything', async (t) => {
  const report = await run(undefined, { only: ['MODE-01'] });
  t.match(report, { verdict: 'conformant', target: { scope: 'async' } });
  t.equal(report.outOfScope, undefined);
});

void t.test('scope all: synchronous bulk requests are judged beside asynchronous ones', async (t) => {
  const only = ['BULK-02', 'BULK-03', 'BULK-04', 'BULK-05', 'ERR-10'];
  t.strictSame(redIn(await run('all', { only })), []);
  // The answer is wrong for synchronous bulk requests alone.
  const mock: MockProviderOptions = {
    seams: {
      respond: (answer, request) =>
        answer.status === 413 && !isAsync(request) && request.field('prefer') === undefined ? error(400) : answer,
    },
  };
  const lines: string[] = [];
  const onEvent: RunOptions['onEvent'] = (event) => lines.push(traceLines(event));
  const report = await run('all', { only: ['BULK-04'], mock, onEvent });
  t.strictSame(redIn(report), ['BULK-04']);
  t.strictSame((await judgeRecording(readRecording(lines.join('')))).requirements, report.requirements);
  t.strictSame(redIn(await run('async', { only: ['BULK-04'], mock })), []);
});

void t.test('whoever asks for a binding that is not there does not get a synchronous verdict', async (t) => {
  const report = await run('async', {
    only: ['CORE-01', 'MODE-01'],
    mock: { seams: { respond: (answer) => (answer.status === 202 ? error(400) : answer) } },
  });
  t.equal(report.target?.scope, 'async');
});
