/** However a run ends, it cleans up and reports if it can; and an error of this tool is never a failure of the target. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import t, { type Test } from 'tap';
import { startMock } from '../../../mock/index.js';
import { runCli, spawnCli, targetFlags } from '../../harness/run-cli.js';

t.setTimeout(600_000);

const folderOf = (): string => mkdtempSync(path.join(tmpdir(), 'scim-ends-'));

/** A mock that calls `then` once, in the middle of a run: when so many users were created. */
const startTarget = async (t: Test, then: () => void, users = 8) => {
  let created = 0;
  const mock = await startMock({
    retryAfterSeconds: 0,
    rateLimit: false,
    seams: {
      respond: (answer, { method, path: at }) => {
        if (method === 'POST' && at === '/Users' && answer.status === 201 && (created += 1) === users) then();
        return answer;
      },
    },
  });
  t.teardown(() => mock.stop());
  return mock;
};

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const streamOf = (child: ChildProcess, name: 'stdout' | 'stderr'): Promise<string> => {
  const stream = child[name];
  return stream === null ? Promise.resolve('') : text(stream).catch(() => '');
};

const endOf = async (child: ChildProcess): Promise<Ended> => {
  const [stdout, stderr] = [streamOf(child, 'stdout'), streamOf(child, 'stderr')];
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout: await stdout, stderr: await stderr };
};

const verdictIn = (file: string): unknown => (JSON.parse(readFileSync(file, 'utf8')) as { verdict: unknown }).verdict;

/** Runs against a mock, and calls `then` with the process in the middle of the run. */
const interruptedRun = async (
  t: Test,
  then: (child: ChildProcess) => void,
  { flags = [], env = {} }: { flags?: string[]; env?: Record<string, string> } = {},
) => {
  const folder = folderOf();
  const [json, trace] = ['report.json', 'trace.ndjson'].map((name) => path.join(folder, name)) as [string, string];
  const mock = await startTarget(t, () => then(child));
  const child = spawnCli([...targetFlags(mock), '--json', json, '--trace', trace, '--burst', '0', ...flags], env);
  return { mock, json, trace, child, ended: await endOf(child) };
};

for (const signal of ['SIGHUP', 'SIGTERM'] as const) {
  void t.test(`${signal}: exit code 130, a report, and nothing left on the target`, async (t) => {
    const { mock, json, ended } = await interruptedRun(t, (child) => child.kill(signal));
    t.equal(ended.code, 130, ended.stderr);
    t.equal(verdictIn(json), 'interrupted');
    t.match(await mock.snapshot(), { users: 0, groups: 0 });
  });
}

void t.test('a hang-up that comes twice is no second thought', async (t) => {
  const { mock, json, ended } = await interruptedRun(t, (child) => {
    child.kill('SIGHUP');
    child.stderr?.once('data', () => child.kill('SIGHUP'));
  });
  t.equal(ended.code, 130, ended.stderr);
  t.equal(verdictIn(json), 'interrupted');
  t.match(await mock.snapshot(), { users: 0, groups: 0 });
});

for (const name of ['stderr', 'stdout'] as const) {
  void t.test(`a reader of ${name} that has gone costs neither the report nor the clean-up`, async (t) => {
    const { mock, json, ended } = await interruptedRun(t, (child) => {
      child[name]?.destroy();
      // It is told on standard error that the run ends, and TAP goes to standard output.
      child.kill('SIGINT');
    });
    t.equal(ended.code, 130, ended.stderr);
    t.equal(verdictIn(json), 'interrupted');
    t.match(await mock.snapshot(), { users: 0, groups: 0 });
  });
}

/** Makes the process throw where nobody waits for it. */
const mistake = `data:text/javascript,process.on('SIGUSR2',()=>{throw new TypeError('a mistake of ours')})`;

void t.test('an uncaught error ends with 2 and never with 1, and the run is cleaned up and reported', async (t) => {
  const { mock, json, ended } = await interruptedRun(t, (child) => child.kill('SIGUSR2'), {
    env: { NODE_OPTIONS: `--import=${JSON.stringify(mistake)}` },
  });
  t.equal(ended.code, 2, ended.stderr);
  t.match(ended.stderr, /internal error: TypeError: a mistake of ours/);
  t.equal(verdictIn(json), 'error');
  t.match(await mock.snapshot(), { users: 0, groups: 0 });
});

void t.test('an error in the installation ends with 2, too', async (t) => {
  const hook = path.join(folderOf(), 'hook.mjs');
  writeFileSync(
    hook,
    `import { register } from 'node:module';
register('data:text/javascript,' + encodeURIComponent(\`
  export const resolve = (specifier, context, next) => {
    if (specifier.endsWith('/main.js')) throw new Error('it is not there');
    return next(specifier, context);
  };
\`));`,
  );
  const ended = await endOf(spawnCli(['list'], { NODE_OPTIONS: `--import=${hook}` }));
  t.equal(ended.code, 2, ended.stderr);
  t.match(ended.stderr, /it is not there/);
});

void t.test(
  'kill -9: the trace can be judged as far as it goes, and «clean» deletes what the run has left',
  async (t) => {
    const { mock, trace, ended } = await interruptedRun(t, (child) => child.kill('SIGKILL'));
    t.equal(ended.code, null);
    const [, run = ''] = /# scim-conformance \S+, profile \S+, run ([0-9a-f]{8})/.exec(ended.stdout) ?? [];
    t.not(run, '', 'the id of the run was shown at its beginning');
    t.not((await mock.snapshot()).users, 0);
    const judged = await runCli(['judge', trace]);
    t.equal(judged.code, 130, judged.stderr);
    t.match(judged.stdout, /# verdict: interrupted/);
    t.match(judged.stdout, new RegExp(`, run ${run}`));
    const cleaned = await runCli(['clean', '--run', run, ...targetFlags(mock)]);
    t.equal(cleaned.code, 0, cleaned.stderr);
    t.match(await mock.snapshot(), { users: 0, groups: 0 });
  },
);

void t.test('without TAP, the id of the run is told on standard error before anything is created', async (t) => {
  let stderr = '';
  let before = '';
  const mock = await startTarget(t, () => (before = stderr), 1);
  const json = path.join(folderOf(), 'report.json');
  const child = spawnCli([
    ...targetFlags(mock),
    '--report',
    'pretty=-',
    '--json',
    json,
    '--only',
    'CORE-03',
    '--burst',
    '0',
  ]);
  child.stderr.setEncoding('utf8').on('data', (more: string) => (stderr += more));
  await once(child, 'close');
  const { run } = JSON.parse(readFileSync(json, 'utf8')) as { run: string };
  t.match(before, `run ${run} against ${mock.url}`);
});
