/** The client certificate for mutual TLS (RFC 8705 §2), and the issuers that are trusted. */
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';

/** Everything in PEM. */
export interface ClientTls {
  /** The certificate of the client, followed by the intermediate ones; needs `key`. */
  readonly cert?: string;
  readonly key?: string;
  /** Decrypts the key, if it is encrypted. */
  readonly passphrase?: string;
  /** Issuers that are trusted in addition to those that Node trusts. */
  readonly ca?: string;
}

/** Throws if the parts do not fit each other. `show`: whether the connection shows the client certificate. */
export const secureContextOf = (
  { cert, key, passphrase, ca }: ClientTls,
  show: 'certificate' | 'no certificate',
): SecureContext =>
  createSecureContext({
    ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
    ...(show === 'certificate' ? { cert, key, passphrase } : {}),
  });
