import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import t, { type Test } from 'tap';
import { startMock } from '../../../mock/index.js';
import { runCli } from '../../harness/run-cli.js';

t.setTimeout(300_000);

/** A recorded run, and two keys that anybody may read. */
const recorded = async (t: Test) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'scim-conformance-'));
  const file = (name: string): string => path.join(folder, name);
  const mock = await startMock({ retryAfterSeconds: 0 });
  t.teardown(() => mock.stop());
  const ran = await runCli(
    [
      '--target',
      mock.url,
      '--suite',
      'CORE',
      '--burst',
      '0',
      '--json',
      file('run.json'),
      '--trace',
      file('run.ndjson'),
    ],
    { env: { SCIM_TOKEN: mock.tokens.primary } },
  );
  t.equal(ran.code, 0, ran.stderr);
  const ours = generateKeyPairSync('ed25519');
  const others = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  await writeFile(file('private.pem'), ours.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  await writeFile(file('public.jwk'), JSON.stringify(ours.publicKey.export({ format: 'jwk' })));
  await writeFile(file('other.pem'), others.publicKey.export({ type: 'spki', format: 'pem' }));
  return file;
};

void t.test('a run is signed; signature, digests and verdict are checked', async (t) => {
  const file = await recorded(t);
  const signed = await runCli([
    'report',
    file('run.json'),
    '--attest',
    file('private.pem'),
    '--trace',
    file('run.ndjson'),
  ]);
  t.equal(signed.code, 0, signed.stderr);
  const verify = (key: string, report = 'run.json', trace = 'run.ndjson') =>
    runCli(['verify', file('run.json.jws'), '--key', file(key), '--report', file(report), '--trace', file(trace)]);

  const good = await verify('public.jwk');
  t.equal(good.code, 0, good.stdout);
  t.match(
    good.stdout,
    /^ok {5}signed: run [0-9a-f]{8} of .*, conformant\nok {5}report and trace are those that were signed\nok {5}the trace, judged again, is conformant in every requirement of the report\n$/,
  );

  const foreign = await verify('other.pem');
  t.equal(foreign.code, 1);
  t.match(foreign.stdout, /^not ok the key did not sign this attestation/);

  // The same report with other white space is the same; one with another outcome is not.
  const report = JSON.parse(await readFile(file('run.json'), 'utf8')) as {
    requirements: { id: string; outcome: string }[];
  };
  await writeFile(file('spaced.json'), JSON.stringify(report, null, 7));
  t.equal((await verify('public.jwk', 'spaced.json')).code, 0);
  const [first] = report.requirements;
  if (first !== undefined) first.outcome = 'fail';
  await writeFile(file('changed.json'), JSON.stringify(report));
  const changed = await verify('public.jwk', 'changed.json');
  t.equal(changed.code, 1);
  t.match(
    changed.stdout,
    /\nnot ok not as it was signed: report\nnot ok the trace, judged again, is conformant; .*other outcomes: CORE-01\n$/,
  );

  await writeFile(file('longer.ndjson'), `${await readFile(file('run.ndjson'), 'utf8')}\n`);
  const longer = await verify('public.jwk', 'run.json', 'longer.ndjson');
  t.match(longer.stdout, '\nnot ok not as it was signed: trace\n');
});

void t.test('mistakes of the user are told, and no key is shown', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'scim-conformance-'));
  const key = path.join(folder, 'key.pem');
  await writeFile(key, 'a text that is secret');
  const unreadable = await runCli([
    'verify',
    'none.jws',
    '--key',
    key,
    '--report',
    'none.json',
    '--trace',
    'none.ndjson',
  ]);
  t.equal(unreadable.code, 2);
  t.match(unreadable.stderr, /none\.json could not be read/);
  const alone = await runCli(['report', 'none.json', '--attest', key]);
  t.equal(alone.code, 2);
  t.notMatch(alone.stderr, 'a text that is secret');
});
