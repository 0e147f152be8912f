import { urn } from '../../../../schemas/names.js';
import { core18 } from '../../../../suites/requirements/core/core-18.js';
import { descriptionSteps } from '../../../../suites/scenarios/building-blocks/read-description.js';
import { everyAttribute } from '../../../../suites/scenarios/synchronous/every-attribute.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

type Json = Record<string, unknown>;

const badge = 'urn:example:badge';

const attribute = (name: string, type = 'string', more: Json = {}): Json => ({
  name,
  type,
  multiValued: false,
  mutability: 'readWrite',
  returned: 'default',
  ...more,
});

const values = (name: string): Json =>
  attribute(name, 'complex', {
    multiValued: true,
    subAttributes: [attribute('value'), attribute('type'), attribute('primary', 'boolean'), attribute('display')],
  });

const userSchema: Json = {
  id: urn.user,
  attributes: [
    attribute('userName'),
    attribute('title'),
    attribute('nickName'),
    attribute('displayName'),
    attribute('name', 'complex', { subAttributes: [attribute('givenName'), attribute('formatted')] }),
    values('emails'),
    values('phoneNumbers'),
    attribute('photos', 'complex', {
      multiValued: true,
      subAttributes: [attribute('value', 'reference'), attribute('type')],
    }),
    attribute('tags', 'string', { multiValued: true }),
    attribute('size', 'integer'),
    attribute('ratio', 'decimal'),
    attribute('hired', 'dateTime'),
    attribute('isNew', 'boolean'),
    attribute('photo', 'binary'),
    attribute('profileUrl', 'reference'),
    attribute('code', 'string', { caseExact: true }),
    attribute('secret', 'string', { mutability: 'writeOnly', returned: 'never' }),
    attribute('history', 'string', { returned: 'request' }),
    attribute('tenant', 'string', { mutability: 'readOnly' }),
  ],
};

const lists = {
  schemas: [userSchema, { id: badge, attributes: [attribute('color')] }],
  types: [
    { name: 'User', endpoint: '/Users', schema: urn.user, schemaExtensions: [{ schema: badge, required: false }] },
  ],
};

const listOf = (Resources: unknown[]): Json => ({
  schemas: [urn.listResponse],
  totalResults: Resources.length,
  Resources,
});

const begun = (hasSchemas = true): HandMadeTrace => {
  const trace = new HandMadeTrace(everyAttribute, 'request-mode');
  const answer = hasSchemas ? { status: 200, body: listOf(lists.schemas) } : { status: 404 };
  trace.exchange('discover', 'GET /Schemas', { variant: descriptionSteps.schemas, ...answer });
  const types = { status: 200, body: listOf(hasSchemas ? lists.types : []) };
  trace.exchange('discover', 'GET /ResourceTypes', { variant: descriptionSteps.types, ...types });
  return trace;
};

const user = (more: Json): Json => ({ schemas: [urn.user], userName: 'a', ...more });

/** A create of a user with these attributes, and a read that shows those. */
const created =
  (sent: Json, read: Json, { hasSchemas = true, status = 201, readStatus = 200 } = {}) =>
  (): HandMadeTrace => {
    const trace = begun(hasSchemas);
    trace.exchange('create', 'POST /Users', { status, sent: user(sent), subject: 'a' });
    trace.exchange('read', 'GET /Users/1', { status: readStatus, body: { id: '1', ...user(read) }, subject: 'a' });
    return trace;
  };

/** The same, and then a PUT with other attributes, and a read. */
const replaced =
  (first: readonly [sent: Json, read: Json], second: readonly [sent: Json, read: Json], status = 200) =>
  (): HandMadeTrace => {
    const trace = created(...first)();
    trace.exchange('replace', 'PUT /Users/1', { status, sent: user(second[0]), subject: 'a' });
    trace.exchange('read', 'GET /Users/1', { status: 200, body: { id: '1', ...user(second[1]) }, subject: 'a' });
    return trace;
  };

const same = (attributes: Json) => created(attributes, attributes);

const [one, other] = [
  { value: 'one@example.com', type: 'work', primary: true },
  { value: 'other@example.com', type: 'home' },
];

const long = `title ${'Ωß𠮷'.repeat(40)} end`;

proveRequirement(core18, {
  right: {
    'every attribute': same({
      title: long,
      name: { givenName: 'Žoë "\\' },
      emails: [one, other],
      tags: ['a', 'b'],
      size: 3,
      ratio: 1.5,
      hired: '2020-01-01T00:00:00Z',
      isNew: false,
      photo: 'AAEC',
      [badge]: { color: 'red' },
    }),
    'another user after a PUT': replaced([{ title: 'a' }, { title: 'a' }], [{ title: 'b' }, { title: 'b' }]),
  },
  wrong: {
    'attribute-dropped': {
      'a text': created({ title: 'a' }, {}),
      'a list that is empty': created({ tags: ['a'] }, { tags: [] }),
      'a complex attribute': created({ name: { givenName: 'a' } }, { name: null }),
      'a boolean that is false': created({ isNew: false }, {}),
      'an extension': created({ [badge]: { color: 'red' } }, {}),
      'its own name': created({ title: 'a' }, { title: 'a', userName: undefined }),
    },
    'sub-attribute-dropped': {
      'of a complex attribute': created({ name: { givenName: 'a', formatted: 'A' } }, { name: { givenName: 'a' } }),
      'of a value in a list': created({ emails: [one] }, { emails: [{ value: one.value, type: 'work' }] }),
    },
    'values-dropped': {
      'of complex values': created({ emails: [one, other] }, { emails: [other] }),
      'of simple values': created({ tags: ['a', 'b'] }, { tags: ['b'] }),
    },
    'text-cut': {
      'at a length': created({ title: long }, { title: long.slice(0, 64) }),
      'before a character outside the Basic Multilingual Plane': created({ title: 'a𠮷b' }, { title: 'a' }),
    },
    'text-changed': {
      'other characters': created({ title: 'a𠮷' }, { title: 'a?' }),
      'quotes that are escaped': created({ title: 'a"b' }, { title: String.raw`a\"b` }),
      'bytes read as Latin-1': created({ title: 'Žoë' }, { title: 'Å½oÃ«' }),
      'letter case of a text that is case-exact': created({ code: 'aB' }, { code: 'AB' }),
      'without /Schemas, too': created({ title: 'a𠮷' }, { title: 'a?' }, { hasSchemas: false }),
      'within a list': created({ emails: [one, other] }, { emails: [one, { ...other, value: 'x@example.com' }] }),
    },
    'value-changed': {
      'a number': created({ size: 3 }, { size: 4 }),
      'a number without its fraction': created({ ratio: 1.5 }, { ratio: 1 }),
      'a boolean': created({ isNew: true }, { isNew: false }),
      'a date': created({ hired: '2020-01-01T00:00:00Z' }, { hired: '2020-01-02T00:00:00Z' }),
      'a binary value': created({ photo: 'AAEC' }, { photo: 'AAED' }),
      'a reference': created({ profileUrl: 'https://example.com/a' }, { profileUrl: 'https://example.com/b' }),
    },
    'replace-not-kept': {
      'an attribute that is gone': replaced([{ title: 'a' }, { title: 'a' }], [{ title: 'b' }, {}]),
      'an attribute that stays as it was': replaced(
        [{ title: 'a' }, { title: 'a' }],
        [{ title: 'b' }, { title: 'a' }],
        204,
      ),
    },
  },
  legal: {
    'a refused create (RFC 7644 §3.12)': created({ title: 'a' }, {}, { status: 400 }),
    'letter case and spaces of a text that is not case-exact (RFC 7643 §7)': created(
      { title: ' aB  c' },
      { title: 'AB C' },
    ),
    'Unicode normalisation (RFC 7644 §5, RFC 8265)': created(
      { code: 'e\u0301', title: 'o\u0308' },
      { code: 'é', title: 'ö' },
    ),
    'telephone numbers without separators (RFC 7643 §4.1.2)': created(
      { phoneNumbers: [{ value: 'tel:+49-30-1' + '23456' }] },
      { phoneNumbers: [{ value: '+4930123456' }] },
    ),
    'dates with another offset and precision (RFC 7643 §2.3.5)': created(
      { hired: '2020-01-01T00:00:00Z' },
      { hired: '2020-01-01T01:00:00.000+01:00' },
    ),
    'a URL in its normal form (RFC 3986 §6.2)': created(
      { profileUrl: 'https://example.com' },
      { profileUrl: 'https://EXAMPLE.com/' },
    ),
    'a copy of a picture at a URL of the provider (RFC 7644 §3.3)': created(
      { photos: [{ value: 'https://example.com/photo.jpg', type: 'photo' }] },
      { photos: [{ value: 'https://provider.example/photos/1', type: 'photo' }] },
    ),
    'base64url without padding (RFC 4648 §5)': created({ photo: '+/+/+w==' }, { photo: '-_-_-w' }),
    'values in another order, and more of them (RFC 7643 §2.4)': created(
      { emails: [one, other], tags: ['a', 'b'] },
      { emails: [{ value: 'third@example.com' }, other, one], tags: ['b', 'c', 'a'] },
    ),
    'names that the provider builds (RFC 7643 §4.1.1)': created(
      { displayName: 'a', name: { givenName: 'b', formatted: 'c' }, emails: [{ ...one, display: 'd' }] },
      { displayName: 'b', name: { givenName: 'b', formatted: 'Ms b' }, emails: [{ ...one, display: 'one' }] },
    ),
    'what is never returned, only on request, or read-only (RFC 7643 §7)': created(
      { secret: 'x', history: 'y', tenant: 'z', title: 'a' },
      { title: 'a' },
    ),
    'what /Schemas does not name (RFC 7644 §3.3)': created({ title: 'a', badgeColor: 'red' }, { title: 'a' }),
    'attributes that are dropped without /Schemas (RFC 7643 §4.1)': created(
      { title: 'a', nickName: 'b' },
      { nickName: 'b' },
      { hasSchemas: false },
    ),
    'a number as a text, which is for CORE-16 to judge': created(
      { size: 3, isNew: true },
      { size: '3', isNew: 'True' },
    ),
    'one value in place of a list, which is for CORE-16 to judge': created({ emails: [one] }, { emails: one }),
    'what a PUT is refused for': replaced([{ title: 'a' }, { title: 'a' }], [{ title: 'b' }, { title: 'a' }], 400),
  },
  silent: {
    'a user that cannot be read, which is for CORE-03 to judge': created({ title: 'a' }, {}, { readStatus: 404 }),
    'a create that is not done yet': created({ title: 'a' }, {}, { status: 202 }),
    'no /Schemas, and nothing was kept': created({ title: 'a' }, {}, { hasSchemas: false }),
  },
});
