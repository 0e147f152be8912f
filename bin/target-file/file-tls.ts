/**
 * Reads the certificate, the private key and the trusted issuers that a target file names, and checks them before the
 * run.
 */
import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import type { TargetFile, TargetTls } from '../../schemas/types.js';
import type { TargetDescription } from '../../suites/index.js';
import { UsageError } from '../usage/usage-error.js';
import { secretFrom, textFrom, type Surroundings } from './secret-source.js';

type Tls = NonNullable<TargetDescription['tls']>;

const why = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The certificates in a PEM file. Throws UsageError if there is no certificate, or one cannot be read. */
const certificatesIn = (text: string, what: string): X509Certificate[] => {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0)
    throw new UsageError(
      `${what} contains no certificate: a PEM file was expected, which begins with -----BEGIN CERTIFICATE-----`,
    );
  try {
    return blocks.map((block) => new X509Certificate(block));
  } catch (error) {
    throw new UsageError(`${what} contains a certificate that cannot be read: ${why(error)}`);
  }
};

/** Throws UsageError. */
const keyIn = (text: string, passphrase: string | undefined, what: string): KeyObject => {
  const isEncrypted = /^-----BEGIN ENCRYPTED |^Proc-Type: 4,ENCRYPTED/m.test(text);
  if (isEncrypted && passphrase === undefined)
    throw new UsageError(
      `${what} is encrypted: set tls.keyPassphraseEnv to the name of the environment variable that contains its passphrase`,
    );
  try {
    return createPrivateKey({ key: text, format: 'pem', ...(passphrase === undefined ? {} : { passphrase }) });
  } catch (error) {
    throw new UsageError(
      isEncrypted
        ? `${what} cannot be decrypted with the passphrase in tls.keyPassphraseEnv (${why(error)})`
        : `${what} contains no private key: a PEM file was expected, which begins for example with -----BEGIN PRIVATE KEY----- (${why(error)})`,
    );
  }
};

const clientOf = (
  { cert, key, keyPassphraseEnv }: TargetTls & { cert: string; key: string },
  surroundings: Surroundings,
): Omit<Tls, 'ca'> => {
  const { file } = surroundings;
  const text = { cert: textFrom(cert, 'tls.cert', file), key: textFrom(key, 'tls.key', file) };
  const passphrase =
    keyPassphraseEnv === undefined
      ? undefined
      : secretFrom({ env: keyPassphraseEnv }, 'tls.keyPassphraseEnv', surroundings);
  const [own] = certificatesIn(text.cert, `${cert}, which tls.cert of ${file} names,`);
  const privateKey = keyIn(text.key, passphrase, `${key}, which tls.key of ${file} names,`);
  if (own?.checkPrivateKey(privateKey) === false)
    throw new UsageError(
      `the key in ${key} does not belong to the first certificate in ${cert} (tls in ${file}): the first certificate has to be the client’s own`,
    );
  return { ...text, ...(passphrase === undefined ? {} : { passphrase }) };
};

/**
 * The certificate that connections present and the issuers that they trust; undefined if the file says nothing about
 * it. Throws UsageError.
 */
export const tlsOfFile = ({ tls }: TargetFile, surroundings: Surroundings): Tls | undefined => {
  if (tls === undefined) return undefined;
  const { cert, key, ca } = tls;
  const issuers = ca === undefined ? undefined : textFrom(ca, 'tls.ca', surroundings.file);
  if (issuers !== undefined) certificatesIn(issuers, `${ca ?? ''}, which tls.ca of ${surroundings.file} names,`);
  return {
    ...(issuers === undefined ? {} : { ca: issuers }),
    ...(cert === undefined || key === undefined ? {} : clientOf({ ...tls, cert, key }, surroundings)),
  };
};
