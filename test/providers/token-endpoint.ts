/** A token endpoint (RFC 6749 §3.2) that answers as a test tells it, and remembers what it was asked. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TokenRequest {
  readonly authorization: string | undefined;
  readonly fields: Readonly<Record<string, string>>;
}

export interface TokenAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, a string as it is. */
  readonly body: unknown;
}

export interface TokenEndpoint {
  readonly url: string;
  readonly requests: readonly TokenRequest[];
  /** From now on. */
  answerBy(answer: (request: TokenRequest) => TokenAnswer): void;
  stop(): Promise<void>;
}

/** An answer with a token. */
export const tokenAnswer = (token: string, others: Readonly<Record<string, unknown>> = {}): TokenAnswer => ({
  body: { access_token: token, token_type: 'Bearer', ...others },
});

export const startTokenEndpoint = async (initially: (request: TokenRequest) => TokenAnswer): Promise<TokenEndpoint> => {
  const requests: TokenRequest[] = [];
  let answerTo = initially;
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      const { authorization } = request.headers;
      const asked = { authorization, fields: Object.fromEntries(new URLSearchParams(text)) };
      requests.push(asked);
      const { status = 200, headers = {}, body } = answerTo(asked);
      response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`,
    requests,
    answerBy: (answer) => {
      answerTo = answer;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
