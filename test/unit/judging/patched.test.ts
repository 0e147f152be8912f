/** The examples follow RFC 7644 §3.5.2.1 to §3.5.2.3. */
import t from 'tap';
import { urn } from '../../../schemas/names.js';
import { patched } from '../../../suites/judging/patched.js';

type Json = Record<string, unknown>;

const work = { value: 'a@example.com', type: 'work', primary: true };
const home = { value: 'b@example.com', type: 'home' };

const user = (): Json => ({
  userName: 'a',
  name: { givenName: 'Ada', familyName: 'Byron' },
  emails: [work, home],
  [urn.enterpriseUser]: { department: 'Sums', costCenter: '1' },
});

const cases: Readonly<Record<string, { operations: Json[]; wanted: Json }>> = {
  'add of an attribute': { operations: [{ op: 'add', path: 'title', value: 'x' }], wanted: { title: 'x' } },
  'add to a list that is not there': {
    operations: [{ op: 'add', path: 'roles', value: [{ value: 'r' }] }],
    wanted: { roles: [{ value: 'r' }] },
  },
  'add of a value to a list': {
    operations: [{ op: 'add', path: 'emails', value: [{ value: 'c@example.com' }] }],
    wanted: { emails: [work, home, { value: 'c@example.com' }] },
  },
  'add of a value that is in the list, in other letter case': {
    operations: [{ op: 'add', path: 'emails', value: [{ value: 'A@example.com', type: 'work' }] }],
    wanted: {},
  },
  'remove of values that one of two filters selects': {
    operations: [{ op: 'remove', path: 'emails[type eq "home" or type eq "other" and value eq "a@example.com"]' }],
    wanted: { emails: [work] },
  },
  'a path in other letter case': {
    operations: [{ op: 'replace', path: 'Name.givenName', value: 'Augusta' }],
    wanted: { name: { givenName: 'Augusta', familyName: 'Byron' } },
  },
  'replace of a part of the extension, without a path': {
    operations: [{ op: 'replace', value: { [urn.enterpriseUser]: { department: 'Poems' } } }],
    wanted: { [urn.enterpriseUser]: { department: 'Poems', costCenter: '1' } },
  },
  'remove of a sub-attribute': {
    operations: [{ op: 'remove', path: 'name.givenName' }],
    wanted: { name: { familyName: 'Byron' } },
  },
  'remove of the last value': {
    operations: [
      { op: 'remove', path: 'emails[type eq "work"]' },
      { op: 'remove', path: 'emails[value eq "b@example.com" and type eq "home"]' },
    ],
    wanted: { emails: undefined },
  },
  'remove by a boolean': {
    operations: [{ op: 'remove', path: 'emails[primary eq true]' }],
    wanted: { emails: [home] },
  },
  'remove of a list': { operations: [{ op: 'remove', path: 'emails' }], wanted: { emails: undefined } },
  'remove of what a filter does not find': {
    operations: [{ op: 'remove', path: 'emails[type eq "other"]' }],
    wanted: {},
  },
  'replace of a complex attribute keeps the other sub-attributes': {
    operations: [{ op: 'replace', path: 'name', value: { givenName: 'Ida' } }],
    wanted: { name: { givenName: 'Ida', familyName: 'Byron' } },
  },
  'replace of a sub-attribute of one value': {
    operations: [{ op: 'replace', path: 'emails[type eq "home"].value', value: 'c@example.com' }],
    wanted: { emails: [work, { ...home, value: 'c@example.com' }] },
  },
  'replace of one value as a whole': {
    operations: [{ op: 'replace', path: 'emails[type eq "work"]', value: { value: 'c@example.com' } }],
    wanted: { emails: [{ value: 'c@example.com' }, home] },
  },
  'replace without a path': {
    operations: [{ op: 'replace', value: { title: 'x', name: { givenName: 'Ida' } } }],
    wanted: { title: 'x', name: { givenName: 'Ida', familyName: 'Byron' } },
  },
  'an attribute of an extension': {
    operations: [
      { op: 'replace', path: `${urn.enterpriseUser}:department`, value: 'Engines' },
      { op: 'remove', path: `${urn.enterpriseUser}:costCenter` },
    ],
    wanted: { [urn.enterpriseUser]: { department: 'Engines' } },
  },
  'an attribute with the URN of the core schema': {
    operations: [{ op: 'replace', path: `${urn.user}:userName`, value: 'b' }],
    wanted: { userName: 'b' },
  },
};

for (const [about, { operations, wanted }] of Object.entries(cases)) {
  void t.test(about, (t) => {
    t.strictSame(
      JSON.parse(JSON.stringify(patched(user(), operations))),
      JSON.parse(JSON.stringify({ ...user(), ...wanted })),
    );
    t.end();
  });
}

void t.test('replace of a complex attribute may remove the other sub-attributes only if there is no path', (t) => {
  const value = { givenName: 'Ida' };
  const both = { givenName: 'Ida', familyName: 'Byron' };
  const nameAfter = (operation: Json): unknown => patched(user(), [operation], 'removes the others')?.name;
  // «left unchanged» (RFC 7644 §3.5.2.3).
  t.strictSame(nameAfter({ op: 'replace', path: 'name', value }), both);
  t.strictSame(nameAfter({ op: 'replace', value: { name: value } }), value);
  t.strictSame(nameAfter({ op: 'add', path: 'name', value }), both);
  t.end();
});

void t.test('what no scenario sends is not understood', (t) => {
  for (const operation of [
    { op: 'update', path: 'title', value: 'x' },
    { op: 'remove', path: 'emails[type co "work"]' },
    { op: 'remove', path: 'emails[type eq ' },
    { op: 'replace', value: 'x' },
    'nothing',
  ])
    t.equal(patched(user(), [operation]), undefined, JSON.stringify(operation));
  t.end();
});
