/** What a provider offers, and where: optional parts of RFC 7644 that are missing, base paths, ids that URLs have to encode. */
import { header, mediaType, urn } from '../../../../schemas/names.js';
import { bodyOf, config, withBody, withoutField } from '../../../../mock/faults/answers.js';
import type { Answer } from '../../../../mock/http/answer.js';
import { isJson, type Json } from '../../../../mock/json.js';
import { Problem } from '../../../../mock/problem.js';
import type { Handler, HandlerReply } from '../../../../suites/index.js';
import { translating, where } from '../answers.js';
import { withOptions, type Change, type Variant } from '../variant.js';

const refusal = (status: number, scimType?: string): HandlerReply => ({
  status,
  headers: [[header.contentType, mediaType.scim]],
  body: JSON.stringify({
    schemas: [urn.error],
    status: String(status),
    ...(scimType === undefined ? {} : { scimType }),
  }),
});

/** Says in ServiceProviderConfig that something is not supported. */
const withoutSupport = (name: string): Change =>
  where(
    config,
    withBody((body) => ({ ...body, [name]: { supported: false } })),
  );

/** Answers such requests itself, after the mock has checked the credential. */
const refusing =
  (isRefused: (method: string, url: string) => boolean, refused: HandlerReply) =>
  (next: Handler): Handler =>
  async (request) => {
    if (!isRefused(request.method, request.url)) return next(request);
    const { method, url, headers, signal } = { ...request, method: 'GET', url: request.url.replace(/\?.*/, '') };
    const probe = await next({ method, url, headers, signal });
    return 'failure' in probe || probe.status === 401 ? probe : refused;
  };

/** The end of an id that a URL has to encode; no text that the suite writes has it. */
const odd = { text: ' ⌘', encoded: '%20%E2%8C%98' };

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const inPath = new RegExp(`(/(?:Users|Groups)/)(${uuid})`, 'g');
const asText = new RegExp(`"(${uuid})"`, 'g');

/** Puts the odd end behind the ids of users and groups, and takes it away from what is asked for. */
const withOddIds = (): ((next: Handler) => Handler) => {
  const ids = new Set<string>();
  const plain = (text: string): string => text.replaceAll(odd.encoded, '').replaceAll(odd.text, '');
  const encoded = (text: string): string =>
    text.replaceAll(inPath, (_, path: string, id: string) => {
      ids.add(id);
      return `${path}${id}${odd.encoded}`;
    });
  return translating(
    (request) => ({
      ...request,
      url: plain(request.url.replaceAll('+', '%20')),
      ...(request.body === undefined ? {} : { body: plain(request.body) }),
    }),
    (reply) => ({
      ...reply,
      headers: reply.headers.map(([name, value]) => [name, encoded(value)]),
      body: encoded(reply.body).replaceAll(asText, (whole, id: string) => (ids.has(id) ? `"${id}${odd.text}"` : whole)),
    }),
  );
};

const withoutVersions = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutVersions);
  if (!isJson(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]) => (name === 'version' ? [] : [[name, withoutVersions(item)]])),
  );
};

/** What the mock answers to this path, in another way. Errors of its own, such as 401, stay. */
const insteadOf =
  (path: RegExp, answer: Answer): Change =>
  (honest, request) =>
    path.test(request.path) && (honest.status === 200 || honest.status === 501) ? answer : honest;

const scimError = (status: number): Answer => ({
  status,
  headers: { [header.contentType]: mediaType.scim },
  body: { schemas: [urn.error], status: String(status) },
});

export const offerVariants: readonly Variant[] = [
  {
    name: 'no-search-by-post',
    source: 'RFC 7644 §3.4.3 (nothing demands it), §3.12',
    make: () => ({ change: insteadOf(/\/\.search$/, scimError(404)) }),
    only: ['search by POST'],
  },
  {
    name: 'no-search-by-post-at-the-root',
    source: 'RFC 7644 §3.4.2.1 (403 for a query that is too broad)',
    make: () => ({ change: insteadOf(/^\/\.search$/, scimError(403)) }),
    only: ['search by POST'],
  },
  {
    name: 'a-redirect-from-me',
    source: 'RFC 7644 §3.11 (308)',
    make: () => ({
      change: insteadOf(/^\/Me$/, { status: 308, headers: { [header.location]: '/scim/v2/Users/f3c1' } }),
    }),
    only: ['/Me'],
  },
  {
    name: 'a-user-at-me',
    source: 'RFC 7644 §3.11',
    make: () => ({
      change: insteadOf(/^\/Me$/, {
        status: 200,
        headers: { [header.contentType]: mediaType.scim, [header.location]: '/scim/v2/Users/f3c1' },
        body: { schemas: [urn.user], id: 'f3c1', userName: 'client@example.com' },
      }),
    }),
    only: ['/Me'],
  },
  {
    name: 'nobody-at-me',
    source: 'RFC 7644 §3.11, §3.12 (404: the credential stands for no user)',
    make: () => ({ change: insteadOf(/^\/Me$/, scimError(404)) }),
    only: ['/Me'],
  },
  {
    name: 'no-patch',
    source: 'RFC 7644 §3.5.2 (optional), RFC 7643 §5',
    make: () => ({
      change: withoutSupport('patch'),
      wire: refusing((method, url) => method === 'PATCH' && /\/(Users|Groups)\//.test(url), refusal(501)),
    }),
    lacks: ['patch'],
  },
  {
    name: 'no-filter',
    source: 'RFC 7644 §3.4.2.2 (optional), RFC 7643 §5',
    make: () => ({
      change: withoutSupport('filter'),
      wire: refusing((method, url) => method === 'GET' && /[?&]filter=/.test(url), refusal(400, 'invalidFilter')),
    }),
    lacks: ['filter'],
  },
  {
    name: 'a-base-path-of-one-segment',
    source: 'RFC 7644 §1.3 (Base URI)',
    make: withOptions({ baseUrl: 'http://127.0.0.1/scim' }),
    only: ['base path', 'location of the status'],
  },
  {
    name: 'a-base-path-of-many-segments',
    source: 'RFC 7644 §1.3 (Base URI)',
    make: withOptions({ baseUrl: 'http://127.0.0.1/api/v1/tenants/acme.example/scim/v2' }),
    only: ['base path', 'location of the status'],
  },
  {
    name: 'no-base-path',
    source: 'RFC 7644 §1.3 (Base URI)',
    make: withOptions({ baseUrl: 'http://127.0.0.1' }),
    only: ['base path', 'location of the status'],
  },
  {
    name: 'ids-that-a-path-has-to-encode',
    source: 'RFC 7643 §3.1 (any string), RFC 3986 §2.1',
    make: () => ({ wire: withOddIds() }),
    only: ['ids of resources'],
    // The ids in signed tokens cannot be changed.
    binding: 'request-mode',
  },
  {
    name: 'no-entity-tags',
    source: 'RFC 7644 §3.14 (optional)',
    make: () => ({
      change: (answer) => {
        const plain = withoutField(header.etag)(answer);
        return answer.body === undefined
          ? plain
          : {
              ...plain,
              body: {
                ...(withoutVersions(answer.body) as Json),
                ...(isJson(bodyOf(answer).etag) ? { etag: { supported: false } } : {}),
              },
            };
      },
      wire:
        (next: Handler): Handler =>
        (request) =>
          next({ ...request, headers: request.headers.filter(([name]) => !/^if-(none-)?match$/i.test(name)) }),
    }),
    lacks: ['etags'],
  },
  {
    name: 'no-groups',
    source: 'RFC 7644 §3.2 (a provider need not serve every resource type)',
    make: () => ({
      seams: ({ apply }) => ({
        apply: (operation, transaction) => {
          if (/^\/Groups/i.test(operation.path)) throw new Problem(404, 'There is no such endpoint.');
          return apply(operation, transaction);
        },
      }),
      change: (answer, { path }) => {
        const body = bodyOf(answer);
        if (!/^\/(ResourceTypes|Schemas)$/.test(path) || !Array.isArray(body.Resources)) return answer;
        const Resources = body.Resources.filter((each) => isJson(each) && each.name !== 'Group');
        return {
          ...answer,
          body: { ...body, Resources, totalResults: Resources.length, itemsPerPage: Resources.length },
        };
      },
      wire: refusing((_method, url) => /\/Groups(\/|\?|$)/.test(url), refusal(404)),
    }),
    lacks: ['groups'],
  },
];
