import fc from 'fast-check';
import t from 'tap';
import { startMock } from '../../../mock/index.js';
import { lookupIn } from '../../../mock/resources/attribute-path.js';
import { predicateOf } from '../../../mock/resources/filter.js';
import { resourceTypes } from '../../../mock/resources/resource-type.js';
import { urn } from '../../../schemas/names.js';
import { clientOf, group, user, type Send } from './client.js';

const start = async (t: { teardown(fn: () => Promise<void>): void }): Promise<Send> => {
  // The day of the resources, for filters on meta.
  const now = Date.parse('2026-11-26T09:00:00Z');
  let ids = 0;
  const mock = await startMock({
    operationMillis: 0,
    rateLimit: false,
    environment: { clock: { now: () => now, sleep: () => Promise.resolve() } },
    seams: { newId: () => `Id-${++ids}` },
  });
  t.teardown(() => mock.stop());
  return clientOf(mock);
};

const search = (send: Send, filter: string, endpoint = '/Users') =>
  send('GET', `${endpoint}?filter=${encodeURIComponent(filter)}`);

/** The userNames that a filter finds. */
const found = async (send: Send, filter: string): Promise<unknown[]> => {
  const { status, body } = await search(send, filter);
  if (status !== 200) throw new Error(`${filter} was answered ${status}`);
  return (body.Resources as { userName: unknown }[]).map(({ userName }) => userName);
};

const email = (value: string, type: string, primary = false) => ({ value, type, primary });

const alice = {
  ...user('Alice'),
  schemas: [urn.user, urn.enterpriseUser],
  externalId: 'A-1',
  title: 'Engineer',
  active: true,
  name: { givenName: 'Alice', familyName: 'Young' },
  emails: [email('a@work.example', 'work', true), email('b@home.example', 'home')],
  [urn.enterpriseUser]: { department: 'Tools', manager: { value: '26' } },
};
const bob = { ...user('bob'), active: false, emails: [email('b@home.example', 'work')] };
const carol = { ...user('carol'), externalId: 'a-1', title: 'engineer', emails: [{ value: 'c@work.example' }] };

void t.test('a filter finds the users whom the RFC says, and no others', async (t) => {
  const send = await start(t);
  for (const body of [alice, bob, carol]) t.equal((await send('POST', '/Users', { body })).status, 201);
  const all = ['Alice', 'bob', 'carol'];
  const core = urn.user;
  const enterprise = urn.enterpriseUser;
  const cases: [filter: string, userNames: string[]][] = [
    // One value has to satisfy the whole filter in brackets (RFC 7644 §3.4.2.2).
    ['emails[type eq "work" and value eq "b@home.example"]', ['bob']],
    ['emails[type eq "home" and value co "HOME"]', ['Alice']],
    ['emails.type eq "work" and emails.value eq "b@home.example"', ['Alice', 'bob']],
    ['emails[not (type eq "work")]', ['Alice', 'carol']],
    ['not (emails[type eq "work"])', ['carol']],
    ['emails[type eq "home" or (type eq "work" and primary eq false)]', ['Alice', 'bob']],
    ['emails[type pr]', ['Alice', 'bob']],
    ['name[givenName eq "alice"]', ['Alice']],
    ['meta[resourceType eq "User" and created pr]', all],
    [`${core}:emails[type eq "home"]`, ['Alice']],
    // Of several values one has to match.
    [`schemas eq "${core}"`, all],
    [`schemas eq "${enterprise}"`, ['Alice']],
    ['emails co "home.example"', ['Alice', 'bob']],
    ['emails eq "C@WORK.example"', ['carol']],
    ['emails ne "b@home.example"', ['Alice', 'carol']],
    // Text is compared regardless of case, unless the schema says otherwise (RFC 7643 §2.2).
    ['userName eq "ALICE"', ['Alice']],
    ['title eq "ENGINEER"', ['Alice', 'carol']],
    ['externalId eq "A-1"', ['Alice']],
    ['externalId eq "a-1"', ['carol']],
    ['schemas sw "URN:"', []],
    // Names and operators are matched without regard to case, with or without their URN (RFC 7644 §3.10).
    ['USERNAME EQ "alice" OR uSerNaMe eQ "bob"', ['Alice', 'bob']],
    [`${core}:userName eq "bob"`, ['bob']],
    [`${core.toUpperCase()}:NAME.familyname sw "you"`, ['Alice']],
    [`${enterprise}:department eq "tools"`, ['Alice']],
    [`${enterprise}:manager.value eq "26"`, ['Alice']],
    [`${enterprise}[department eq "tools"]`, ['Alice']],
    [`${enterprise} pr`, ['Alice']],
    ['urn:example:other:userName eq "bob"', []],
    // What is unassigned is null (RFC 7643 §2.5).
    ['title pr', ['Alice', 'carol']],
    ['title eq null', ['bob']],
    ['title ne null', ['Alice', 'carol']],
    ['title ne "Engineer"', ['bob']],
    ['nothing eq "x"', []],
    ['nothing pr or constructor pr or toString.name pr', []],
    // Other types.
    ['active eq true', ['Alice']],
    ['active ne true', ['bob', 'carol']],
    ['active eq "true"', []],
    ['emails.primary eq true', ['Alice']],
    ['userName eq 5', []],
    ['userName gt "b" and userName lt "c"', ['bob']],
    ['userName ge "BOB" and userName le "bob"', ['bob']],
    ['userName ew "L"', ['carol']],
    // Dates are compared as dates.
    ['meta.created eq "2026-11-26T10:00:00+01:00"', all],
    ['meta.created gt "2026-11-26T10:00:00+02:00"', all],
    ['meta.created gt "2026-11-26T08:00:00-02:00"', []],
    ['meta.lastModified le "2026-11-26T09:00:00"', all],
    ['meta[created ge "2026-11-26T10:00:00+01:00"]', all],
    ['meta.created sw "2026-11"', all],
    // Precedence: not, and, or.
    ['userName eq "bob" or userName eq "carol" and title pr', ['bob', 'carol']],
    ['(userName eq "bob" or userName eq "carol") and title pr', ['carol']],
    ['not (userName eq "bob") and title pr', ['Alice', 'carol']],
    ['(userName gt -5 or title pr) and active pr', ['Alice']],
  ];
  for (const [filter, userNames] of cases) t.strictSame(await found(send, filter), userNames, filter);
  t.strictSame(await found(send, 'id eq "Id-2"'), ['bob']);
  t.strictSame(await found(send, 'id eq "id-2"'), []);
});

void t.test('groups are found by their members', async (t) => {
  const send = await start(t);
  const { body } = await send('POST', '/Users', { body: user() });
  await send('POST', '/Groups', { body: group([{ value: body.id }]) });
  for (const filter of [`members eq "${String(body.id)}"`, `members[value eq "${String(body.id)}"]`]) {
    t.equal((await search(send, filter, '/Groups')).body.totalResults, 1, filter);
  }
  t.equal((await search(send, 'members eq "other"', '/Groups')).body.totalResults, 0);
});

void t.test(
  'a filter outside the grammar, or one that orders unordered values, is refused: 400 invalidFilter',
  async (t) => {
    const send = await start(t);
    const filters = [
      'active gt true',
      'active gt "a"',
      'emails.primary lt "a"',
      'emails[primary ge false]',
      'x509Certificates.value le "a"',
      'userName gt null',
      'meta.created gt "yesterday"',
      'meta.created eq "2026-11-26"',
      'meta.created gt 5',
      'userName eq "a\\x"',
      'userName eq "a',
      'userName eq "a" "b"',
      'userName eq"a"',
      'userName eq "a"and title pr',
      'userName eq 01',
      'userName eq True',
      'userName eq a',
      'user"a"Name pr',
      'userName.. pr',
      'a.b.c pr',
      '_userName pr',
      '5 eq 5',
      'emails[type eq "work"].value eq "a"',
      'emails[type eq "work"].',
      'emails[type[value eq "a"]]',
      'not userName eq "a"',
      'userName pr and',
      'userName pr)',
    ];
    for (const filter of filters) {
      const { status, body } = await search(send, filter);
      t.match([status, body.status, body.scimType], [400, '400', 'invalidFilter'], filter);
    }
  },
);

void t.test('a string of a filter is a string of JSON, with whatever it escapes', async (t) => {
  const send = await start(t);
  for (const userName of ['q\\b', 'qe\\', 'q"q', 'q] or (x pr)', 'q/ü', '-5 5']) {
    await send('POST', '/Users', { body: user(userName) });
    t.strictSame(await found(send, `userName eq ${JSON.stringify(userName)}`), [userName]);
  }
  t.strictSame(await found(send, 'userName eq "q\\/\\u00fc"'), ['q/ü']);
  const findsItself = (title: string): boolean =>
    predicateOf(`nickName eq 5 or (title eq ${JSON.stringify(title)})`, resourceTypes.User)(lookupIn({ title }));
  fc.assert(fc.property(fc.string({ unit: 'binary' }), findsItself));
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom('"', '\\', ' ', ')', ']', '5', 'a') }), findsItself));
});

interface Formula {
  readonly text: string;
  /** Or, and, and all that binds tighter. */
  readonly binds: 1 | 2 | 3;
  readonly value: boolean;
}

/** Formulas with as few brackets as they can have, and what they are of this user. */
const formula = fc.letrec<{ any: Formula }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom<Formula>(
      { text: 'title eq "a"', binds: 3, value: true },
      { text: 'title eq "b"', binds: 3, value: false },
    ),
    tie('any').map(({ text, value }): Formula => ({ text: `not (${text})`, binds: 3, value: !value })),
    fc
      .tuple(fc.constantFrom(1 as const, 2 as const), fc.array(tie('any'), { minLength: 2, maxLength: 3 }))
      .map(([binds, parts]): Formula => {
        const values = parts.map(({ value }) => value);
        return {
          text: parts
            .map((part) => (part.binds < binds ? `(${part.text})` : part.text))
            .join(binds === 1 ? ' or ' : ' and '),
          binds,
          value: binds === 1 ? values.includes(true) : !values.includes(false),
        };
      }),
  ),
})).any;

void t.test('a search for a name finds what a test of every user would find', async (t) => {
  const send = await start(t);
  const body = user('a"b\\\\c');
  const { body: created } = await send('POST', '/Users', { body });
  await send('POST', '/Users', { body: user('other') });
  const quoted = JSON.stringify(body.userName);
  for (const filter of [`userName eq ${quoted}`, `USERNAME  EQ ${quoted.toUpperCase()}`, `(userName eq ${quoted})`])
    t.strictSame(await found(send, filter), [body.userName], filter);
  await send('PUT', `/Users/${String(created.id)}`, { body: user('renamed') });
  t.strictSame(await found(send, `userName eq ${quoted}`), [], 'the old name is free');
  t.strictSame(await found(send, 'userName eq "RENAMED"'), ['renamed']);
  await send('DELETE', `/Users/${String(created.id)}`);
  t.strictSame(await found(send, 'userName eq "renamed"'), []);
  t.equal((await search(send, 'userName eq "other"', '/Groups')).body.totalResults, 0, 'a group has no userName');
});

void t.test('and, or and not bind as the RFC says, however they are nested', (t) => {
  fc.assert(
    fc.property(
      formula,
      ({ text, value }) => predicateOf(text, resourceTypes.User)(lookupIn({ title: 'A' })) === value,
    ),
    { numRuns: 500 },
  );
  t.end();
});
