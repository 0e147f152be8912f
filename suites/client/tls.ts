/** What a connection over TLS shows of us (mutual TLS, RFC 8705 §2), and whom it trusts. */
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';

/** Everything in PEM. */
export interface ClientTls {
  /** The client's certificate, and those between it and its issuer's; with `key`. */
  readonly cert?: string;
  readonly key?: string;
  /** Opens the key, where it is encrypted. */
  readonly passphrase?: string;
  /** Issuers that are trusted beside those that Node trusts. */
  readonly ca?: string;
}

/** Throws where the parts do not fit one another. `show`: whether the client says who it is. */
export const secureContextOf = (
  { cert, key, passphrase, ca }: ClientTls,
  show: 'certificate' | 'no certificate',
): SecureContext =>
  createSecureContext({
    ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
    ...(show === 'certificate' ? { cert, key, passphrase } : {}),
  });
