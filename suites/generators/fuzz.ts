/**
 * Requests that are valid HTTP and mostly invalid SCIM. Requests that the HTTP layer must refuse are left out, so that
 * the provider itself answers. No body can create a user: userName is missing or not a string.
 */
import fc from 'fast-check';
import { header, mediaType, urn } from '../../schemas/names.js';
import type { HeaderList } from '../../schemas/types.js';

export interface FuzzedRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Under the base URL. */
  readonly path: string;
  readonly headers: HeaderList;
  readonly body: string | undefined;
  readonly asynchronous: boolean;
}

/** Deep enough for a stack overflow in a recursive reader, but not an attack (RFC 8259 sets no limit). */
const nesting = fc.integer({ min: 50, max: 2000 }).map((depth) => `${'['.repeat(depth)}${']'.repeat(depth)}`);

/** Any code point, including lone surrogates. (The unit of fast-check for this takes half a second to build.) */
const anyCharacter = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) },
  { weight: 1, arbitrary: fc.integer({ min: 0x10000, max: 0x10ffff }).map((code) => String.fromCodePoint(code)) },
);

const hostileString = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 40 }),
  fc.constantFrom('\u0000', '\ud800', '__proto__', "' OR '1'='1", '${7*7}', '../../etc/passwd', '%s%s%n', '<script>'),
);

const anyJson = fc.jsonValue({ maxDepth: 3, stringUnit: anyCharacter });

/** An object that is not a valid user: userName is not a string, so that no user is created. */
const wrongUser = fc.record(
  {
    schemas: fc.oneof(fc.constant([urn.user]), anyJson),
    userName: fc.oneof(fc.constant(null), fc.integer(), fc.constant([]), fc.constant({}), fc.boolean()),
    name: fc.oneof(anyJson, hostileString),
    emails: fc.oneof(anyJson, fc.array(anyJson, { maxLength: 3 })),
    active: fc.oneof(anyJson, hostileString),
    externalId: hostileString,
  },
  { requiredKeys: ['userName'] },
);

const wrongPatch = fc.record({
  schemas: fc.constant([urn.patchOp]),
  Operations: fc.oneof(
    anyJson,
    fc.array(
      fc.record({
        op: fc.oneof(fc.constantFrom('add', 'remove', 'replace'), hostileString),
        path: hostileString,
        value: anyJson,
      }),
      {
        maxLength: 3,
      },
    ),
  ),
});

const wrongBulk = fc.record({
  schemas: fc.constant([urn.bulkRequest]),
  failOnErrors: fc.oneof(fc.integer({ min: -2, max: 0 }), hostileString),
  Operations: fc.oneof(
    anyJson,
    fc.array(
      fc.record({
        method: fc.oneof(fc.constantFrom('POST', 'PUT', 'GET'), hostileString),
        path: fc.oneof(fc.constantFrom('/Users', '/Nowhere', '/Users/bulkId:x'), hostileString),
        bulkId: fc.oneof(fc.constant('x'), hostileString),
        data: fc.oneof(wrongUser, anyJson),
      }),
      { maxLength: 3 },
    ),
  ),
});

const json = (value: fc.Arbitrary<unknown>): fc.Arbitrary<string> => value.map((each) => JSON.stringify(each));

const body = fc.oneof(
  json(wrongUser),
  json(anyJson),
  json(fc.array(anyJson, { maxLength: 3 })),
  nesting,
  fc.constant(''),
  fc.constant('{"userName":null,"userName":7}'),
  fc.constant('{"__proto__":{"userName":"x"},"constructor":{"prototype":{}}}'),
);

const fieldValue = fc
  .string({ unit: fc.constantFrom(...' !"#$%&\'()*+,-./0189:;<=>?@AZ[]^_`az{|}~'), maxLength: 60 })
  .map((text) => text.trim());

const headers = fc.oneof(
  { weight: 3, arbitrary: fc.constant<HeaderList>([]) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom(header.ifMatch, header.ifNoneMatch, header.accept, header.requestMode, header.prefer),
        fieldValue,
      )
      .map(([name, value]): HeaderList => [[name, value === '' ? ',' : value]]),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('', 'charset=utf-16', 'charset=nonsense', 'boundary=x', '=;=')
      .map((parameter): HeaderList => [[header.contentType, `${mediaType.scim}; ${parameter}`]]),
  },
);

const segment = hostileString
  .filter((text) => text !== '' && text !== '.' && text !== '..')
  .map((text) => encodeURIComponent(text.toWellFormed()));

const query = fc.oneof(
  fc.constant(''),
  fc
    .tuple(fc.constantFrom('filter', 'startIndex', 'count', 'sortBy', 'attributes'), hostileString)
    .map(([name, value]) => `?${name}=${encodeURIComponent(value.toWellFormed())}`),
);

const request = (
  method: FuzzedRequest['method'],
  path: fc.Arbitrary<string>,
  content: fc.Arbitrary<string | undefined>,
): fc.Arbitrary<FuzzedRequest> =>
  fc.record({ method: fc.constant(method), path, headers, body: content, asynchronous: fc.boolean() });

const none = fc.constant(undefined);
// With a prefix, because a short random id might be the id of an existing user.
const user = segment.map((id) => `/Users/scimc-fuzz-${id}`);

export const fuzzedRequests: fc.Arbitrary<FuzzedRequest> = fc.oneof(
  { weight: 4, arbitrary: request('POST', fc.constant('/Users'), body) },
  { weight: 2, arbitrary: request('POST', fc.constant('/Bulk'), fc.oneof(json(wrongBulk), body)) },
  { weight: 1, arbitrary: request('PUT', user, body) },
  { weight: 2, arbitrary: request('PATCH', user, fc.oneof(json(wrongPatch), body)) },
  { weight: 1, arbitrary: request('DELETE', user, none) },
  {
    weight: 2,
    arbitrary: request(
      'GET',
      fc.tuple(fc.oneof(user, fc.constant('/Users')), query).map(([path, q]) => path + q),
      none,
    ),
  },
);
