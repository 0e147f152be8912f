import t from 'tap';
import { urn } from '../../../schemas/names.js';
import { plainUser } from '../../../suites/generators/user.js';
import { plainGroup } from '../../../suites/generators/worded.js';
import { uniqueOf } from '../../../suites/generators/unique-of.js';
import { templateBytes, withTemplate } from '../../../suites/session/pipeline/resource-templates.js';
import { atPath, isObject } from '../../../suites/trace/message.js';

const enterprise = urn.enterpriseUser;

const resources = {
  user: {
    title: 'Tester',
    externalId: 'x-{{unique}}',
    name: { middleName: 'M.' },
    [enterprise]: { employeeNumber: '{{unique}}', department: 'Quality of {{userName}}' },
  },
  group: { externalId: 'g-{{unique}}' },
};

const name = 'scimc-1-1@example.com';

void t.test('what a scenario leaves out is filled in, and what it sets is its own', (t) => {
  const user = { ...plainUser(name), title: null };
  t.strictSame(withTemplate(resources, { method: 'POST', path: 'https://host/scim/v2/Users' }, user), {
    ...user,
    schemas: [urn.user, enterprise],
    externalId: `x-${uniqueOf(name)}`,
    name: { givenName: 'Conformance', familyName: 'Test', middleName: 'M.' },
    [enterprise]: { employeeNumber: uniqueOf(name), department: `Quality of ${name}` },
  });
  t.strictSame(withTemplate(resources, { method: 'POST', path: '/Groups' }, plainGroup('scimc-1-2')), {
    ...plainGroup('scimc-1-2'),
    externalId: `g-${uniqueOf('scimc-1-2')}`,
  });
  t.strictSame(
    withTemplate({ user: { schemas: [urn.user, 'urn:x:y'] } }, { method: 'POST', path: '/Users' }, plainUser(name)),
    { ...plainUser(name), schemas: [urn.user, 'urn:x:y'] },
    'schemas are united',
  );
  t.end();
});

void t.test('a replace keeps what the create was given, in whatever case the name is written', (t) => {
  const created = withTemplate(resources, { method: 'POST', path: '/Users' }, plainUser(name));
  const replaced = withTemplate(resources, { method: 'PUT', path: '/Users/7' }, plainUser(name.toUpperCase()));
  const own = (body: unknown) =>
    isObject(body) && isObject(body[enterprise]) ? [body.externalId, body[enterprise].employeeNumber] : [];
  t.strictSame(own(created), [`x-${uniqueOf(name)}`, uniqueOf(name)]);
  t.strictSame(own(replaced), own(created));
  t.match(uniqueOf(name), /^\d{12}$/);
  t.not(uniqueOf(name), uniqueOf('scimc-1-2@example.com'));
  t.end();
});

void t.test('operations of a bulk request are filled in one by one', (t) => {
  const operation = (method: string, path: string, data?: unknown) => ({ method, path, ...(data ? { data } : {}) });
  const bulk = (...Operations: unknown[]) => ({ schemas: [urn.bulkRequest], Operations });
  const patch = { schemas: [urn.patchOp], Operations: [{ op: 'replace', path: 'active', value: false }] };
  t.strictSame(
    withTemplate(
      { user: { title: 'Tester' } },
      { method: 'POST', path: '/Bulk' },
      bulk(
        operation('POST', '/Users', plainUser(name)),
        operation('PUT', '/Users/bulkId:b', plainUser(name)),
        operation('PATCH', '/Users/7', patch),
        operation('DELETE', '/Users/7'),
        operation('POST', '/Groups', plainGroup('scimc-1-2')),
        null,
        operation('POST', '/Users', 'text'),
      ),
    ),
    bulk(
      operation('POST', '/Users', { ...plainUser(name), title: 'Tester' }),
      operation('PUT', '/Users/bulkId:b', { ...plainUser(name), title: 'Tester' }),
      operation('PATCH', '/Users/7', patch),
      operation('DELETE', '/Users/7'),
      operation('POST', '/Groups', plainGroup('scimc-1-2')),
      null,
      operation('POST', '/Users', 'text'),
    ),
  );
  t.end();
});

void t.test('what is wrong on purpose stays as it is wrong', (t) => {
  const left = (method: string, path: string, body: unknown): void =>
    t.equal(
      withTemplate(resources, { method, path }, body),
      body,
      `${method} ${path} ${JSON.stringify(body)}`,
    ) as never;
  left('POST', '/Users', JSON.stringify(plainUser(name)));
  left('POST', '/Users', undefined);
  left('POST', '/Users', [plainUser(name)]);
  left('POST', '/Users', { schemas: [urn.user] });
  left('POST', '/Users', { ...plainUser(name), schemas: [urn.group] });
  left('POST', '/Users', { ...plainUser(name), schemas: undefined });
  left('POST', '/Users/7', plainUser(name));
  left('POST', '/Users/.search', plainUser(name));
  left('PUT', '/Users', plainUser(name));
  left('PATCH', '/Users/7', plainUser(name));
  left('POST', '/Nowhere', plainUser(name));
  t.equal(withTemplate(undefined, { method: 'POST', path: '/Users' }, resources), resources, 'no template');
  const { userName, ...nameless } = plainUser(name);
  const sent = withTemplate(resources, { method: 'POST', path: '/Users' }, { ...nameless, externalId: 'x' });
  t.equal(atPath(sent, 'title'), 'Tester', 'a user without its name lacks nothing else');
  t.equal(atPath(sent, 'userName'), undefined, String(userName));
  t.end();
});

void t.test('what a template adds to a request is counted', (t) => {
  t.equal(templateBytes(), 2);
  t.ok(templateBytes(resources) > JSON.stringify(resources.user).length);
  t.end();
});
