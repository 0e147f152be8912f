import path from 'node:path';
import t, { type Test } from 'tap';
import { startMock } from '../../../mock/index.js';
import { createIssuer } from '../../providers/certificates.js';
import { startTlsFront } from '../../providers/tls-front.js';
import { runCli } from '../../harness/run-cli.js';

t.setTimeout(120_000);

const passphrase = 'top-secret';

/** A target file and, beside it, the files that it names. */
const fileOf = (t: Test, tls: unknown, others: Readonly<Record<string, string>>, target = 'https://127.0.0.1:9/scim') =>
  path.join(
    t.testdir({ 'target.json': JSON.stringify({ target, tls, only: ['SEC-01'], runs: 1, burst: 0 }), ...others }),
    'target.json',
  );

void t.test('certificates of a target file', async (t) => {
  const [mock, issuer] = await Promise.all([startMock({ retryAfterSeconds: 0 }), createIssuer()]);
  t.teardown(() => mock.stop());
  const [client, other, locked, identity] = await Promise.all([
    issuer.client('suite'),
    issuer.client('other'),
    issuer.client('suite', passphrase),
    issuer.server(),
  ]);
  const front = await startTlsFront({
    behind: mock.url,
    identity,
    ca: issuer.cert,
    demandsCertificate: false,
    tokens: { suite: mock.tokens.primary },
  });
  t.teardown(() => front.stop());
  const tls = { cert: 'client.crt', key: 'client.key' };
  const files = { 'client.crt': client.cert, 'client.key': client.key, 'other.key': other.key, 'text.pem': 'text' };
  const lockedFiles = { 'client.crt': locked.cert, 'client.key': locked.key };
  const lockedTls = { ...tls, keyPassphraseEnv: 'KEY_PASSPHRASE' };

  await t.test('open the way to the target, with a key that a passphrase opens', async (t) => {
    const content = { ...lockedTls, ca: 'issuer.pem' };
    const file = fileOf(t, content, { ...lockedFiles, 'issuer.pem': issuer.cert }, front.url);
    const { code, stdout, stderr } = await runCli(['--config', file], { env: { KEY_PASSPHRASE: passphrase } });
    t.equal(code, 0, stderr);
    t.match(stdout, /ok 1 - SEC-01/);
    t.ok(front.names.includes('suite'));
  });

  const mistakes: {
    name: string;
    tls: unknown;
    files: Readonly<Record<string, string>>;
    says: RegExp;
    env?: Readonly<Record<string, string>>;
    target?: string;
  }[] = [
    {
      name: 'a file that is not there',
      tls: { ...tls, key: 'nowhere.key' },
      files,
      says: /nowhere\.key, which tls\.key of .*target\.json names, could not be read: ENOENT/,
    },
    {
      name: 'a key of another certificate',
      tls: { ...tls, key: 'other.key' },
      files,
      says: /the key in other\.key does not belong to the first certificate in client\.crt/,
    },
    {
      name: 'a key in place of the certificate',
      tls: { ...tls, cert: 'client.key' },
      files,
      says: /client\.key, which tls\.cert of .* names, contains no certificate: a PEM file was expected/,
    },
    {
      name: 'a certificate in place of the key',
      tls: { ...tls, key: 'client.crt' },
      files,
      says: /client\.crt, which tls\.key of .* names, contains no private key: a PEM file was expected/,
    },
    {
      name: 'a certificate that is cut short',
      tls,
      files: { ...files, 'client.crt': client.cert.replace(/\n.*\n/, '\n') },
      says: /client\.crt, which tls\.cert of .* names, contains a certificate that cannot be read: /,
    },
    {
      name: 'issuers that are none',
      tls: { ca: 'text.pem' },
      files,
      says: /text\.pem, which tls\.ca of .* names, contains no certificate/,
    },
    {
      name: 'a key that is encrypted',
      tls,
      files: lockedFiles,
      says: /client\.key, which tls\.key of .* names, is encrypted: set tls\.keyPassphraseEnv/,
    },
    {
      name: 'a passphrase that is not set',
      tls: lockedTls,
      files: lockedFiles,
      says: /the environment variable KEY_PASSPHRASE, which tls\.keyPassphraseEnv of/,
    },
    {
      name: 'a wrong passphrase',
      tls: lockedTls,
      files: lockedFiles,
      env: { KEY_PASSPHRASE: 'wrong-secret' },
      says: /client\.key, which tls\.key of .* names, cannot be decrypted with the passphrase in tls\.keyPassphraseEnv/,
    },
    {
      name: 'a certificate without its key',
      tls: { cert: 'client.crt' },
      files,
      says: /\/tls: «key» is missing, which «cert» needs/,
    },
    {
      name: 'a target that speaks no TLS',
      tls,
      files,
      target: 'http://127.0.0.1:9/scim',
      says: /is not https, so that the certificate in tls\.cert would never be used/,
    },
  ];
  t.jobs = 4;
  for (const { name, tls, files, says, env = {}, target } of mistakes) {
    void t.test(`with ${name} are a usage error that is reported before the run`, async (t) => {
      const { code, stdout, stderr } = await runCli(['--config', fileOf(t, tls, files, target)], { env });
      t.equal(code, 2);
      t.equal(stdout, '');
      t.match(stderr, says);
      t.notMatch(stderr, /wrong-secret|PRIVATE KEY-----\n|\n {4}at /, 'no secret, no stack trace');
    });
  }
});
