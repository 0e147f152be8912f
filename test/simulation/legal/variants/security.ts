/** Credentials, challenges, and who may see what. */
import { header } from '../../../../schemas/names.js';
import { bodyOf } from '../../../../mock/faults/answers.js';
import type { Handler } from '../../../../suites/index.js';
import { inField, lines, where, withFields } from '../answers.js';
import { changing, withOptions, type Variant } from '../variant.js';

const challenge = (change: (value: string) => string): Variant['make'] =>
  changing(inField(header.wwwAuthenticate, change));

const field = (request: { headers: readonly (readonly [string, string])[] }, name: string) =>
  request.headers.find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1];

export const securityVariants: readonly Variant[] = [
  {
    name: '400-to-an-empty-token',
    source: 'RFC 6750 §3.1 (the request is malformed)',
    make: changing((answer, request) =>
      answer.status === 401 && /^Bearer\s*$/i.test(request.field(header.authorization) ?? '')
        ? { ...answer, status: 400, body: { ...bodyOf(answer), status: '400' } }
        : answer,
    ),
  },
  {
    name: 'several-challenges-in-one-field',
    source: 'RFC 9110 §11.6.1',
    make: challenge((value) => `Negotiate, Basic realm="scim, and more", ${value}`),
    only: ['challenge'],
  },
  {
    name: 'several-challenges-in-several-lines',
    source: 'RFC 9110 §11.6.1, §5.3',
    make: () => ({
      wire: lines((all) =>
        all.flatMap(([name, value]) =>
          name.toLowerCase() === 'www-authenticate'
            ? [
                ['WWW-Authenticate', 'Basic realm="scim"'],
                [name, value],
              ]
            : [[name, value]],
        ),
      ),
    }),
    only: ['challenge'],
  },
  {
    name: 'challenge-without-parameters-in-lower-case',
    source: 'RFC 9110 §11.1 (schemes are case-insensitive), RFC 6750 §3',
    make: challenge(() => 'bearer'),
    only: ['challenge'],
  },
  {
    name: 'challenge-with-every-parameter',
    source: 'RFC 6750 §3, RFC 9728 §5.1',
    make: challenge(
      () =>
        'Bearer realm="scim", scope="scim.read scim.write", error="invalid_token", error_description="The access token expired", error_uri="https://docs.example/errors#401", resource_metadata="https://api.example/.well-known/oauth-protected-resource"',
    ),
    only: ['challenge'],
  },
  {
    name: '403-to-a-stranger',
    source: 'RFC 7644 §3.12, SEC-03 (403 or 404)',
    make: changing((answer, { path, client }) =>
      answer.status === 404 && client === 'second' && /\/(status|async\/[^/]+)$/.test(path)
        ? { ...answer, status: 403, body: { ...bodyOf(answer), status: '403' } }
        : answer,
    ),
  },
  {
    name: 'no-optional-features',
    source: 'profile §2 (features are optional)',
    make: withOptions({ features: [] }),
    only: ['features'],
    lacks: ['status tokens'],
  },
  {
    name: 'only-cancel',
    source: 'profile §2 (features are optional)',
    make: withOptions({ features: ['cancel'] }),
    only: ['features'],
    lacks: ['status tokens'],
  },
  {
    name: 'status-token-with-an-offset-in-its-expiry',
    source: 'TOK-01 (`expiresAt` is a date-time), RFC 3339 §5.6',
    binding: 'request-mode',
    needs: ['status tokens'],
    make: changing(
      where(
        (answer) => bodyOf(answer).statusToken !== undefined,
        (answer) => {
          const { statusToken } = bodyOf(answer);
          const token = bodyOf({ status: 200, headers: {}, body: statusToken });
          const at = Date.parse(String(token.expiresAt));
          const expiresAt = `${new Date(at - 5 * 3_600_000).toISOString().slice(0, -1)}-05:00`;
          return { ...answer, body: { ...bodyOf(answer), statusToken: { ...token, expiresAt, scope: 'status' } } };
        },
      ),
    ),
  },
  {
    name: '401-to-a-status-token-at-another-place',
    source: 'TOK-02 (401 or 403), RFC 6750 §3.1',
    binding: 'request-mode',
    needs: ['status tokens'],
    make: changing((answer, request) =>
      answer.status === 403 && /^Bearer +status-/.test(request.field(header.authorization) ?? '')
        ? withFields(
            { ...answer, status: 401, body: { ...bodyOf(answer), status: '401' } },
            { [header.wwwAuthenticate]: 'Bearer realm="scim", error="insufficient_scope"' },
          )
        : answer,
    ),
  },
  {
    name: 'discovery-without-credential',
    source: 'profile §7.13',
    make: () => ({
      wire: (next: Handler): Handler => {
        let good: string | undefined;
        return async (request) => {
          if (request.method !== 'GET' || !/\/(ServiceProviderConfig|Schemas|ResourceTypes)/.test(request.url))
            return next(request);
          const reply = await next(request);
          if ('failure' in reply || reply.status !== 401) {
            good ??= field(request, 'authorization');
            return reply;
          }
          return good === undefined
            ? reply
            : next({
                ...request,
                headers: [...request.headers.filter(([n]) => !/^authorization$/i.test(n)), ['Authorization', good]],
              });
        };
      },
    }),
  },
];
