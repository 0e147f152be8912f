import t from 'tap';
import { checkDraft } from '../../../drafts/check/check-draft.js';
import type { draftCodes } from '../../../drafts/check/finding.js';
import { readDraft } from '../../../drafts/read/read-draft.js';

const draftOf = (...blocks: string[]): string =>
  ['# Examples', ...blocks.flatMap((block) => ['', '~~~', block, '~~~'])].join('\n');

/** What the profile of the draft renames; nothing else in this file has these names. */
const renames = {
  fields: { 'X-Request-ID': 'Request-ID' },
  members: { operationsCount: 'counts' },
  urns: { 'urn:ietf:params:scim:schemas:extension:2.0:Provision:Status': 'urn:example:status' },
  mediaTypes: { 'application/secevent+jwt': 'application/event' },
};

const check = (...blocks: string[]) => checkDraft(readDraft(draftOf(...blocks)), renames);

/** Codes with the line of each, which counts from the first line of the first block. */
const found = (...blocks: string[]): [string, number][] =>
  check(...blocks).findings.map(({ code, line }) => [code, line - 3]);

const request = ['POST /Users HTTP/1.1', 'Host: example.com', 'Prefer: respond-async'].join('\n');

const userId = '2819c223';
const answer = (...fields: string[]): string => ['HTTP/1.1 201 Created', ...fields].join('\n');
const body = (id: string, meta = {}): string =>
  `\n${JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], id, userName: 'a', meta })}`;

const event = (txn: string, uri = `/Users/${userId}`): string =>
  JSON.stringify({
    iss: 'https://scim.example.com',
    iat: 1,
    jti: txn,
    txn,
    sub_id: { format: 'scim', uri },
    events: { 'urn:ietf:params:scim:event:misc:asyncresp': { method: 'PUT', status: '200' } },
  });

const wrong: Readonly<Record<keyof typeof draftCodes, readonly [readonly string[], readonly number[]][]>> = {
  'json-invalid': [
    [['{\n  "a": 1,\n}'], [3]],
    [['[\n  "a": 1\n]'], [2]],
    [[`${answer('Location: /Users/1')}\n\n{\n "id": "1"\n "userName": "a"\n}`], [6]],
    // The text is wrapped, so that the line of the mistake is not the one that a parser of the joined text counts.
    [['{\n "a": "long\n  text",\n "b": tru\n}'], [4]],
  ],
  'field-line-invalid': [[['GET /Users HTTP/1.1\nHost example.com'], [2]]],
  'field-value-invalid': [
    [[answer('Location:', '  "/Users/1"')], [2]],
    [['HTTP/1.1 200 OK\nETag: abc'], [2]],
    [['GET /Users/1 HTTP/1.1\nIf-None-Match: abc'], [2]],
    [['HTTP/1.1 429 Too Many Requests\nRetry-After: soon'], [2]],
    [['HTTP/1.1 200 OK\nDate: 2026-05-01T00:00:00Z'], [2]],
    [['HTTP/1.1 200 OK\nContent-Type: scim'], [2]],
    [['GET /Users HTTP/1.1\nPrefer: respond async;'], [2]],
    [['HTTP/1.1 200 OK\nRateLimit: "default";r=1;t'], []],
    [['HTTP/1.1 200 OK\nRateLimit: default r=1'], [2]],
  ],
  'body-not-permitted': [
    [['HTTP/1.1 204 No Content\n\n{}'], [3]],
    [['HTTP/1.1 202 Accepted\nPreference-Applied: respond-async\n\n{}'], [4]],
  ],
  'schema-violation': [
    [['{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":404}'], [1]],
    [[event('a').replace('"iat":1,', '')], [1]],
  ],
  'token-unreadable': [[['eyJhbGciOiJub25lIn0.e30'], [1]]],
  'created-without-location': [[['POST /Users HTTP/1.1\nHost: a', answer('Content-Type: application/scim+json')], [6]]],
  'asynchronous-answer-incomplete': [[[request, 'HTTP/1.1 202 Accepted\nSet-Txn: a'], [7]]],
  'old-name': [
    [['GET /Users/1 HTTP/1.1\nx-request-id: a'], [2]],
    [['HTTP/1.1 200 OK\nContent-Type: application/secevent+jwt; a=b'], [2]],
    [['{"schemas":["urn:example:thing"],"operationsCount":{"operationsCount":1}}'], [1]],
    [['{"schemas":["urn:ietf:params:scim:schemas:extension:2.0:Provision:Status"]}'], [1]],
    [['GET /Users?filter=operationsCount%20pr HTTP/1.1\nHost: a'], [1]],
    [['{"schemas":["urn:example:thing"],"a":{"path":"operationsCount[a eq 1].b","operationsCount":1}}'], [1]],
  ],
  'value-changes': [
    [[`PUT /Users/${userId} HTTP/1.1\nHost: a`, 'HTTP/1.1 200 OK\nLocation: "/Users/other"'], [7]],
    [[`PUT /Users/${userId} HTTP/1.1\nHost: a`, 'HTTP/1.1 200 OK\nLocation: /Users/other'], [7]],
    [[`GET /Users/${userId}\nHost: a`, `HTTP/1.1 200 OK${body('other')}`.replace('OK\n', 'OK\n\n')], [8]],
    [['POST /Users\nHost: a', `${answer('Location: https://a.example/v2/Users/1')}\n${body('2')}`], [9]],
    [[`${answer('Location: https://a/Users/1')}\n${body('1', { location: 'https://b/Users/1' })}`], [2]],
    [[`${answer('Location: "https://a/Users/1"')}\n${body('1', { location: 'https://b/Users/1' })}`], [2]],
    [[`${answer('Location: "https://a/Users/1"')}\n${body('1', { location: 'https://a/Users/1' })}`], []],
    [[`${answer('ETag: W/"1"')}\n${body('1', { version: 'W/"2"' })}`], [2]],
    [[`${answer('ETag: W/"1"')}\n${body('1', { version: 'W/"1"' })}`], []],
    [['POST /Users\nRequest-ID: a', answer('Location: /Users/1', 'Request-ID: b')], [8]],
    [
      [
        `PUT /Users/${userId}\nPrefer: respond-async`,
        'HTTP/1.1 202 Accepted\nSet-Txn: one\nPreference-Applied: respond-async',
        event('two'),
      ],
      [12],
    ],
  ],
  'bulk-index-from-one': [
    [
      [event('t:1', '/Users/a'), event('t:2', '/Users/b')],
      [1, 5],
    ],
  ],
};

for (const [code, cases] of Object.entries(wrong))
  void t.test(code, (t) => {
    for (const [blocks, lines] of cases) {
      const all = found(...blocks);
      t.strictSame(
        all.filter(([each]) => each === code),
        lines.map((line) => [code, line]),
        blocks.join('\n'),
      );
    }
    t.end();
  });

void t.test('what drafts do legally is no finding', (t) => {
  const legal: Readonly<Record<string, readonly string[]>> = {
    'a request line without a version': ['GET /Users?filter=a\nHost: example.com'],
    'a value with a placeholder': [answer('Location: https://example.com/Users/{id}', 'ETag: <tag>')],
    'fields that are left out': ['GET /Users\nHost:example.com\n...', answer('Location: /Users/1', '[…]')],
    'a folded field': [answer('Location:', ' https://example.com/Users/1')],
    'an abbreviated body': ['{\n "Resources": [\n   ...\n ]\n}', '{ "schemas": ["..."], "id": 1 }'],
    'a text that is wrapped': ['{\n "description": "one\ntwo",\n "urn": "a\\\n:b"\n}'],
    'an answer that leaves out attributes, as asked for (RFC 7644 §3.9)': [
      'GET /Users/1?attributes=title\nHost: a',
      'HTTP/1.1 200 OK\n\n{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"1","title":"b"}',
    ],
    'operations of which only some are shown': [event('t:1', '/Users/a'), event('t:3', '/Users/b')],
    'operations that count from 0': [event('t:0', '/Users/a'), event('t:1', '/Users/b')],
    'transaction ids of two requests': [event('one', '/Users/a'), event('two', '/Users/b')],
    'a token without a signature': ['eyJhbGciOiJub25lIn0.e30.'],
    'an encrypted token': ['eyJhbGciOiJkaXIifQ..aaaa.bbbb.cccc'],
    'a body in the new names': [
      '{"schemas":["urn:example:status"],"id":"1","counts":{"total":1,"success":1,"failed":0,"pending":0},"status":{"completed":true,"success":true}}',
    ],
    'an old name as a value, and the new name in a filter': [
      '{"schemas":["urn:example:thing"],"value":"operationsCount"}',
      'GET /Users?filter=counts%20eq%20%22operationsCount%22 HTTP/1.1\nHost: a',
    ],
    'an unknown schema': ['{"schemas":["urn:example:thing"],"status":1}'],
    'a create that answers with 202': [
      'POST /Users\nPrefer: respond-async',
      'HTTP/1.1 202 Accepted\nSet-Txn: a\nPreference-Applied: respond-async',
    ],
  };
  for (const [name, blocks] of Object.entries(legal)) t.strictSame(found(...blocks), [], name);
  t.end();
});

void t.test('what was read is counted', (t) => {
  t.strictSame(check('GET /Users\nHost: a', '{ "a": ... }', 'just text').examples, {
    messages: 1,
    bodies: 1,
    abbreviated: 1,
  });
  t.strictSame(check('just text').examples, { messages: 0, bodies: 0, abbreviated: 0 });
  t.end();
});
