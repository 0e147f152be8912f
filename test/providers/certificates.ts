/**
 * Certificates for TLS tests. They are made when they are needed, so that the repository contains none that expires.
 */
import selfsigned from 'selfsigned';

export interface Identity {
  /** PEM. */
  readonly cert: string;
  /** PEM; encrypted if a passphrase is given. */
  readonly key: string;
}

export interface Issuer {
  readonly cert: string;
  /** For a server at 127.0.0.1. */
  server(): Promise<Identity>;
  client(name: string, passphrase?: string): Promise<Identity>;
}

type Options = NonNullable<Parameters<typeof selfsigned.generate>[1]>;

const generate = async (commonName: string, options: Options): Promise<Identity> => {
  const made = await selfsigned.generate([{ name: 'commonName', value: commonName }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ...options,
  });
  return { cert: made.cert, key: made.private };
};

export const createIssuer = async (): Promise<Issuer> => {
  const { cert, key } = await generate('Issuer of a test', {
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const ca = { cert, key };
  return {
    cert,
    server: () =>
      generate('127.0.0.1', {
        ca,
        extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
      }),
    client: (name, passphrase) => generate(name, { ca, ...(passphrase === undefined ? {} : { passphrase }) }),
  };
};
