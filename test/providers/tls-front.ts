/** A TLS proxy in front of a provider. A client with a certificate gets the token that belongs to it. */
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import { request as sendRequest } from 'undici';
import type { Identity } from './certificates.js';

export interface TlsFrontOptions {
  /** SCIM base URL of the provider behind it. */
  readonly behind: string;
  readonly identity: Identity;
  /** Issuer of the certificates that it accepts, in PEM. */
  readonly ca: string;
  /** Whether a connection without a certificate ends with the handshake; otherwise it only brings no token. */
  readonly demandsCertificate: boolean;
  /** Tokens by the name in the certificate. */
  readonly tokens: Readonly<Record<string, string>>;
}

export interface TlsFront {
  /** SCIM base URL. */
  readonly url: string;
  /** For each forwarded request the name in the client certificate; empty if there was none. */
  readonly names: readonly string[];
  stop(): Promise<void>;
}

/** The name in the client certificate of a connection; empty if there is none. */
const nameOf = (socket: unknown): string => {
  const certificate = socket instanceof TLSSocket && socket.authorized ? socket.getPeerX509Certificate() : undefined;
  return /^CN=(.*)$/m.exec(certificate?.subject ?? '')?.[1] ?? '';
};

export const startTlsFront = async (options: TlsFrontOptions): Promise<TlsFront> => {
  const { behind, identity, ca, demandsCertificate, tokens } = options;
  const names: string[] = [];
  const origin = new URL(behind).origin;
  let own = '';
  const server = createServer(
    { ...identity, ca, requestCert: true, rejectUnauthorized: demandsCertificate },
    (incoming, outgoing) => {
      const name = nameOf(incoming.socket);
      names.push(name);
      const token = tokens[name];
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => void pass(Buffer.concat(chunks)));
      const pass = async (body: Buffer): Promise<void> => {
        const headers = { ...incoming.headers };
        for (const own of ['host', 'connection', 'transfer-encoding']) Reflect.deleteProperty(headers, own);
        const answer = await sendRequest(`${origin}${incoming.url ?? '/'}`, {
          method: incoming.method ?? 'GET',
          headers: { ...headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
          ...(body.length === 0 ? {} : { body }),
        });
        const text = (await answer.body.text()).replaceAll(origin, own);
        const { location, ...others } = answer.headers;
        outgoing.writeHead(answer.statusCode, {
          ...others,
          ...(typeof location === 'string' ? { location: location.replace(origin, own) } : {}),
          ...(answer.headers['content-length'] === undefined ? {} : { 'content-length': Buffer.byteLength(text) }),
        });
        outgoing.end(text);
      };
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  own = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${own}${new URL(behind).pathname}`,
    names,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
