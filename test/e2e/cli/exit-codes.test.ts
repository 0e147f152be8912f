import { readFileSync } from 'node:fs';
import t from 'tap';
import { runStateOf } from '../../unit/engine/run-state.js';
import type { RequirementResult } from '../../../schemas/types.js';
import type { RunState } from '../../../suites/engine/verdict/run-state.js';
import { judgeRun } from '../../../suites/engine/verdict/verdict.js';
import type { Report } from '../../../suites/index.js';
import { runSuite } from '../../harness/run-suite.js';
import { runCli } from '../../harness/run-cli.js';

t.setTimeout(60_000);

const readJson = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));

const schema = readJson('../../../schemas/files/report.json') as {
  properties: { exitCode: { enum: number[] } };
  $defs: { verdict: { enum: Report['verdict'][] } };
};

const codes = schema.properties.exitCode.enum;

/** Rows of the table in README.md: code, verdicts, meaning. */
const documented = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, code, verdicts] = /^\| (\d+) +\| ((?:`[a-z-]+`(?:, )?)+) *\|/.exec(line) ?? [];
    return code === undefined || verdicts === undefined
      ? []
      : [{ code: Number(code), verdicts: [...verdicts.matchAll(/`([a-z-]+)`/g)].map(([, verdict]) => verdict ?? '') }];
  });

const state = (outcome: RequirementResult['outcome'], more: Partial<RunState> = {}): RunState =>
  runStateOf([{ id: 'CORE-01', level: 'MUST', title: 'x', source: [], outcome, exercised: 1 }], more);

void t.test('the codes in README, in --help and in the schema of a report are the same', async (t) => {
  t.strictSame(
    documented.map(({ code }) => code),
    codes,
  );
  const { stdout } = await runCli(['--help']);
  const said = /Exit codes: ([^]*)\.\s*$/.exec(stdout)?.[1] ?? '';
  t.strictSame(
    said.split(';').map((part) => Number(/\d+/.exec(part)?.[0])),
    codes,
  );
});

void t.test('every verdict is in the table once, with the code that the suite gives it', async (t) => {
  t.strictSame(documented.flatMap(({ verdicts }) => verdicts).toSorted(), schema.$defs.verdict.enum.toSorted());
  const given = [
    judgeRun(state('pass')),
    judgeRun(state('fail')),
    judgeRun(state('harness-error')),
    judgeRun(state('inconclusive')),
    judgeRun(
      runStateOf(
        [
          { id: 'CORE-01', level: 'MUST', title: 'x', source: [], outcome: 'pass', exercised: 1 },
          { id: 'ACC-01', level: 'MUST', title: 'x', source: [], outcome: 'inconclusive', exercised: 0 },
        ],
        { carriers: { 'request-mode': ['ACC-01'], 'respond-async': [] } },
      ),
    ),
    judgeRun(state('pass', { endedBy: 'run-interrupted' })),
    // Nothing listens there.
    await runSuite({ target: { baseUrl: 'http://127.0.0.1:9/scim' } }),
  ];
  t.strictSame(given.map(({ verdict }) => verdict).toSorted(), schema.$defs.verdict.enum.toSorted());
  for (const { verdict, exitCode } of given) {
    t.equal(documented.find(({ verdicts }) => verdicts.includes(verdict))?.code, exitCode, verdict);
  }
});

void t.test('the process ends with the code of its report', async (t) => {
  t.equal((await runCli(['--target', 'http://127.0.0.1:9/scim'], { isAlone: true })).code, 3);
  t.equal((await runCli(['--no-such-flag'], { isAlone: true })).code, 2);
  t.equal((await runCli(['list'], { isAlone: true })).code, 0);
});
