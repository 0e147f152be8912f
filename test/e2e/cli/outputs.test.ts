/** The files that a run writes, whatever they are: devices, pipes, links, and disks that are full. */
import { execFileSync } from 'node:child_process';
import { createReadStream, lstatSync, mkdtempSync, readFileSync, statSync } from 'node:fs';
import { chmod, link, mkdir, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import t from 'tap';
import { startMock } from '../../../mock/index.js';
import { runCli, targetFlags } from '../../harness/run-cli.js';
import { schemaRefusal, traceRefusal } from '../../harness/valid.js';

t.setTimeout(300_000);

const mock = await startMock({ retryAfterSeconds: 0, rateLimit: false });
t.teardown(() => mock.stop());

/** A short run. */
const run = [...targetFlags(mock), '--only', 'CORE-01', '--burst', '0', '--seed', '1'];

const folderOf = (): string => mkdtempSync(path.join(tmpdir(), 'scim-outputs-'));

const reportIn = (file: string): { verdict: string } => {
  const report = JSON.parse(readFileSync(file, 'utf8')) as { verdict: string };
  t.equal(schemaRefusal('files/report', report), undefined);
  return report;
};

void t.test('a full disk loses its own report only, and every failure is told', async (t) => {
  const folder = folderOf();
  const at = (name: string): string => path.join(folder, name);
  await symlink('/dev/full', at('full.html'));
  const { code, stderr } = await runCli(
    [
      ...run,
      ...['--json', '/dev/full', '--report', `html=${at('full.html')}`, '--report', `junit=${at('junit.xml')}`],
      ...['--trace', at('trace.ndjson'), '--events', at('events.ndjson'), '--write-baseline', at('known.json')],
    ],
    { isAlone: true },
  );
  t.equal(code, 2);
  t.match(stderr, /--json \/dev\/full could not be written: ENOSPC/);
  t.match(stderr, /--report html \S*full\.html could not be written: ENOSPC/);
  t.match(readFileSync(at('junit.xml'), 'utf8'), /<testsuites/);
  t.equal(traceRefusal(readFileSync(at('trace.ndjson'), 'utf8')), undefined);
  t.match(readFileSync(at('events.ndjson'), 'utf8'), /"type":"run-finished"/);
  t.match(readFileSync(at('known.json'), 'utf8'), /"known"/);
  t.ok(lstatSync('/dev/full').isCharacterDevice(), 'the device is still there');
});

void t.test('a trace that cannot be written costs no report', async (t) => {
  const json = path.join(folderOf(), 'report.json');
  const { code, stderr } = await runCli([...run, '--trace', '/dev/full', '--json', json], { isAlone: true });
  t.equal(code, 2);
  t.match(stderr, /--trace \/dev\/full could not be written: ENOSPC/);
  t.equal(reportIn(json).verdict, 'conformant');
});

for (const name of ['/dev/stdout', '/dev/fd/1', '-']) {
  void t.test(`${name} is standard output, and nothing else is written there`, async (t) => {
    const { code, stdout } = await runCli([...run, '--json', name], { isAlone: true });
    t.equal(code, 0);
    t.match(JSON.parse(stdout), { verdict: 'conformant' });
    const { stdout: lines } = await runCli([...run, '--events', name], { isAlone: true });
    for (const line of lines.trimEnd().split('\n')) t.equal(schemaRefusal('files/event', JSON.parse(line)), undefined);
    t.match(lines, /"type":"run-started".*\n.*\n/);
  });
}

void t.test('what cannot be written to standard output is an error of its own', (t) => {
  const command = [process.execPath, 'dist/bin/scim-conformance.js', ...run, '--json', '-'];
  const shell = `"$@" > /dev/full; echo "exit code $?" >&2`;
  const result = execFileSync('sh', ['-c', `{ ${shell}; } 2>&1`, 'sh', ...command], { encoding: 'utf8' });
  t.match(result, /could not be written: .*ENOSPC/);
  t.match(result, /exit code 2/);
  t.end();
});

void t.test('a link stays a link, and a file keeps its permissions', async (t) => {
  const folder = folderOf();
  const at = (name: string): string => path.join(folder, name);
  await mkdir(at('elsewhere'));
  await writeFile(at('elsewhere/report.json'), 'old');
  await chmod(at('elsewhere/report.json'), 0o600);
  await symlink('elsewhere/report.json', at('report.json'));
  await symlink('elsewhere/new.md', at('new.md'));
  const { code, stderr } = await runCli([...run, '--json', at('report.json'), '--report', `markdown=${at('new.md')}`]);
  t.equal(code, 0, stderr);
  t.ok(lstatSync(at('report.json')).isSymbolicLink());
  t.equal(reportIn(at('elsewhere/report.json')).verdict, 'conformant');
  t.equal(statSync(at('elsewhere/report.json')).mode & 0o777, 0o600);
  t.match(readFileSync(at('elsewhere/new.md'), 'utf8'), /^## /);
});

void t.test('a file that has another name, too, is the same file afterwards', async (t) => {
  const folder = folderOf();
  const [json, other] = ['report.json', 'other.json'].map((name) => path.join(folder, name)) as [string, string];
  await writeFile(other, 'old');
  await link(other, json);
  t.equal((await runCli([...run, '--json', json])).code, 0);
  t.equal(reportIn(other).verdict, 'conformant');
});

void t.test('a pipe is written to its reader', async (t) => {
  const folder = folderOf();
  const [report, events] = ['report', 'events'].map((name) => path.join(folder, name)) as [string, string];
  execFileSync('mkfifo', [report, events]);
  const read = Promise.all([report, events].map((file) => text(createReadStream(file))));
  const { code, stderr } = await runCli([...run, '--report', `markdown=${report}`, '--events', events], {
    isAlone: true,
  });
  t.equal(code, 0, stderr);
  const [written, lines] = await read;
  t.match(written, /^## /);
  t.match(lines, /"type":"run-finished"/);
  for (const file of [report, events]) t.ok(lstatSync(file).isFIFO());
});

void t.test('what cannot be written is found out before the run', async (t) => {
  const folder = folderOf();
  const socket = path.join(folder, 'socket');
  const server = createServer().listen(socket);
  await new Promise((resolve) => server.once('listening', resolve));
  t.teardown(() => server.close());
  const notes = path.join(folder, 'notes.txt');
  await writeFile(notes, 'buy milk');
  const json = path.join(folder, 'report.json');
  const same = path.join(folder, 'same.json');
  await symlink('report.json', same);
  const wrong: [string[], RegExp][] = [
    [['--json', path.join(folder, 'none', 'a.json')], /the folder \S+none does not exist or is not writable/],
    [['--trace', folder], /--trace \S+ is a folder, but a file was expected/],
    [['--events', socket], /--events \S+ is a socket/],
    [['--write-baseline', notes], /--write-baseline \S+ is not JSON/],
    [['--json', json, '--trace', same], /--json and --trace cannot be written to the same file/],
    [['--json', '-', '--events', '/dev/stdout'], /--json and --events cannot be written to the same file/],
  ];
  for (const [flags, says] of wrong) {
    const { code, stderr, stdout } = await runCli([...run, ...flags]);
    t.equal(code, 2);
    t.match(stderr, says);
    t.equal(stdout, '', 'no run was begun');
  }
});
