import t from 'tap';
import { eventUri, urn } from '../../../schemas/names.js';
import { resultOf, type ResultForm } from '../../../suites/security-events/result-body.js';

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const claimsOf = (txn: string) => ({ txn, events: { [eventUri.asyncResponse]: { method: 'POST', status: '201' } } });

const jwtOf = (txn: string): string => `${encoded({ alg: 'none' })}.${encoded(claimsOf(txn))}.`;

const operation = { method: 'POST', status: '201' };

interface Read {
  readonly form: ResultForm;
  /** The txns of the tokens. */
  readonly tokens: readonly unknown[];
  readonly operations: number;
}

const read = (body: unknown): Read => {
  const { form, tokens, operations } = resultOf({ body: typeof body === 'string' ? body : JSON.stringify(body) });
  return { form, tokens: tokens.map(({ claims }) => claims?.txn), operations: operations.length };
};

const listResponse = (Resources: unknown[]) => ({
  schemas: [urn.listResponse],
  totalResults: Resources.length,
  Resources,
});

void t.test('tokens are found in every form in which they are not hidden', (t) => {
  const both = { tokens: ['a:0', 'a:1'], operations: 0 };
  const [one, other] = [jwtOf('a:0'), jwtOf('a:1')];
  t.strictSame(read(one), { form: 'token', tokens: ['a:0'], operations: 0 });
  t.strictSame(read(claimsOf('a')), { form: 'token', tokens: ['a'], operations: 0 });
  t.strictSame(read({ sets: { 1: one, 2: other } }), { form: 'sets', ...both });
  t.strictSame(read(`${one}\n${other}\n`), { form: 'wrapped tokens', ...both }, 'a JWT a line');
  t.strictSame(read({ sets: [one, other] }), { form: 'wrapped tokens', ...both }, 'a list of sets');
  t.strictSame(read([claimsOf('a:0'), other]), { form: 'wrapped tokens', ...both }, 'a list');
  t.strictSame(read(listResponse([claimsOf('a:0'), { id: '1', set: other }])), { form: 'wrapped tokens', ...both });
  t.end();
});

void t.test('results without tokens are found alone and in lists', (t) => {
  t.strictSame(read(operation), { form: 'operation', tokens: [], operations: 1 });
  t.strictSame(read([operation, operation]), { form: 'operations', tokens: [], operations: 2 });
  t.strictSame(read({ Operations: [operation] }), { form: 'operations', tokens: [], operations: 1 });
  t.strictSame(read(listResponse([operation])), { form: 'operations', tokens: [], operations: 1 });
  t.end();
});

void t.test('an answer without content is not the same as one that cannot be read', (t) => {
  for (const body of ['', '{}', '[]', 'null', { sets: {} }, { sets: [] }, { Operations: [] }, listResponse([])])
    t.equal(read(body).form, 'nothing', JSON.stringify(body));
  for (const body of ['done', { state: 'done' }, ['a'], '<html>', 'www.provider.example', { version: '1.2.3' }])
    t.equal(read(body).form, 'unknown', JSON.stringify(body));
  t.end();
});
