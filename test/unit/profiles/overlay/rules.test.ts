import t from 'tap';
import { RuleError } from '../../../../suites/errors/errors.js';
import { HandMadeTrace, type Answer } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { declaredRequirement } from './declared-requirement.js';

const trace = (): HandMadeTrace => new HandMadeTrace({ name: 'x' }, 'request-mode');

/** A read of a user with this answer. */
const read = (answer: Answer) => (): HandMadeTrace => {
  const made = trace();
  made.exchange('read', 'GET /Users/1?attributes=id', { status: 200, ...answer });
  return made;
};

const ofReads = { method: 'GET', path: '/Users/*', status: '2xx' };

const schema = { type: 'object', required: ['id'], properties: { id: { type: 'string' } } };

void t.test('a schema for a body', (t) => {
  proveRequirement(declaredRequirement(ofReads, { kind: 'body', of: 'response', schema }), {
    right: { 'it matches': read({ body: { id: '1' } }) },
    wrong: {
      'body-invalid': {
        'a member of another type': read({ body: { id: 1 } }),
        'no body': read({}),
        'no JSON': read({ text: '<html>' }),
      },
    },
    legal: { 'RFC 7643 §2.1: a name in another letter case': read({ body: { ID: '1' } }) },
    silent: {
      'another status': read({ status: 404, body: {} }),
      'a cut body': read({ text: '{"id":', isCut: true }),
      'a throttled request': read({ status: 429 }),
      'another path': () => {
        const made = trace();
        made.exchange('read', 'GET /Users', { status: 200, body: {} });
        made.exchange('read', 'GET /Users/1/emails', { status: 200, body: {} });
        made.exchange('read', 'GET https://elsewhere.example/scim/v2/Users/1', { status: 200, body: {} });
        return made;
      },
      'another method': () => {
        const made = trace();
        made.exchange('replace', 'PUT /Users/1', { status: 200, body: {} });
        return made;
      },
    },
  });
  t.end();
});

void t.test('a field that must be there', (t) => {
  proveRequirement(declaredRequirement(ofReads, { kind: 'field', name: 'SCIM-Mode', pattern: '^(a|b)$' }), {
    right: { 'it matches': read({ headers: { 'scim-mode': 'a' } }) },
    wrong: {
      'field-missing': read({}),
      'field-invalid': { 'another value': read({ headers: { 'SCIM-Mode': 'ab' } }) },
    },
    legal: { 'RFC 9110 §5.5: blanks around it': read({ headers: { 'Scim-Mode': ' b ' } }) },
  });
  t.end();
});

const ofGrammar = (grammar: 'item' | 'list' | 'dictionary' | 'number' | 'http-date') =>
  declaredRequirement(ofReads, { kind: 'field', name: 'X', required: false, grammar });

const grammars = {
  item: { right: ['"a";q=1', 'token'], wrong: ['a, b', '"open'] },
  list: { right: ['a, b;q=1', '(a b), c'], wrong: ['a, , b', 'a,'] },
  dictionary: { right: ['a=1, b', 'a="x";y'], wrong: ['A=1', '1=a'] },
  number: { right: ['1', '-1.5'], wrong: ['a', '1 2', '"1"'] },
  'http-date': {
    right: ['Sun, 06 Nov 1994 08:49:37 GMT'],
    wrong: ['1994-11-06T08:49:37Z', 'Sunday, 06-Nov-94 08:49:37 GMT', 'Mon, 06 Nov 1994 08:49:37 GMT'],
  },
} as const;

for (const [grammar, values] of Object.entries(grammars)) {
  void t.test(`a field that may be absent, of the grammar ${grammar}`, (t) => {
    const requirement = ofGrammar(grammar as keyof typeof grammars);
    const codeOf = (value: string) =>
      read({ headers: { X: value } })()
        .judged(requirement)
        .findings.map(({ code }) => code);
    for (const value of values.right) t.strictSame(codeOf(value), [], value);
    for (const value of values.wrong) t.strictSame(codeOf(value), ['field-invalid'], value);
    t.equal(read({})().judged(requirement).exercised, 0, 'where it is absent, nothing is judged');
    t.end();
  });
}

void t.test('an expression over an exchange', (t) => {
  const expression =
    'request.method = "GET" and request.path = "/Users/1" and request.query = "attributes=id" and response.status = 200 and response.headers.etag = response.body.meta.version';
  proveRequirement(declaredRequirement(ofReads, { kind: 'exchange', expression }), {
    right: { 'it is true': read({ headers: { ETag: 'W/"1"' }, body: { meta: { version: 'W/"1"' } } }) },
    wrong: { 'rule-broken': read({ headers: { ETag: 'W/"1"' }, body: { meta: { version: 'W/"2"' } } }) },
    legal: {
      'RFC 7643 §2.1: names in another letter case': read({
        headers: { etag: 'W/"1"' },
        body: { Meta: { VERSION: 'W/"1"' } },
      }),
    },
    silent: { 'nothing is selected': trace },
  });
  t.end();
});

/** An accepted create whose status was read so often, with these bodies. */
const looked =
  (...bodies: unknown[]) =>
  (): HandMadeTrace => {
    const made = trace();
    const submission = made.accepted('provision/1/status');
    for (const body of bodies) made.looked(submission, { status: 200, body });
    return made;
  };

void t.test('an expression over the history of an accepted request', (t) => {
  const expression =
    'submission.binding = "request-mode" and submission.response.status = 202 and reads[-1].response.body.completed and $min(reads.at) > submission.at';
  proveRequirement(
    declaredRequirement({ path: '/Users', status: '202', binding: 'request-mode' }, { kind: 'history', expression }),
    {
      right: { 'it is true': looked({ completed: false }, { completed: true }) },
      wrong: { 'rule-broken': looked({ completed: true }, { completed: false }) },
      legal: { 'it was complete at once': looked({ completed: true }) },
      silent: {
        'a status that nobody read': looked(),
        'a request that was not accepted': () => {
          const made = trace();
          made.submitted('POST /Users', { status: 201 });
          return made;
        },
      },
    },
  );
  t.end();
});

void t.test('the credential and the binding of an exchange select it', (t) => {
  const made = trace();
  const submission = made.accepted('provision/1/status');
  made.looked(submission, { status: 200, credential: 'second' });
  made.looked(submission, { status: 403, credential: 'none' });
  made.exchange('read', 'GET /Users/1', { status: 200 });
  const count = (on: Parameters<typeof declaredRequirement>[0]): number =>
    made.judged(declaredRequirement(on, { kind: 'exchange', expression: 'true' })).exercised;
  t.equal(count({}), 4);
  t.equal(count({ credential: 'second' }), 1);
  t.equal(count({ binding: 'request-mode' }), 3, 'the request and the reads of its status');
  t.equal(count({ binding: 'respond-async' }), 0);
  t.equal(count({ path: '/provision/**' }), 2);
  t.equal(count({ path: '/**' }), 4);
  t.equal(count({ path: '/*' }), 1);
  t.equal(count({ status: '4xx' }), 1);
  t.end();
});

void t.test('an answer of 429 is judged only if the requirement names this status', (t) => {
  const rule = { kind: 'field', name: 'Retry-After', grammar: 'number' } as const;
  const throttled = read({ status: 429, headers: { 'Retry-After': '1' } })();
  t.equal(throttled.judged(declaredRequirement({ status: '429' }, rule)).exercised, 1);
  t.equal(throttled.judged(declaredRequirement({ status: '4xx' }, rule)).exercised, 0);
  t.end();
});

const undecided: Record<string, { rule: Parameters<typeof declaredRequirement>[1]; code: string; says: RegExp }> = {
  'an expression that gives nothing': {
    rule: { kind: 'exchange', expression: 'response.body.size > 1' },
    code: 'rule-undecided',
    says: /gave nothing instead of true or false/,
  },
  'an expression that gives a text': {
    rule: { kind: 'exchange', expression: 'request.method' },
    code: 'rule-undecided',
    says: /gave a value of type string/,
  },
  'an expression that fails': {
    rule: { kind: 'exchange', expression: '$number(request.method) = 1' },
    code: 'rule-failed',
    says: /Unable to cast value to a number.* \(character 2 of its expression\)$/,
  },
  'an expression whose result differs from time to time': {
    rule: { kind: 'exchange', expression: '$random() < 2' },
    code: 'rule-failed',
    says: /\$random is not possible here/,
  },
  'a request that does not match': {
    rule: { kind: 'body', of: 'request', schema: { required: ['id'] } },
    code: 'request-invalid',
    says: /the suite sends a request .*POST .*\/Users: the body must have required property 'id'/,
  },
  'a regular expression that takes too long': {
    rule: { kind: 'field', name: 'X', pattern: '^(a+)+$' },
    code: 'rule-too-slow',
    says: /took more than 5000 ms/,
  },
};

for (const [what, { rule, code, says }] of Object.entries(undecided)) {
  void t.test(`${what} is a mistake of the author, and no failure of the target`, (t) => {
    const made = trace();
    made.exchange('create', 'POST /Users', {
      status: 201,
      headers: { X: `${'a'.repeat(40)}b` },
      body: {},
      sent: { userName: 'x' },
    });
    const error: unknown = t.throws(() => made.judged(declaredRequirement({}, rule)), RuleError);
    t.match(error, { code, message: says });
    t.end();
  });
}

void t.test('the bodies of requests are judged, too', (t) => {
  const made = trace();
  made.exchange('create', 'POST /Users', { status: 201, sent: { userName: 'x' } });
  const rule = { kind: 'body', of: 'request', schema: { required: ['userName'] } } as const;
  t.match(made.judged(declaredRequirement({ method: 'POST' }, rule)), { exercised: 1, findings: [] });
  t.end();
});
