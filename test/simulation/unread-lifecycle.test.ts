import t from 'tap';
import type { Match } from '../../mock/faults/answers.js';
import { mockProvider } from '../../simulation/index.js';
import { alwaysKept } from '../../suites/client/body-budget.js';
import { defaultProfile, findProfile, type RunOptions } from '../../suites/index.js';
import { simulate } from '../harness/simulate.js';

t.setTimeout(600_000);

const isStatus: Match = ({ status }, { method, path }) =>
  method === 'GET' && status === 200 && path.endsWith('/status');
const isResult: Match = ({ status }, { path }) => status === 200 && path.startsWith('/async/');

/** Runs against a right provider of which the answers that match are longer than a run keeps. */
const runAgainst = async (
  binding: 'request-mode' | 'respond-async',
  isLong: Match,
  run: RunOptions['profile'] = defaultProfile,
) => {
  const { report } = await simulate({
    seed: 1,
    provider: mockProvider({
      seams: {
        respond: (answer, request) =>
          isLong(answer, request)
            ? {
                ...answer,
                text: `${answer.text ?? JSON.stringify(answer.body)}${' '.repeat(alwaysKept)}`,
                body: undefined,
              }
            : answer,
      },
    }),
    run: { binding, deadlineMs: 6000, keptBytes: 0, runs: 1, burst: 0, profile: run },
  });
  return report;
};

void t.test('status resources that cannot be read leave the verdict open', async (t) => {
  const { verdict, exitCode, reason, requirements } = await runAgainst('request-mode', isStatus);
  t.match({ verdict, exitCode }, { verdict: 'inconclusive', exitCode: 3 }, reason);
  for (const id of ['STAT-01', 'LIFE-01', 'LIFE-04', 'LIFE-06']) {
    t.match(
      requirements.find((each) => each.id === id),
      { outcome: 'inconclusive' },
      id,
    );
    t.match(reason, id);
  }
});

void t.test('results that cannot be read leave the verdict open', async (t) => {
  const { verdict, exitCode, reason } = await runAgainst('respond-async', isResult);
  t.match({ verdict, exitCode }, { verdict: 'inconclusive', exitCode: 3 }, reason);
  t.match(reason, /PREF-05/);
});

void t.test('in profile 1.0 such a target is not testable', async (t) => {
  const { verdict, exitCode, reason } = await runAgainst('request-mode', isStatus, findProfile('1.0'));
  t.match({ verdict, exitCode }, { verdict: 'not-testable', exitCode: 3 }, reason);
});
