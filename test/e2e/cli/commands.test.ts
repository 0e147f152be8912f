import { mkdtemp, readFile, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Parser } from 'tap-parser';
import t from 'tap';
import { startMock } from '../../../mock/index.js';
import { validate } from '../../../schemas/validators.js';
import { defaultProfile } from '../../../suites/index.js';
import { runCli, targetFlags } from '../../harness/run-cli.js';

const { requirements } = defaultProfile;

t.jobs = 3;
t.setTimeout(300_000);

const tapOf = (text: string): { ok: boolean; count: number; strictFailures: number } => {
  const parser = new Parser({ strict: true });
  parser.end(text);
  const results = parser.results;
  return { ok: results?.ok ?? false, count: results?.count ?? 0, strictFailures: results?.failures.length ?? 0 };
};

void t.test(
  'a run against the mock is conformant: exit code 0, strict TAP 14, a valid report, nothing left',
  async (t) => {
    const mock = await startMock({ retryAfterSeconds: 0 });
    t.teardown(() => mock.stop());
    const folder = await mkdtemp(path.join(tmpdir(), 'scim-conformance-'));
    const json = path.join(folder, 'report.json');
    const { code, stdout, stderr } = await runCli(
      ['--target', mock.url, '--json', json, '--seed', '7', '--runs', '1', '--burst', '100'],
      {
        isAlone: true,
        env: { SCIM_TOKEN: mock.tokens.primary, SCIM_SECOND_TOKEN: mock.tokens.second },
      },
    );
    t.equal(code, 0, stderr);
    t.match(stdout, /^TAP version 14\n/);
    t.match(stdout, /# verdict: conformant\n/);
    t.strictSame(tapOf(stdout), { ok: true, count: requirements.length, strictFailures: 0 });
    const report = await readFile(json, 'utf8');
    const validation = validate('files/report', JSON.parse(report));
    t.ok(validation.valid, JSON.stringify(validation));
    t.strictSame(await readdir(folder), ['report.json'], 'no draft is left');
    for (const secret of [mock.tokens.primary, mock.tokens.second]) {
      t.notOk(`${stdout}${stderr}${report}`.includes(secret), 'no secret in any output');
    }
    t.match(await mock.snapshot(), { users: 0, groups: 0, pending: 0 });
  },
);

void t.test('a failure gives exit code 1 and a failed test point with evidence, in strict TAP', async (t) => {
  const mock = await startMock({
    retryAfterSeconds: 0,
    seams: {
      respond: (answer) =>
        answer.status === 201
          ? {
              ...answer,
              headers: { 'Content-Type': 'application/scim+json' },
              body: { ...(answer.body as object), displayName: 'a # b \\ \u001b[31m\n' },
            }
          : answer,
    },
  });
  t.teardown(() => mock.stop());
  const { code, stdout } = await runCli([...targetFlags(mock), '--suite', 'DISC', '--only', 'CORE-02']);
  t.equal(code, 1);
  t.match(stdout, /\nnot ok \d+ - CORE-02 /);
  t.match(stdout, /expected: "a Location field with the URI of the resource"/);
  t.match(
    stdout,
    /replay: "scim-conformance --target \S+ --only CORE-02 --seed \d+ --path resource-lifecycle\/[\d:]+ --profile \S+ --max-time 300 --timeout 10 /,
  );
  t.match(stdout, /curl: "curl -i --path-as-is -X POST .*\$SCIM_TOKEN/);
  t.notOk(stdout.includes('\u001b'), 'what the target sent is data');
  t.equal(tapOf(stdout).count, 5);
  t.equal(tapOf(stdout).strictFailures, 1);
});

void t.test('a failure replays with the command that was printed', async (t) => {
  const mock = await startMock({
    retryAfterSeconds: 0,
    seams: {
      respond: (answer, { path: at, method }) =>
        method === 'GET' && at.startsWith('/Users/') && answer.status === 200
          ? { ...answer, body: { ...(answer.body as object), externalId: 'other' } }
          : answer,
    },
  });
  t.teardown(() => mock.stop());
  const token = ['--token', mock.tokens.primary];
  const asked = ['--observe', 'poll', '--set-poll', `${mock.url}/events/poll`, '--deadline', '30', '--runs', '1'];
  const first = await runCli(['--target', mock.url, ...token, '--only', 'CORE-03', '--seed', '3', ...asked]);
  t.equal(first.code, 1);
  const [, replay = ''] = /replay: "scim-conformance ([^"]*)"/.exec(first.stdout) ?? [];
  t.match(replay, /--path \S+ .*--deadline 30 .*--observe poll --set-poll \S+\/events\/poll/);
  const second = await runCli([...replay.split(' '), ...token]);
  t.equal(second.code, 1);
  const input = (text: string): string | undefined => /actual: (".*")/.exec(text)?.[1];
  t.equal(input(second.stdout), input(first.stdout));
  t.match(second.stdout, /not ok 1 - CORE-03/);
});

void t.test('Ctrl-C in the middle: exit code 130, a report, and nothing left on the target', async (t) => {
  const mock = await startMock({ retryAfterSeconds: 0, operationMillis: 60 });
  t.teardown(() => mock.stop());
  const folder = await mkdtemp(path.join(tmpdir(), 'scim-conformance-'));
  const json = path.join(folder, 'report.json');
  let interrupted = false;
  const look = async (): Promise<void> => {
    // In the middle: there are users on the target.
    if ((await mock.snapshot()).users < 5 || interrupted) return;
    interrupted = true;
    child?.kill('SIGINT');
  };
  const watch = setInterval(() => void look(), 5);
  t.teardown(() => clearInterval(watch));
  let child: { kill(signal: 'SIGINT'): boolean } | undefined;
  const { code, stdout } = await runCli([...targetFlags(mock), '--json', json], {
    onOutput: (_stdout, running) => {
      child = running;
    },
  });
  t.ok(interrupted);
  t.equal(code, 130);
  t.match(stdout, /# verdict: interrupted\n/);
  t.equal((JSON.parse(await readFile(json, 'utf8')) as { verdict: string }).verdict, 'interrupted');
  t.match(await mock.snapshot(), { users: 0, pending: 0 });
});

void t.test('a second Ctrl-C ends the run at once, and shows how to delete its resources', async (t) => {
  let [requests, isThrottling] = [0, false];
  const mock = await startMock({
    retryAfterSeconds: 0,
    operationMillis: 60,
    rateLimit: { capacity: 1, refillPerSecond: 0.001 },
    seams: { bucketOf: () => (isThrottling ? 'empty' : `of request ${(requests += 1)}`) },
  });
  t.teardown(() => mock.stop());
  let child: { kill(signal: 'SIGINT'): boolean } | undefined;
  const look = async (): Promise<void> => {
    if (!isThrottling && (await mock.snapshot()).users < 5) return;
    // Everything that is deleted after the first signal has to wait.
    isThrottling = true;
    await fetch(`${mock.url}/ServiceProviderConfig`, { headers: { Authorization: `Bearer ${mock.tokens.primary}` } });
    child?.kill('SIGINT');
  };
  const watch = setInterval(() => void look(), 20);
  t.teardown(() => clearInterval(watch));
  const { code, stderr } = await runCli(targetFlags(mock), {
    onOutput: (_stdout, running) => {
      child = running;
    },
  });
  t.equal(code, 130);
  clearInterval(watch);
  isThrottling = false;
  const [, run = ''] = /Delete them with: scim-conformance clean --target \S+ --run ([0-9a-f]{8})/.exec(stderr) ?? [];
  t.ok((await mock.snapshot()).users > 0);
  const cleaned = await runCli(['clean', ...targetFlags(mock), '--run', run]);
  t.equal(cleaned.code, 0, cleaned.stderr);
  t.match(await mock.snapshot(), { users: 0 });
});

void t.test('a path that names nothing is a mistake that leaves nothing behind', async (t) => {
  const mock = await startMock({ retryAfterSeconds: 0 });
  t.teardown(() => mock.stop());
  const target = [...targetFlags(mock), '--seed', '1', '--path'];
  const nonsense = await runCli([...target, 'nonsense/1']);
  t.equal(nonsense.code, 2);
  t.match(nonsense.stderr, /«nonsense\/1» names no scenario of this version/);
  const far = await runCli([...target, 'duplicate-user/999']);
  t.equal(far.code, 2);
  t.match(far.stderr, /names no input: duplicate-user has \d+ on this target/);
  t.match(await mock.snapshot(), { users: 0, groups: 0, pending: 0 });
});

void t.test('a second token that is invalid, or equal to the first, is reported and not judged', async (t) => {
  const mock = await startMock({ retryAfterSeconds: 0 });
  t.teardown(() => mock.stop());
  const target = [...targetFlags(mock), '--only', 'SEC-03', '--second-token'];
  const wrong = await runCli([...target, 'nobody']);
  t.equal(wrong.code, 3);
  t.match(wrong.stderr, /was answered 401 with the second credential, and not with the first.*Check --second-token/);
  const same = await runCli([...target, mock.tokens.primary]);
  t.equal(same.code, 2);
  t.match(same.stderr, /second/);
});

void t.test(
  'a request limit that ends the run before it began is reported, and is not a failure of the target',
  async (t) => {
    const mock = await startMock({ retryAfterSeconds: 0 });
    t.teardown(() => mock.stop());
    const { code, stdout } = await runCli([...targetFlags(mock), '--max-requests', '3']);
    t.equal(code, 3);
    t.match(stdout, /# verdict: not-testable\n[^]*--max-requests allows 3/);
  },
);

void t.test('list shows every requirement, and says which are not implemented', async (t) => {
  const { code, stdout } = await runCli(['list']);
  t.equal(code, 0);
  t.equal(stdout.trim().split('\n').length, requirements.length);
  t.match(stdout, /^STAT-03 +MUST +total = success \+ failed \+ pending$/m);
  const unjudged = [...stdout.matchAll(/^(\S+) .* \(not implemented\)$/gm)].map(([, id]) => id);
  t.strictSame(
    unjudged,
    requirements.flatMap(({ id, judging }) => (judging === undefined ? [id] : [])),
  );
  const json = await runCli(['list', '--suite', 'ACC', '--json']);
  t.strictSame(
    (JSON.parse(json.stdout) as { id: string }[]).map(({ id }) => id),
    ['ACC-01', 'ACC-02', 'ACC-03', 'ACC-04', 'ACC-05', 'ACC-06', 'ACC-07'],
  );
});

void t.test('explain shows the requirement, its source and its guide, whatever the case of the id', async (t) => {
  const { code, stdout } = await runCli(['explain', 'core-02']);
  t.equal(code, 0);
  t.match(stdout, /^CORE-02 \(MUST\)\n/);
  t.match(stdout, /RFC 7644 §3\.3 {2}https:\/\/www\.rfc-editor\.org\/rfc\/rfc7644#section-3\.3/);
  t.match(stdout, /resource-lifecycle: /);
});

void t.test('mock serves until it is stopped', async (t) => {
  const { code, stdout } = await runCli(['mock', '--token', 'mock-token', '--quiet'], {
    onOutput: (text, child) => {
      const url = /The mock listens at (\S+)/.exec(text)?.[1];
      if (url === undefined) return;
      void fetch(`${url}/ServiceProviderConfig`, { headers: { Authorization: 'Bearer mock-token' } }).then(
        ({ status }) => {
          t.equal(status, 200);
          child.kill('SIGTERM');
        },
      );
    },
  });
  t.equal(code, 0);
  t.notMatch(stdout, /mock-token/, 'a token that was given is not repeated');
});

void t.test('mock --ops says where its operator can watch it', async (t) => {
  const { code, stdout } = await runCli(['mock', '--ops', '--quiet'], {
    onOutput: (text, child) => {
      const [, page, metrics] =
        /Watch it on this machine at:\n {2}(\S+)\nIts metrics are at:\n {2}(\S+)\n/.exec(text) ?? [];
      if (page === undefined || metrics === undefined) return;
      void Promise.all([page, metrics].map((url) => fetch(url).then(({ status }) => status))).then((statuses) => {
        t.strictSame(statuses, [200, 200]);
        child.kill('SIGTERM');
      });
    },
  });
  t.equal(code, 0);
  t.match(stdout, /\/metrics\n$/);
});

void t.test('mock on a port that is in use reports it', async (t) => {
  const mock = await startMock();
  t.teardown(() => mock.stop());
  const { code, stderr } = await runCli(['mock', '--port', String(mock.port)]);
  t.equal(code, 2);
  t.match(stderr, /port \d+ is in use: choose another one with --port/);
});
