import t from 'tap';
import { startMock } from '../../../mock/index.js';
import { urn } from '../../../schemas/names.js';
import { clientOf, group, user, type Reply } from './client.js';

t.setTimeout(300_000);

const enterprise = urn.enterpriseUser;
const [home, work] = [
  { value: 'home@example.com', type: 'home' },
  { value: 'work@example.com', type: 'work', primary: true },
];
const refused = (scimType: string) => ({ status: 400, body: { status: '400', scimType } });

/** A mock, and how to patch a resource of it that was created with these attributes. */
const start = async (t: { teardown(fn: () => Promise<void>): void }) => {
  const mock = await startMock({ operationMillis: 0, rateLimit: false });
  t.teardown(() => mock.stop());
  const send = clientOf(mock);
  return async (attributes: Record<string, unknown> = {}, created: Record<string, unknown> = user()) => {
    const endpoint = created.members === undefined ? '/Users' : '/Groups';
    const { body } = await send('POST', endpoint, { body: { ...created, ...attributes } });
    const path = `${endpoint}/${String(body.id)}`;
    const patch = (...Operations: unknown[]): Promise<Reply> =>
      send('PATCH', path, { body: { schemas: [urn.patchOp], Operations } });
    return { patch, read: () => send('GET', path) };
  };
};

void t.test('a value filter of a path', async (t) => {
  const create = await start(t);

  await t.test('that matches nothing is 400 noTarget, and nothing is written', async (t) => {
    const { patch, read } = await create({ emails: [home] });
    const before = (await read()).body;
    for (const operation of [
      { op: 'replace', path: 'emails[type eq "other"].value', value: 'x@example.com' },
      { op: 'replace', path: 'emails[type eq "other"]', value: { value: 'x@example.com' } },
      { op: 'replace', path: 'phoneNumbers[type eq "work"].value', value: '1' },
      { op: 'remove', path: 'emails[type eq "other"]' },
      { op: 'remove', path: 'phoneNumbers[type eq "work"].value' },
      { op: 'add', path: 'emails[type ne "home"].display', value: 'x' },
    ]) {
      t.match(await patch(operation), refused('noTarget'), JSON.stringify(operation));
    }
    t.strictSame((await read()).body, before);
  });

  await t.test('names the value to add if the filter is a single eq', async (t) => {
    const { patch } = await create();
    const { body } = await patch({ op: 'add', path: 'Emails[Type eq "work"].Value', value: 'x@example.com' });
    t.strictSame(body.emails, [{ type: 'work', value: 'x@example.com' }]);
  });

  await t.test('is compared without regard to case', async (t) => {
    for (const path of [
      'emails[type eq "HOME"].value',
      'Emails[Type Eq "HOME"].Value',
      'EMAILS[VALUE SW "HOME"].value',
    ]) {
      const { patch } = await create({ emails: [home, work] });
      const { body } = await patch({ op: 'replace', path, value: 'new@example.com' });
      t.strictSame(body.emails, [{ ...home, value: 'new@example.com' }, work], path);
    }
  });

  await t.test('may be of several parts, and hold brackets and dots in quotes', async (t) => {
    const { patch } = await create({ emails: [{ ...home, display: 'a].b' }, work] });
    const filter = 'display eq "a].b" and not (type eq "work") or primary eq false';
    const { body } = await patch({ op: 'replace', path: `emails[${filter}].display`, value: 'c' });
    t.strictSame(body.emails, [{ ...home, display: 'c' }, work]);
  });

  await t.test('says in its strings what JSON would say', async (t) => {
    const display = 'the "one" \\ and only \u00e9';
    const { patch } = await create({ emails: [{ ...home, display }, work] });
    const path = `emails[display eq ${JSON.stringify(display)}].display`;
    const { body } = await patch({ op: 'replace', path, value: 'c' });
    t.strictSame(body.emails, [{ ...home, display: 'c' }, work]);
  });

  await t.test('finds a value by what it has not', async (t) => {
    const { patch } = await create({ emails: [{ ...home, display: 'H' }, work] });
    const { body } = await patch({ op: 'replace', path: 'emails[not (display pr)].display', value: 'W' });
    t.strictSame(body.emails, [
      { ...home, display: 'H' },
      { ...work, display: 'W' },
    ]);
  });

  await t.test('replaces a value as a whole, adds to it, removes it or a part of it', async (t) => {
    const { patch, read } = await create({ emails: [{ ...home, display: 'H' }, work] });
    const at = (path: string, op: string, value?: unknown) => patch({ op, path, value });
    await at('emails[type eq "home"]', 'replace', { value: 'new@example.com', type: 'home' });
    t.strictSame((await read()).body.emails, [{ value: 'new@example.com', type: 'home' }, work]);
    await at('emails[type eq "home"]', 'add', { display: 'D' });
    t.strictSame((await read()).body.emails, [{ value: 'new@example.com', type: 'home', display: 'D' }, work]);
    await at('emails[type eq "home"].display', 'remove');
    await at('emails[type eq "work"]', 'remove');
    t.strictSame((await read()).body.emails, [{ value: 'new@example.com', type: 'home' }]);
    await at('emails[type eq "home"]', 'remove');
    t.equal((await read()).body.emails, undefined, 'no value is left');
  });

  await t.test('that cannot be understood is 400 invalidFilter, and one of no list 400 invalidPath', async (t) => {
    const { patch } = await create({ emails: [home], name: { familyName: 'F' } });
    const replace = (path: string) => patch({ op: 'replace', path, value: 'x' });
    t.match(await replace('emails[type is "home"].value'), refused('invalidFilter'));
    t.match(await replace('emails[nothing eq "home"].value'), refused('invalidFilter'));
    t.match(await replace('name[familyName eq "F"].givenName'), refused('invalidPath'));
    t.match(await replace('emails[type eq "home"].nothing'), refused('invalidPath'));
  });
});

void t.test('one value at most is primary', async (t) => {
  const create = await start(t);
  const other = { value: 'other@example.com', primary: true };

  await t.test('the value that becomes primary takes it from the others', async (t) => {
    const demoted = { ...work, primary: false };
    const cases: [operation: unknown, emails: unknown[]][] = [
      [{ op: 'replace', path: 'emails[type eq "home"].primary', value: true }, [{ ...home, primary: true }, demoted]],
      [{ op: 'add', path: 'emails[type eq "home"]', value: { primary: true } }, [{ ...home, primary: true }, demoted]],
      [{ op: 'add', path: 'emails', value: [other] }, [home, demoted, other]],
      [{ op: 'add', value: { emails: other } }, [home, demoted, other]],
      [{ op: 'replace', path: 'emails[type eq "work"].value', value: 'w' }, [home, { ...work, value: 'w' }]],
    ];
    for (const [operation, emails] of cases) {
      const { patch } = await create({ emails: [home, work] });
      t.strictSame((await patch(operation)).body.emails, emails, JSON.stringify(operation));
    }
  });

  await t.test('two of one operation are 400 invalidValue', async (t) => {
    const { patch } = await create({ emails: [home, work] });
    t.match(await patch({ op: 'replace', path: 'emails', value: [work, other] }), refused('invalidValue'));
    t.match(await patch({ op: 'replace', path: 'emails[value pr].primary', value: true }), refused('invalidValue'));
    t.match(await patch({ op: 'replace', path: 'emails.primary', value: true }), refused('invalidValue'));
  });
});

void t.test('remove', async (t) => {
  const create = await start(t);

  await t.test('without a path is 400 noTarget', async (t) => {
    const { patch } = await create();
    t.match(await patch({ op: 'Remove' }), refused('noTarget'));
    t.match(await patch({ op: 'remove', value: { title: 'T' } }), refused('noTarget'));
  });

  await t.test('of a required attribute is 400 mutability, also by null', async (t) => {
    const ofUser = await create();
    const ofGroup = await create({}, group([{ value: 'm' }]));
    for (const operation of [
      { op: 'remove', path: 'UserName' },
      { op: 'remove', path: `${urn.user}:userName` },
      { op: 'replace', path: 'userName', value: null },
      { op: 'replace', value: { userName: null } },
      { op: 'remove', path: 'schemas' },
    ]) {
      t.match(await ofUser.patch(operation), refused('mutability'), JSON.stringify(operation));
    }
    t.match(await ofGroup.patch({ op: 'remove', path: 'displayName' }), refused('mutability'));
  });

  await t.test('removes members by value, and succeeds if there are none', async (t) => {
    const { patch } = await create({}, group([{ value: 'a', display: 'A' }, { value: 'b' }]));
    t.equal((await patch({ op: 'remove', path: 'externalId' })).status, 200);
    const { body } = await patch({ op: 'remove', path: 'members', value: [{ value: 'a' }] });
    t.strictSame(body.members, [{ value: 'b' }]);
    t.equal((await patch({ op: 'remove', path: 'members' })).body.members, undefined);
  });
});

void t.test('what changes nothing moves neither lastModified nor version', async (t) => {
  const create = await start(t);
  const { patch, read } = await create({ emails: [home], title: 'T', [enterprise]: { department: 'D' } });
  const before = await read();
  for (const operation of [
    { op: 'add', path: 'emails', value: [{ type: home.type, VALUE: home.value }] },
    { op: 'add', path: 'emails', value: [] },
    { op: 'add', path: 'title', value: 'T' },
    { op: 'add', value: { Title: 'T', [enterprise]: { Department: 'D' } } },
  ]) {
    const reply = await patch(operation);
    t.equal(reply.status, 200, JSON.stringify(operation));
    t.strictSame(reply.body, before.body);
    t.equal(reply.headers.get('etag'), before.headers.get('etag'));
  }
  const changed = await patch({ op: 'add', path: 'password', value: 'sEcret-1!' });
  t.match(changed.body.meta, { version: 'W/"2"' }, 'a password, which nobody can compare');
});

void t.test('names are those of the schema, however they are written', async (t) => {
  const create = await start(t);
  const { patch, read } = await create({ name: { familyName: 'F', givenName: 'G' } });
  await patch({ op: 'add', path: 'name.FamilyName', value: 'Z' });
  await patch({ op: 'replace', path: 'NAME', value: { GIVENNAME: 'Y', MiddleName: 'M' } });
  t.strictSame((await read()).body.name, { familyName: 'Z', givenName: 'Y', middleName: 'M' });
  await patch({ op: 'replace', path: 'name', value: { givenName: null, middleName: null } });
  t.strictSame((await read()).body.name, { familyName: 'Z' }, 'null is no value');
  await patch({ op: 'replace', value: { 'Name.FamilyName': 'X' } });
  t.strictSame((await read()).body.name, { familyName: 'X' });
});

void t.test('the enterprise extension', async (t) => {
  const create = await start(t);
  const { patch, read } = await create();
  const now = async () => {
    const { body } = await read();
    return [body.schemas, body[enterprise]];
  };
  const both = [urn.user, enterprise];

  await patch({ op: 'add', path: `${enterprise}:Department`, value: 'D' });
  t.strictSame(await now(), [both, { department: 'D' }], 'brings its URN into schemas');
  await patch({ op: 'add', value: { [enterprise.toUpperCase()]: { DEPARTMENT: 'E', manager: { Value: 'm' } } } });
  t.strictSame(await now(), [both, { department: 'E', manager: { value: 'm' } }]);
  await patch({ op: 'replace', path: `${enterprise}:manager.value`, value: 'n' });
  t.strictSame(await now(), [both, { department: 'E', manager: { value: 'n' } }]);
  t.match(await patch({ op: 'add', path: `${enterprise}:manager.displayName`, value: 'x' }), refused('mutability'));
  t.match(await patch({ op: 'add', path: `${enterprise}:manager`, value: 'm' }), refused('invalidValue'));
  t.match(await patch({ op: 'add', path: `${enterprise}:nothing`, value: 'm' }), refused('invalidPath'));
  await patch(
    { op: 'remove', path: `${enterprise}:department` },
    { op: 'remove', path: `${enterprise}:manager.value` },
  );
  t.strictSame(await now(), [[urn.user], undefined], 'leaves with its last attribute');
});

void t.test('a value is in a list once (RFC 7643 §2.4)', async (t) => {
  const create = await start(t);
  const twice = await create({ emails: [home, { ...home, display: 'H' }, { value: home.value, type: 'other' }] });
  const once = [
    { ...home, display: 'H' },
    { value: home.value, type: 'other' },
  ];
  t.strictSame((await twice.read()).body.emails, once, 'after a create');
  t.match((await twice.patch({ op: 'add', path: 'emails', value: [home] })).body.meta, { version: 'W/"1"' });
  const ofGroup = await create({}, group([{ value: 'a' }, { value: 'a', display: 'A' }]));
  t.strictSame((await ofGroup.read()).body.members, [{ value: 'a', display: 'A' }]);
  const added = await ofGroup.patch(
    { op: 'add', path: 'members', value: [{ value: 'b' }, { value: 'b' }] },
    { op: 'add', path: 'members', value: [{ value: 'b', display: 'B' }] },
  );
  t.strictSame(added.body.members, [
    { value: 'a', display: 'A' },
    { value: 'b', display: 'B' },
  ]);
  const primaries = await create({ emails: [home, work] });
  const changed = await primaries.patch({ op: 'add', path: 'emails', value: [{ ...home, primary: true }] });
  t.strictSame(changed.body.emails, [
    { ...home, primary: true },
    { ...work, primary: false },
  ]);
});

void t.test('members in the value of a remove are found by their value, whatever else is in it', async (t) => {
  const create = await start(t);
  const { patch } = await create({}, group([{ value: 'a', display: 'A' }, { value: 'b' }, { value: 'B' }]));
  const { body } = await patch({
    op: 'remove',
    path: 'members',
    value: [{ value: 'a', display: 'old', $ref: 'x' }, { value: 'b' }],
  });
  t.strictSame(body.members, [{ value: 'B' }]);
});

void t.test('an id that is sent along unchanged is no change, and another one is refused', async (t) => {
  const create = await start(t);
  const { patch, read } = await create({}, group([{ value: 'a' }]));
  const { id } = (await read()).body;
  t.match(await patch({ op: 'replace', value: { id, displayName: 'Renamed' } }), {
    status: 200,
    body: { id, displayName: 'Renamed' },
  });
  t.match(await patch({ op: 'replace', path: 'id', value: id }), { status: 200 });
  t.match(await patch({ op: 'replace', value: { id: 'other', displayName: 'Again' } }), refused('mutability'));
  t.match(await patch({ op: 'remove', path: 'id' }), refused('mutability'));
  t.equal((await read()).body.displayName, 'Renamed');
});
