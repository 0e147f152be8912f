/** Error codes of sockets, TLS and undici are hard to understand: this explains them, with a hint where one helps. */

const trusted = '--insecure accepts it, or tls.ca in a target file names its issuer';

const reasons: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there (connection refused)',
  ECONNRESET: 'the connection was closed without an answer',
  UND_ERR_SOCKET: 'the connection was closed without a whole answer',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name could not be looked up',
  DEPTH_ZERO_SELF_SIGNED_CERT: `its TLS certificate is self-signed (${trusted})`,
  SELF_SIGNED_CERT_IN_CHAIN: `its TLS certificate chain is self-signed (${trusted})`,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: `its TLS certificate cannot be verified (${trusted})`,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: `the issuer of its TLS certificate is not known (${trusted})`,
  CERT_HAS_EXPIRED: 'its TLS certificate has expired (--insecure accepts it)',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its TLS certificate is for another host (--insecure accepts it)',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS there (http instead of https?)',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: 'it demands a client certificate (tls in a target file names one)',
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE:
    'it ended the TLS handshake; it may demand a client certificate (tls in a target file names one)',
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: 'it does not accept the client certificate',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: 'it does not accept the client certificate',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: 'the client certificate has expired',
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: 'it does not know who issued the client certificate',
};

/** Codes of connections that were lost: the request may have arrived. All others in the table mean that there was none. */
const lost: readonly string[] = ['ECONNRESET', 'UND_ERR_SOCKET'];

/** Further codes of connections that could not be made. */
const notMade: readonly string[] = ['UND_ERR_CONNECT_TIMEOUT', 'EHOSTUNREACH', 'ENETUNREACH'];

/** `no-connection`: there was no connection, so that the request certainly did not reach the target. */
export const codeOfFailure = (error: unknown): 'connection' | 'no-connection' => {
  if (error instanceof AggregateError) return codeOfFailure(error.errors[0]);
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  return notMade.includes(code) || (code in reasons && !lost.includes(code)) ? 'no-connection' : 'connection';
};

/** The reason why there was no answer, in words for the user. */
export const describeFailure = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // Node joins the errors of several addresses in an AggregateError that has no message.
  if (error instanceof AggregateError) return describeFailure(error.errors[0]);
  return reasons[code] ?? (error.message === '' ? error.name : error.message);
};
