/** Security event tokens: their header, their claims, and the events in them. */
import { eventUri, urn } from '../../../../schemas/names.js';
import { member, without } from '../../../../mock/faults/answers.js';
import { isJson, type Json } from '../../../../mock/json.js';
import type { TokenHeader } from '../../../../mock/environment.js';
import { withOptions, withSeams, type Variant } from '../variant.js';

const inClaims = (change: (claims: Json) => Json): Variant['make'] =>
  withSeams(({ claimsOf }) => ({
    claimsOf: (claims, context) => {
      const honest = claimsOf(claims, context);
      return honest === undefined ? undefined : change(honest);
    },
  }));

const inHeader = (change: (header: TokenHeader) => TokenHeader): Variant['make'] =>
  withSeams(({ sign }) => ({
    sign: (claims, header, honestly) => sign(claims, change(header), honestly),
  }));

/** Changes the payload of completion events. */
const inCompletion = (change: (payload: Json, claims: Json) => Json): Variant['make'] =>
  inClaims((claims) => {
    const events = member(claims, 'events');
    const payload = events[eventUri.asyncResponse];
    return isJson(payload)
      ? { ...claims, events: { ...events, [eventUri.asyncResponse]: change(payload, claims) } }
      : claims;
  });

const all: readonly Omit<Variant, 'binding'>[] = [
  {
    name: 'tokens-without-a-type',
    source: 'RFC 8417 §2.3 (explicit typing is only recommended), RFC 7515 §4.1.9',
    make: inHeader(({ alg, kid }) => ({ alg, ...(kid === undefined ? {} : { kid }) })),
    only: ['type of tokens'],
  },
  {
    name: 'tokens-with-the-whole-media-type-as-their-type',
    source: 'RFC 7515 §4.1.9, RFC 8417 §2.3',
    make: inHeader((header) => ({ ...header, typ: 'application/secevent+jwt' })),
    only: ['type of tokens'],
  },
  {
    name: 'tokens-with-a-type-in-capitals',
    source: 'RFC 7515 §4.1.9 (media types are case-insensitive)',
    make: inHeader((header) => ({ ...header, typ: 'SecEvent+JWT' })),
    only: ['type of tokens'],
  },
  {
    name: 'tokens-that-name-no-key',
    source: 'RFC 7515 §4.1.4 (`kid` is optional)',
    make: inHeader(({ alg, typ }) => ({ alg, ...(typ === undefined ? {} : { typ }) })),
    only: ['key of tokens'],
  },
  {
    name: 'unsecured-tokens',
    source: 'RFC 8417 §2.4 (a SET may be unsecured), EVT-09 (a signed SET)',
    make: withOptions({ signing: 'none' }),
    only: ['key of tokens'],
  },
  {
    name: 'tokens-for-one-audience',
    source: 'RFC 7519 §4.1.3 (a string or a list)',
    make: inClaims((claims) => ({ ...claims, aud: 'https://receiver.example/Feeds/1' })),
    only: ['audience'],
  },
  {
    name: 'tokens-without-an-audience',
    source: 'RFC 8417 §2.2 (`aud` is only recommended)',
    make: inClaims((claims) => without(claims, 'aud')),
    only: ['audience'],
  },
  {
    name: 'an-issuer-that-is-no-url',
    source: 'RFC 7519 §4.1.1 (a StringOrURI), RFC 9967 §2.1',
    make: inClaims((claims) => ({ ...claims, iss: 'issuer.example.com' })),
  },
  {
    name: 'time-of-issue-with-a-fraction',
    source: 'RFC 7519 §2 (NumericDate may have a fraction)',
    make: inClaims((claims) => ({ ...claims, iat: Number(claims.iat) + 0.25 })),
  },
  {
    name: 'time-of-the-event-and-times-of-validity',
    source: 'RFC 8417 §2.2 (`toe`; `exp` is only not recommended), RFC 7519 §4.1.5',
    make: inClaims((claims) => ({
      ...claims,
      toe: Number(claims.iat) - 1,
      nbf: Number(claims.iat) - 60,
      exp: Number(claims.iat) + 86_400,
    })),
  },
  {
    name: 'jti-in-another-form',
    source: 'RFC 7519 §4.1.7 (any string), RFC 8417 §2.2',
    make: inClaims((claims) => ({ ...claims, jti: `evt:${String(claims.jti).replaceAll('-', '/')}=` })),
  },
  {
    name: 'claims-of-its-own',
    source: 'RFC 7519 §4.3, RFC 8417 §2.2',
    make: inClaims((claims) => ({ ...claims, 'https://example.com/tenant': 7, client_id: 'app-1', scope: 'scim' })),
  },
  {
    name: 'subject-with-the-id-and-the-user-name',
    source: 'RFC 9967 §2.1',
    make: inClaims((claims) => {
      const subject = member(claims, 'sub_id');
      return { ...claims, sub_id: { ...subject, id: String(subject.uri).split('/').at(-1), userName: 'as.it.is' } };
    }),
  },
  {
    name: 'another-event-in-every-token',
    source: 'RFC 8417 §2.2, RFC 9967 §2.1 (several event URIs for one state change)',
    make: inClaims((claims) => ({
      ...claims,
      events: {
        'https://schemas.openid.net/secevent/risc/event-type/identifier-changed': { 'new-value': 'x' },
        ...member(claims, 'events'),
        'urn:example:secevent:audit': { actor: 'import', status: 'ok', response: null },
      },
    })),
  },
  {
    name: 'completions-as-short-as-in-the-figures',
    source: 'RFC 9967 §2.5.1.3, figures 14 to 19 (no location)',
    make: inCompletion((payload) => without(payload, 'location')),
    only: ['location of completions'],
  },
  {
    name: 'completions-with-a-location-relative-to-the-base-url',
    source: 'RFC 7643 §2.3.7, RFC 7644 §3.7.3',
    make: inCompletion((payload) =>
      typeof payload.location === 'string'
        ? { ...payload, location: payload.location.replace('http://127.0.0.1/scim/v2/', '') }
        : payload,
    ),
    only: ['location of completions'],
  },
  {
    name: 'completions-without-version',
    source: 'RFC 7644 §3.7.3 (`version` is optional)',
    make: inCompletion((payload) => without(payload, 'version')),
    needs: ['etags'],
  },
  {
    name: 'completions-with-the-resource',
    source: 'RFC 7644 §3.7.3 (the body may be there for normal completion)',
    make: inCompletion((payload) =>
      isFailed(payload)
        ? payload
        : { ...payload, response: { schemas: [urn.user], id: 'as-it-is', userName: 'as.it.is' }, data: null },
    ),
  },
  {
    name: 'another-status-in-the-error-of-a-completion',
    source: 'RFC 9967 §2.5.1.3 (it only typically matches)',
    make: inCompletion((payload) =>
      payload.status === '409' && isJson(payload.response)
        ? { ...payload, response: { ...payload.response, status: '400' } }
        : payload,
    ),
  },
  {
    name: 'full-provisioning-events',
    source: 'RFC 9967 §2.4',
    deliveries: ['poll', 'push'],
    make: withOptions({ provisioningEvents: 'full' }),
    only: ['provisioning events', 'event uris'],
  },
  {
    name: 'no-provisioning-events',
    source: 'RFC 9967 §4 (`eventUris` lists what there is)',
    make: withOptions({ provisioningEvents: 'none' }),
    only: ['provisioning events', 'event uris'],
  },
  {
    name: 'a-feed-of-active-users',
    source: 'RFC 9967 §2.3',
    deliveries: ['poll'],
    make: withOptions({ feed: 'active' }),
    only: ['feed', 'event uris'],
  },
  {
    name: 'names-of-changed-attributes-with-their-urn',
    source: 'RFC 9967 §2.2 (paths of RFC 7644 §3.5.2), RFC 7644 §3.10',
    deliveries: ['poll'],
    make: inClaims((claims) => ({
      ...claims,
      events: Object.fromEntries(
        Object.entries(member(claims, 'events')).map(([uri, payload]) => [
          uri,
          isJson(payload) && Array.isArray(payload.attributes)
            ? { ...payload, attributes: payload.attributes.map((name) => `${urn.user}:${String(name)}`) }
            : payload,
        ]),
      ),
    })),
  },
  {
    name: 'events-of-the-feed-without-txn',
    source: 'RFC 9967 §2.3.2, §2.4 (figures without `txn`), RFC 8417 §2.2 (optional)',
    deliveries: ['push'],
    make: inClaims((claims) => (eventUri.asyncResponse in member(claims, 'events') ? claims : without(claims, 'txn'))),
  },
];

/** Another variant may spell the names of members in other letter case. */
const isFailed = (payload: Json): boolean =>
  Object.entries(payload).some(([name, value]) => name.toLowerCase() === 'status' && Number(value) >= 400);

export const eventVariants: readonly Variant[] = all.map((variant) => ({ ...variant, binding: 'respond-async' }));
