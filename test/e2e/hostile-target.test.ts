import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import t from 'tap';
import { alwaysKept } from '../../suites/client/body-budget.js';
import { formats } from '../../reports/formats.js';
import { runSuite } from '../../suites/index.js';
import { inspect, mebibyte, mostOfReport, secrets } from '../harness/inspect.js';
import { refusals } from '../harness/report-refusals.js';
import { runCli } from '../harness/run-cli.js';
import { startHostileTarget } from '../providers/hostile-target.js';
import { poison } from '../providers/poison.js';

t.setTimeout(600_000);

void t.test('what the command line writes of a hostile target is whole, well-formed and harmless', async (t) => {
  const target = await startHostileTarget(12);
  t.teardown(() => target.stop());
  const folder = await mkdtemp(path.join(tmpdir(), 'scim-conformance-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const names = Object.keys(formats) as (keyof typeof formats)[];
  const { code, stdout, stderr } = await runCli(
    [
      ...['--target', target.url, '--token', secrets.token, '--second-token', secrets.second],
      // What the target answers depends on the order of the requests, so that they come one after the other.
      ...['--runs', '1', '--seed', '1', '--only', 'CORE-02', 'CORE-03', '--concurrency', '1'],
      ...names.filter((name) => name !== 'json').flatMap((name) => ['--report', `${name}=${path.join(folder, name)}`]),
      ...['--json', path.join(folder, 'json'), '--trace', path.join(folder, 'trace')],
    ],
    { isAlone: true },
  );
  t.equal(code, 1, stderr);
  t.strictSame((await readdir(folder)).toSorted(), [...names, 'trace'].toSorted(), 'no draft is left');
  for (const name of names) {
    const text = inspect(t, name, await readFile(path.join(folder, name)), mostOfReport);
    t.equal(refusals[name](text), undefined, `${name} is well-formed`);
  }
  inspect(t, 'trace', await readFile(path.join(folder, 'trace')), 2 * 64 * mebibyte);
  t.equal(refusals.tap(inspect(t, 'standard output', Buffer.from(stdout), mostOfReport)), undefined);
  inspect(t, 'standard error', Buffer.from(stderr), 4096);
});

void t.test('messages about a target that cannot be tested are harmless, too', async (t) => {
  const server = createServer((request, response) => {
    const echo = encodeURIComponent(request.headers.authorization ?? '');
    response.writeHead(302, { Location: `https://evil.example/${poison.markup}?t=${echo}\u009b31m` }).end(poison.ansi);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  const { port } = server.address() as AddressInfo;
  const target = `http://127.0.0.1:${port}/scim`;
  const { code, stdout, stderr } = await runCli(['--target', target, '--token', secrets.token]);
  t.equal(code, 3);
  t.match(stderr, /was redirected \(302\) to https:\/\/evil\.example\//);
  inspect(t, 'standard output', Buffer.from(stdout), 4096);
  inspect(t, 'standard error', Buffer.from(stderr), 4096);
});

void t.test('hundreds of answers of 10 MB use limited memory, and nothing crashes', async (t) => {
  const target = await startHostileTarget(1);
  t.teardown(() => target.stop());
  const keptBytes = 2 * mebibyte;
  let exchanges = 0;
  let kept = 0;
  let cut = 0;
  const report = await runSuite({
    target: { baseUrl: target.url, token: secrets.token },
    seed: 1,
    runs: 1,
    burst: 0,
    deadlineMs: 2000,
    maxRequests: 400,
    keptBytes,
    onEvent: (event) => {
      if (event.type !== 'exercised') return;
      for (const entry of event.trace.entries) {
        if (entry.type !== 'exchange' || entry.response === undefined) continue;
        exchanges += 1;
        kept += Buffer.byteLength(entry.response.body);
        if (entry.response.truncated) cut += 1;
      }
    },
  });
  t.equal(report.counts['harness-error'], 0);
  t.equal(target.flooded() > 300, true, `${target.flooded()} answers of 10 MB`);
  t.equal(cut > 200, true, `${cut} of ${exchanges} answers were cut`);
  t.equal(kept <= keptBytes + exchanges * alwaysKept, true, `${kept} bytes were kept of ${exchanges} answers`);
});
