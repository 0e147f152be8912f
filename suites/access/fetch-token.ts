/** Fetches an access token from a token endpoint (RFC 6749 §4.4), with a clear error if it gives none. */
import * as oauth from 'oauth4webapi';
import type { HttpAnswer, Transport } from '../client/transport.js';
import type { OAuthClient } from '../provider/target.js';
import { NoAccessToken } from '../errors/errors.js';

export interface AccessToken {
  readonly token: string;
  /** Milliseconds; undefined if the endpoint does not say. */
  readonly lifetimeMs: number | undefined;
}

const loopback: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** Whether the secret of a client may be sent to this URL: only over TLS, or to this machine. */
export const isSafeTokenUrl = (url: string): boolean => {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && loopback.includes(hostname));
};

const longest = 300;

/** The text of an error in printable ASCII (RFC 6749 §5.2): other characters are replaced, and a long text is cut. */
const printable = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, longest) : undefined;

const responseOf = (answer: HttpAnswer & { type: 'response' }): Response => {
  const isEmpty = [204, 205, 304].includes(answer.status);
  const headers = new Headers(answer.headers.map(([name, value]): [string, string] => [name, value]));
  // The status shows a challenge as well, and with this field the library would not read the error in the body.
  headers.delete('www-authenticate');
  return new Response(isEmpty ? null : answer.body, { status: answer.status, headers });
};

/** The fields of the token request; some, such as audience, are extensions of single endpoints. */
const parametersOf = ({ scope, audience, parameters = {} }: OAuthClient): Record<string, string> => ({
  ...parameters,
  ...(scope === undefined ? {} : { scope }),
  ...(audience === undefined ? {} : { audience }),
});

const refusal = (error: unknown, status: number | undefined, { tokenUrl }: OAuthClient): NoAccessToken => {
  if (status !== undefined && status >= 500)
    return new NoAccessToken(
      'token-endpoint-unreachable',
      `The token endpoint ${tokenUrl} answered ${status}. Try again later.`,
    );
  if (error instanceof oauth.ResponseBodyError) {
    const description = printable(error.error_description);
    return new NoAccessToken(
      'token-refused',
      `The token endpoint ${tokenUrl} gave no token: ${printable(error.error) ?? 'no reason'}${description === undefined ? '' : ` (${description})`}, with status ${error.status}. Check clientId, the client’s secret, clientAuthentication and scope.`,
    );
  }
  const why = error instanceof Error ? (printable(error.message) ?? error.name) : String(error);
  return new NoAccessToken(
    'token-refused',
    `The token endpoint ${tokenUrl} answered ${status ?? 'nothing'} without a token: ${why}. A bearer token in JSON was expected (RFC 6749 §5.1): check tokenUrl.`,
  );
};

/** Rejects with NoAccessToken. */
export const fetchToken = async (
  settings: OAuthClient,
  transport: Transport,
  signal: AbortSignal,
): Promise<AccessToken> => {
  const { tokenUrl, clientId, clientSecret, clientAuthentication } = settings;
  if (!isSafeTokenUrl(tokenUrl))
    throw new NoAccessToken(
      'unsafe-token-url',
      `The client’s secret is not sent to ${tokenUrl}: https was expected, or this machine itself.`,
    );
  const server = { issuer: new URL(tokenUrl).origin, token_endpoint: tokenUrl };
  const client = { client_id: clientId };
  const authenticate =
    clientAuthentication === 'post' ? oauth.ClientSecretPost(clientSecret) : oauth.ClientSecretBasic(clientSecret);
  let status: number | undefined;
  try {
    const response = await oauth.clientCredentialsGrantRequest(server, client, authenticate, parametersOf(settings), {
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- loopback only, as isSafeTokenUrl demands
      [oauth.allowInsecureRequests]: tokenUrl.startsWith('http:'),
      [oauth.customFetch]: async (url, { method, headers, body }) => {
        const sent = { method, url, headers: Object.entries(headers), body: body.toString() };
        const answer = await transport.send(sent, signal);
        if (answer.type === 'failure')
          throw new NoAccessToken(
            'token-endpoint-unreachable',
            `The token endpoint ${tokenUrl} could not be reached: ${answer.message}.`,
          );
        status = answer.status;
        return responseOf(answer);
      },
    });
    const {
      access_token: token,
      token_type: type,
      expires_in: seconds,
    } = await oauth.processClientCredentialsResponse(server, client, response);
    // RFC 6750 §2.1; a token with a line break would add a header field.
    if (type !== 'bearer' || !/^[A-Za-z0-9\-._~+/]+=*$/.test(token))
      throw new Error('it is not a bearer token (RFC 6750)');
    return { token, lifetimeMs: seconds === undefined ? undefined : seconds * 1000 };
  } catch (error) {
    throw error instanceof NoAccessToken ? error : refusal(error, status, settings);
  }
};
