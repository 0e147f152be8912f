import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { parse } from 'yaml';
import { startMock } from '../../mock/index.js';
import { action, actionText, runAction, type ActionRun, type Step } from './run-action.js';

const realCli = fileURLToPath(new URL('../../dist/bin/scim-conformance.js', import.meta.url));

interface Recorded {
  readonly args: string[];
  readonly token: string | undefined;
  readonly secondToken: string | undefined;
  readonly spare: string | undefined;
}

/** A checkout of the action that is built already: a command line that notes how it was called, and then does `then`. */
const checkout = (folder: string, then: string): { actionPath: string; calls: () => Recorded[] } => {
  const notes = path.join(folder, 'calls.ndjson');
  mkdirSync(path.join(folder, 'dist', 'bin'), { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(
    path.join(folder, 'dist', 'bin', 'scim-conformance.js'),
    `import { appendFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
const args = process.argv.slice(2);
const { SCIM_TOKEN: token, SCIM_SECOND_TOKEN: secondToken, TOKEN: spare } = process.env;
appendFileSync(${JSON.stringify(notes)}, JSON.stringify({ args, token, secondToken, spare }) + '\\n');
${then}
`,
  );
  return {
    actionPath: folder,
    calls: () =>
      existsSync(notes)
        ? readFileSync(notes, 'utf8')
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as Recorded)
        : [],
  };
};

/** The built command line. */
const real = `const { status } = spawnSync(process.execPath, [${JSON.stringify(realCli)}, ...args], { stdio: 'inherit' });
process.exitCode = status;`;

const codesOf = ({ codes }: ActionRun): (number | undefined)[] => Object.values(codes);

const expressions = (text: string): string[] =>
  [...text.matchAll(/\$\{\{\s*(.*?)\s*\}\}/g)].map(([, expression]) => expression ?? '');

void t.test('the action declares exactly the inputs that it uses, and no script contains an expression', (t) => {
  const { steps, using } = action.runs;
  t.equal(using, 'composite');
  const used = new Set([...actionText.matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name));
  t.strictSame([...used].sort(), Object.keys(action.inputs).sort());
  const outputs = [...actionText.matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)];
  for (const [text, id, name] of outputs) {
    const before = steps.find((step) => step.id === id);
    t.equal(before?.run?.includes(`"${name ?? ''}=`), true, `${text} is written by its step`);
  }
  for (const step of steps) {
    if (step.run === undefined) continue;
    t.strictSame(expressions(step.run), [], `${step.name} takes nothing but variables`);
    t.equal(step.shell, 'bash');
    const variables = Object.keys(step.env ?? {});
    for (const name of variables) t.equal(step.run.includes(`$${name}`) || step.run.includes(`\${${name}`), true, name);
  }
  t.end();
});

void t.test('the example workflow gives the action what it takes, and holds no expression in a script', (t) => {
  const file = new URL('../../docs/examples/github-workflow.yml', import.meta.url);
  const workflow = parse(readFileSync(file, 'utf8')) as { jobs: Record<string, { steps: Step[] }> };
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
  for (const step of steps) t.strictSame(expressions(step.run ?? ''), []);
  const ours = steps.filter(({ uses }) => uses?.includes('/scim-conformance@') === true);
  t.equal(ours.length, 1);
  for (const name of Object.keys(ours[0]?.with ?? {})) t.equal(name in action.inputs, true, name);
  t.equal(ours[0]?.with?.token, '${{ secrets.SCIM_TOKEN }}');
  t.end();
});

void t.test('inputs are data: no shell reads them, and no credential is on the command line', async (t) => {
  const { actionPath, calls } = checkout(t.testdir(), 'process.exitCode = 3;');
  const run = await runAction({
    actionPath,
    inputs: {
      target: 'https://h.example/$(touch forged)`touch forged`"; touch forged; "',
      token: 'first-secret',
      'second-token': 'second-secret',
      baseline: 'known failures.json',
      config: '',
      'fail-on': 'should',
      args: '--suite STAT\n\n  --header X-Tenant: a * b; touch forged\n--read-only\n--only $(touch forged)',
    },
  });
  t.strictSame(readdirSync(run.workspace), []);
  const [call] = calls();
  t.equal(calls().length, 1, 'without a report there is nothing to annotate');
  t.strictSame(call?.args.slice(10), [
    '--target',
    'https://h.example/$(touch forged)`touch forged`"; touch forged; "',
    '--baseline',
    'known failures.json',
    '--fail-on',
    'should',
    '--suite',
    'STAT',
    '--header',
    'X-Tenant: a * b; touch forged',
    '--read-only',
    '--only',
    '$(touch forged)',
  ]);
  t.strictSame([call?.token, call?.secondToken, call?.spare], ['first-secret', 'second-secret', undefined]);
  t.equal(run.log.includes('secret'), false);
  t.equal(run.outputs['exit-code'], '3');
  t.strictSame(codesOf(run), [0, 0, 0, 0, undefined, 3]);
});

void t.test(
  'without a token as input, the token of the environment is used; an empty token counts as none',
  async (t) => {
    const { actionPath, calls } = checkout(t.testdir(), '');
    await runAction({ actionPath, inputs: { target: 'https://h.example' }, env: { SCIM_TOKEN: 'from-outside' } });
    await runAction({ actionPath, inputs: { target: 'https://h.example', token: '' } });
    t.strictSame(
      calls().map(({ token }) => token),
      ['from-outside', undefined],
    );
  },
);

void t.test(
  'an action that is not built yet is built first, and an error of that is an error of the tool',
  async (t) => {
    const folder = t.testdir({ bin: {}, good: {}, bad: {} });
    const npm = path.join(folder, 'bin', 'npm');
    writeFileSync(
      npm,
      `#!/bin/sh
echo "npm $*"
[ "$(basename "$PWD")" = good ] || exit 7
if [ "$*" = "run build" ]; then mkdir -p dist/bin && echo 'console.log("built")' > dist/bin/scim-conformance.js; fi
`,
    );
    chmodSync(npm, 0o755);
    const env = { PATH: `${path.join(folder, 'bin')}:${process.env.PATH ?? ''}` };
    const good = await runAction({ actionPath: path.join(folder, 'good'), inputs: {}, env });
    t.match(good.log, /^npm ci --include=dev .*\nnpm run build\n/);
    t.match(good.log, '\nbuilt\n');
    t.equal(good.codes['End as the run did'], 0);

    const bad = await runAction({ actionPath: path.join(folder, 'bad'), inputs: {}, env });
    t.strictSame(codesOf(bad), [7, undefined, 0, 0, undefined, 2]);
    t.match(bad.summary, 'wrote no report');
  },
);

void t.test('against a provider: passes if it conforms, and otherwise fails with all reports', async (t) => {
  const { actionPath } = checkout(t.testdir(), real);
  const args = '--only ACC-04\n--runs 1\n--burst 0\n--seed 42';
  const runAgainst = async (faults: string[]): Promise<ActionRun> => {
    const mock = await startMock({ retryAfterSeconds: 0, rateLimit: false, faults });
    try {
      return await runAction({
        actionPath,
        inputs: { target: mock.url, token: mock.tokens.primary, 'second-token': mock.tokens.second, args },
      });
    } finally {
      await mock.stop();
    }
  };
  const good = await runAgainst([]);
  t.equal(good.codes['End as the run did'], 0, good.log);
  t.match(good.summary, /^## ✅ Asynchronous SCIM: conformant\n/);
  t.notMatch(good.log, /^::(error|warning)/m);

  const bad = await runAgainst(['one-status-for-all-creates']);
  t.equal(bad.codes['End as the run did'], 1, bad.log);
  t.equal(bad.outputs['exit-code'], '1');
  t.match(bad.summary, /^## ❌ Asynchronous SCIM: non-conformant\n/);
  t.match(bad.summary, '<summary><b>ACC-04</b>');
  t.match(bad.log, /^::error title=ACC-04::/m);
  const [, stop = ''] = /^::stop-commands::([0-9a-f]{32})$/m.exec(bad.log) ?? [];
  t.equal(bad.log.includes(`\n::${stop}::\n`), true, 'commands are read again after what the target said');
  t.equal(bad.log.indexOf('✗ ACC-04') < bad.log.indexOf(`\n::${stop}::\n`), true);
  const { reports = '' } = bad.outputs;
  t.match(readFileSync(path.join(reports, 'junit.xml'), 'utf8'), '<failure type="MUST"');
  t.equal((JSON.parse(readFileSync(path.join(reports, 'report.json'), 'utf8')) as { exitCode: number }).exitCode, 1);
  t.match(readFileSync(path.join(reports, 'report.html'), 'utf8'), /<title>Not conformant/);
  t.strictSame(
    bad.uses.map((use) => [use.action, use.with.name]),
    [['actions/upload-artifact@v4', 'scim-conformance']],
  );
  t.match(bad.uses[0]?.with.path, `${reports}/report.json\n`);
});
