import t, { type Test } from 'tap';
import { startMock } from '../../../mock/index.js';
import { urn } from '../../../schemas/names.js';
import { asynchronous, bulk, clientOf, complete, group, resultsOf, user, type Send } from './client.js';

const started = async (t: Test): Promise<Send> => {
  const mock = await startMock();
  t.teardown(() => mock.stop());
  return clientOf(mock);
};

const withRules = (users: readonly Record<string, unknown>[], transform: readonly unknown[], more = {}) =>
  bulk(
    users.map((data, index) => ({ method: 'POST', path: '/Users', bulkId: `b${index}`, data })),
    { [urn.bulkOptions]: { transform, ...more } },
  );

/** The users that come of these, or the statuses of those that fail. */
const transformed = async (
  send: Send,
  users: readonly Record<string, unknown>[],
  transform: readonly unknown[],
): Promise<unknown[]> => {
  const status = await complete(send, 'POST', '/Bulk', withRules(users, transform));
  return Promise.all(
    resultsOf(status).map(async ({ location, status: code }) =>
      location === undefined ? code : (await send('GET', location)).body,
    ),
  );
};

void t.test('normalise, map, conditional, default and format change users one after the other', async (t) => {
  const send = await started(t);
  const rules = [
    { op: 'normalise', attribute: 'username', to: 'lowercase' },
    { op: 'normalise', attribute: 'emails.value', to: 'uppercase' },
    { op: 'normalise', attribute: 'nickName', to: 'trim' },
    { op: 'map', attribute: 'title', values: { dev: 'Developer', left: 'None' } },
    { op: 'conditional', attribute: 'active', when: { attribute: 'title', equals: 'None' }, value: false },
    { op: 'default', attribute: `${urn.enterpriseUser}:department`, value: 'Sales' },
    { op: 'format', attribute: 'displayName', template: '{name.givenName} {name.familyName} ({title})' },
  ];
  const name = { givenName: 'Ada', familyName: 'King' };
  const [first, second] = await transformed(
    send,
    [
      { ...user('ONE@Example.com'), name, title: 'dev', nickName: ' A ', emails: [{ value: 'a@b.example' }] },
      { ...user('two@example.com'), name, title: 'left', [urn.enterpriseUser]: { department: 'Law' } },
    ],
    rules,
  );
  t.match(first, {
    userName: 'one@example.com',
    emails: [{ value: 'A@B.EXAMPLE' }],
    nickName: 'A',
    title: 'Developer',
    displayName: 'Ada King (Developer)',
    [urn.enterpriseUser]: { department: 'Sales' },
  });
  t.match(second, { title: 'None', active: false, [urn.enterpriseUser]: { department: 'Law' } });
});

void t.test('a rule that cannot be applied fails its operation alone, or the unit', async (t) => {
  const send = await started(t);
  const format = [{ op: 'format', attribute: 'displayName', template: '{name.givenName}!' }];
  const users = [user(), { ...user(), name: { givenName: 'Ada' } }];
  t.match(await transformed(send, users, format), ['400', { displayName: 'Ada!' }]);
  const map = [{ op: 'map', attribute: 'title', values: { dev: 'Developer' } }];
  t.match(await transformed(send, [{ ...user(), title: 'constructor' }, user()], map), ['400', {}]);
  const unit = withRules([user(), { ...user(), title: 'x' }], map, { rollbackOnError: true });
  t.match(resultsOf(await complete(send, 'POST', '/Bulk', unit)), [{ status: '424' }, { status: '400' }]);
});

void t.test('rules are applied before validation, to users as a whole only', async (t) => {
  const send = await started(t);
  const rules = [{ op: 'format', attribute: 'userName', template: '{externalId}@example.com' }];
  t.match(await transformed(send, [{ schemas: [urn.user], externalId: 'x' }], rules), [{ userName: 'x@example.com' }]);
  const data = { schemas: [urn.patchOp], Operations: [{ op: 'replace', path: 'title', value: 'Chief' }] };
  const Operations = [
    { method: 'POST', path: '/Groups', bulkId: 'g', data: group([]) },
    { method: 'POST', path: '/Users', bulkId: 'u', data: { ...user(), externalId: 'y' } },
    { method: 'PATCH', path: '/Users/bulkId:u', data },
  ];
  const body = bulk(Operations, { [urn.bulkOptions]: { transform: rules } });
  const results = resultsOf(await complete(send, 'POST', '/Bulk', body));
  t.match(results, [{ status: '201' }, { status: '201' }, { status: '200' }]);
});

void t.test('expressions are JSONata, and those that fail or take too long fail their operation alone', async (t) => {
  const send = await started(t);
  const rules = [
    {
      op: 'conditional',
      attribute: 'title',
      when: { expression: "$contains(userName, 'slow')" },
      expression: '($f := function($n) { $n > 0 ? $f($n - 1) : "done" }; $f(100000000))',
    },
    { op: 'default', attribute: 'title', expression: "$uppercase($substringBefore(userName, '@'))" },
    { op: 'format', attribute: 'displayName', expression: "name.givenName & ' of ' & title" },
  ];
  const name = { givenName: 'Ada' };
  const users = ['a@example.com', 'slow@example.com', 'b@example.com'].map((each) => ({ ...user(each), name }));
  t.match(await transformed(send, [...users, { ...user('c@example.com'), title: 'X', name }], rules), [
    { title: 'A', displayName: 'Ada of A' },
    '400',
    { title: 'B', displayName: 'Ada of B' },
    { title: 'X', displayName: 'Ada of X' },
  ]);
});

void t.test('a slow regular expression, which JSONata does not stop, ends with its thread', async (t) => {
  const send = await started(t);
  const rules = [{ op: 'default', attribute: 'title', expression: '$match(nickName, /^(a+)+$/) ? "x" : "y"' }];
  const users = [
    { ...user(), nickName: `${'a'.repeat(60)}!` },
    { ...user(), nickName: 'aaa' },
  ];
  t.match(await transformed(send, users, rules), ['400', { title: 'x' }]);
});

void t.test('rules that are not valid are refused before anything runs', async (t) => {
  const send = await started(t);
  for (const rule of [
    { op: 'reverse', attribute: 'title' },
    { op: 'normalise', attribute: 'title', to: 'latin' },
    { op: 'normalise', attribute: 'noSuchAttribute', to: 'trim' },
    { op: 'normalise', attribute: 'id', to: 'trim' },
    { op: 'normalise', attribute: 'emails[type eq "work"].value', to: 'trim' },
    { op: 'default', attribute: 'title', value: 'a', expression: "'a'" },
    { op: 'default', attribute: 'title', expression: 'a ??? (' },
    { op: 'default', attribute: 'title', expression: `'${'a'.repeat(1000)}'` },
    { op: 'format', attribute: 'title', template: '{userName' },
    { op: 'format', attribute: 'title', template: 'userName}' },
    { op: 'format', attribute: 'title', template: '{noSuchAttribute}' },
    'trim',
  ]) {
    const body = withRules([user()], [{ op: 'normalise', attribute: 'title', to: 'trim' }, rule]);
    const { status } = await send('POST', '/Bulk', { headers: asynchronous, body });
    t.equal(status, 400, JSON.stringify(rule));
  }
  t.match((await send('GET', '/Users')).body, { totalResults: 0 });
});
