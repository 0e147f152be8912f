/** Messages are translated to the names of the wire and back, and nothing else of them changes. */
import t from 'tap';
import fc from 'fast-check';
import { createTranslator } from '../../../../schemas/wire/translator.js';
import { renamed } from './renamed.js';

const wire = createTranslator(renamed, () => ['/scim/v2']);
const status = 'urn:ietf:params:scim:schemas:extension:2.0:Provision:Status';

const jwt = (payload: string): string => `e30.${Buffer.from(payload).toString('base64url')}.c2ln`;

void t.test('names in a body are exchanged, and the rest stays to the letter', (t) => {
  t.equal(
    wire.body(
      `{ "schemas" : ["${status}"],\n\t"operationsCount":1.0, "operationsCount": 1e2,"${status}":{"bulkId":"bulkId"} }`,
    ),
    '{ "schemas" : ["urn:example:scim:Job"],\n\t"counts":1.0, "counts": 1e2,"urn:example:scim:Job":{"reference":"bulkId"} }',
  );
  t.equal(
    wire.body('{"OperationsCount":1,"OPERATIONSCOUNT":2,"opErationsCount":3}'),
    '{"Counts":1,"COUNTS":2,"opErationsCount":3}',
  );
  t.equal(
    wire.body(`["${status}:operations", "${status}s", "${status}.2", "see ${status}."]`),
    `["urn:example:scim:Job:operations", "${status}s", "${status}.2", "see urn:example:scim:Job."]`,
  );
  t.equal(wire.body('{"a":"\\/provision\\/7\\/status"}'), '{"a":"\\/jobs\\/7"}');
  t.end();
});

void t.test('a body that is no JSON stays, and one that was cut is translated up to there', (t) => {
  for (const text of ['', '  ', 'operationsCount', '<a b="operationsCount">', '17', 'a.b.c'])
    t.equal(wire.body(text), text);
  t.equal(wire.body('{"operationsCount":{"bulkId":"x'), '{"counts":{"reference":"x');
  t.end();
});

void t.test('names of attributes are exchanged in filters, paths, lists of attributes and definitions', (t) => {
  const members = { userName: 'login', emails: 'mail', value: 'val', name: 'calls', id: 'eq', filter: 'where' };
  const urns = { 'urn:ietf:params:scim:schemas:core:2.0:User': 'urn:example:User' };
  const other = createTranslator({ members, urns }, () => ['/scim/v2']);
  const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
  const pairs: readonly (readonly [string, string])[] = [
    [
      `{"path":"emails[value eq \\"value\\"].value","value":"userName"}`,
      `{"path":"mail[val eq \\"value\\"].val","val":"userName"}`,
    ],
    [`{"path":"${core}:name.givenName"}`, '{"path":"urn:example:User:calls.givenName"}'],
    ['{"path":"/Users/value"}', '{"path":"/Users/value"}'],
    ['{"filter":"not (emails pr) and id eq 1e5"}', '{"where":"not (mail pr) and id eq 1e5"}'],
    ['{"attributes":["userName","x"],"sortBy":"emails.value"}', '{"attributes":["login","x"],"sortBy":"mail.val"}'],
    [
      '{"name":"value","attributes":[{"name":"emails","type":"value","subAttributes":[{"name":"value"}]}]}',
      '{"calls":"value","attributes":[{"calls":"mail","type":"value","subAttributes":[{"calls":"val"}]}]}',
    ],
    ['{"schemes":[{"name":"value"}],"detail":"userName"}', '{"schemes":[{"calls":"value"}],"detail":"userName"}'],
  ];
  for (const [from, to] of pairs) {
    t.equal(other.body(from), to);
    t.equal(other.body(to), from);
    t.strictSame(other.value(JSON.parse(from)), JSON.parse(to));
  }
  const cut = '{"a":{"path":"userName';
  t.equal(other.body(cut), cut, 'a text without its end is no string yet');
  const filter = (text: string): string => `/scim/v2/Users?count=1&filter=${encodeURIComponent(text)}&x=userName`;
  const [before, after] = [filter('userName eq "userName é"'), filter('login eq "userName é"')];
  t.equal(other.url(before), after);
  t.equal(other.url(after), before);
  t.equal(
    other.url('/Users?sortBy=userName&attributes=emails,id#value'),
    '/Users?sortBy=login&attributes=mail%2Cid#value',
  );
  t.equal(other.url('/Users?filter=emails+pr&a=+'), '/Users?filter=mail+pr&a=+');
  t.equal(other.url('/Users?filter=%E0%A4%A&x'), '/Users?filter=%E0%A4%A&x', 'not encoded as it should be');
  t.equal(wire.url('/Users?filter=x%20eq%20bulkId'), '/Users?filter=x%20eq%20reference');
  t.end();
});

void t.test('a security event token is translated where it stands, and no other JWT', (t) => {
  const token = jwt('{"events": {"urn:ietf:params:scim:event:misc:asyncresp":{"bulkId":"7"}}}');
  const translated = jwt('{"events": {"urn:example:scim:event:done":{"reference":"7"}}}');
  t.equal(wire.body(token), translated);
  t.equal(wire.body(`${token}\n${token}`), `${translated}\n${translated}`);
  t.equal(wire.body(`{"sets":{"1":"${token}"}}`), `{"sets":{"1":"${translated}"}}`);
  const other = jwt('{"bulkId":"7"}');
  t.equal(wire.body(other), other);
  t.strictSame(wire.claims({ events: { 'urn:ietf:params:scim:event:misc:asyncresp': {} } }), {
    events: { 'urn:example:scim:event:done': {} },
  });
  t.strictSame(wire.claims({ bulkId: 1 }), { bulkId: 1 });
  t.end();
});

void t.test('a URL is translated under the base URL, with its query', (t) => {
  for (const [from, to] of [
    [
      'https://a.example/scim/v2/provision/7/status?x=/provision/7/status',
      'https://a.example/scim/v2/jobs/7?x=/provision/7/status',
    ],
    ['/scim/v2/provision/7/status', '/scim/v2/jobs/7'],
    ['/provision/{id}/status', '/jobs/{id}'],
    [
      'https://a.example/scim/v2/Schemas/urn%3Aietf%3Aparams%3Ascim%3Aschemas%3Aextension%3A2.0%3AProvision%3AStatus',
      'https://a.example/scim/v2/Schemas/urn%3Aexample%3Ascim%3AJob',
    ],
  ] as const) {
    t.equal(wire.url(from), to);
    t.equal(wire.url(to), from);
  }
  for (const url of [
    'https://a.example/provision/7/status',
    '/provision/7/8/status',
    '/provision//status',
    '/provision/7/status/',
    '/scim/v2/provision/../x/status',
  ])
    t.equal(wire.url(url), url);
  t.equal(wire.body('["provision/7/status","jobs"]'), '["jobs/7","jobs"]');
  t.end();
});

void t.test('fields are renamed in any letter case, and what their values name', (t) => {
  for (const [from, to] of [
    [
      ['X-SCIM-Request-Mode', 'asynchronous'],
      ['SCIM-Mode', 'asynchronous'],
    ],
    [
      ['set-txn', '7'],
      ['scim-transaction', '7'],
    ],
    [
      ['Content-Type', 'application/scim+json; charset=utf-8'],
      ['Content-Type', 'application/vnd.example.scim+json; charset=utf-8'],
    ],
    [
      ['Accept', 'application/scim+json, application/json;q=0.5'],
      ['Accept', 'application/vnd.example.scim+json, application/json;q=0.5'],
    ],
    [
      ['Vary', 'Accept, Set-Txn'],
      ['Vary', 'Accept, SCIM-Transaction'],
    ],
    [
      ['Location', 'https://a.example/scim/v2/provision/7/status'],
      ['Location', 'https://a.example/scim/v2/jobs/7'],
    ],
    [
      ['X-Other', 'application/scim+json'],
      ['X-Other', 'application/scim+json'],
    ],
  ] satisfies [from: [string, string], to: [string, string]][]) {
    t.strictSame(wire.field(...from), to);
    t.strictSame(wire.field(...to), from);
  }
  t.strictSame(wire.field('X-Scim-REQUEST-mode', ''), ['SCIM-Mode', '']);
  t.end();
});

void t.test('sentences show the names of the wire; ordinary words only in quotes', (t) => {
  t.equal(
    wire.words(
      'Set-Txn of the 202, at /provision/{id}/status: "operationsCount" and operationsCount are not in «bulkId» (https://a.example/scim/v2/provision/7/status).',
    ),
    'SCIM-Transaction of the 202, at /jobs/{id}: "counts" and operationsCount are not in «reference» (https://a.example/scim/v2/jobs/7).',
  );
  t.equal(wire.words('application/scim+json, X-Set-Txn'), 'application/vnd.example.scim+json, X-Set-Txn');
  t.end();
});

const names = fc.constantFrom(
  ...Object.values(renamed).flatMap((group) => Object.entries(group).flat()),
  'schemas',
  '/a/provision/1/status',
  '/scim/v2/jobs/2',
);
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    names,
    fc.string(),
    fc.integer(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.dictionary(fc.oneof(names, fc.string()), tie('value'), { maxKeys: 4 }),
}));

void t.test('translating twice changes nothing, whatever the body is', (t) => {
  fc.assert(
    fc.property(json.value, fc.constantFrom(0, 1, '\t'), fc.nat({ max: 300 }), (value, space, end) => {
      const text = JSON.stringify(value, undefined, space);
      t.equal(wire.body(wire.body(text)), text);
      t.strictSame(JSON.parse(wire.body(text)), wire.value(value));
      const cut = text.slice(0, end);
      t.equal(wire.body(wire.body(cut)), cut);
      const token = jwt(JSON.stringify({ events: value }));
      t.equal(wire.body(wire.body(token)), token);
    }),
    { seed: 7, numRuns: 300 },
  );
  t.end();
});

void t.test('a text without any of the names does not change', (t) => {
  const other = createTranslator(
    { members: { qqqq: 'zzzz' }, urns: { 'urn:q:q': 'urn:z:z' }, paths: { '/qq/{id}': '/zz/{id}' } },
    () => [''],
  );
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.json()),
      (text) => text.includes('zz') || text.includes('qq') || other.body(text) === text,
    ),
    { seed: 7, numRuns: 300 },
  );
  t.end();
});
