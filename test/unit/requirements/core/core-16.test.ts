import { urn } from '../../../../schemas/names.js';
import { core16 } from '../../../../suites/requirements/core/core-16.js';
import { descriptionSteps } from '../../../../suites/scenarios/building-blocks/read-description.js';
import { everyAttribute } from '../../../../suites/scenarios/synchronous/every-attribute.js';
import { schemasAndTypes, schemasAndTypesSteps } from '../../../../suites/scenarios/synchronous/schemas-and-types.js';
import { HandMadeTrace, type Answer } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

type Json = Record<string, unknown>;

const badge = 'urn:example:badge';

const characteristics = { multiValued: false, mutability: 'readWrite', returned: 'default' };

const attribute = (name: string, more: Json = {}): Json => ({ name, type: 'string', ...characteristics, ...more });

const emails = attribute('emails', { type: 'complex', multiValued: true, subAttributes: [attribute('value')] });

const schemaOf = (id: string, ...attributes: unknown[]): Json => ({ schemas: [urn.schema], id, attributes });

const userSchema = (...more: unknown[]): Json =>
  schemaOf(urn.user, attribute('userName', { required: true }), emails, ...more);

const userType: Json = {
  schemas: [urn.resourceType],
  id: 'User',
  name: 'User',
  endpoint: '/Users',
  schema: urn.user,
  schemaExtensions: [{ schema: badge, required: false }],
};

const badgeSchema = schemaOf(badge, attribute('color'), attribute('level', { type: 'integer' }));

const listOf = (Resources: unknown[], totalResults = Resources.length): Json => ({
  schemas: [urn.listResponse],
  totalResults,
  Resources,
});

interface Served {
  readonly schemas?: Answer;
  readonly types?: Answer;
}

const answerOf = (Resources: unknown[], totalResults?: number): Answer => ({
  status: 200,
  body: listOf(Resources, totalResults),
});

const usual = { schemas: answerOf([userSchema(), badgeSchema]), types: answerOf([userType]) };

const readLists = (trace: HandMadeTrace, { schemas = usual.schemas, types = usual.types }: Served): HandMadeTrace => {
  trace.exchange('discover', 'GET /Schemas', { variant: descriptionSteps.schemas, ...schemas });
  trace.exchange('discover', 'GET /ResourceTypes', { variant: descriptionSteps.types, ...types });
  return trace;
};

/** The lists. */
const described =
  (served: Served = {}) =>
  (): HandMadeTrace =>
    readLists(new HandMadeTrace(schemasAndTypes, 'request-mode'), served);

const withSchemas = (...schemas: unknown[]) => described({ schemas: answerOf(schemas) });
const withType = (type: Json) => described({ types: answerOf([type]) });
const withAttribute = (each: unknown) => withSchemas(userSchema(each), badgeSchema);

/** The lists, and one more read. */
const asked =
  (request: `GET ${string}`, answer: Answer, served: Served = {}) =>
  (): HandMadeTrace => {
    const trace = described(served)();
    trace.exchange('discover', request, answer);
    return trace;
  };

const { schema, type, counted, filtered, endpoint } = schemasAndTypesSteps;

const alone = (answer: Answer) => asked(`GET /Schemas/${urn.user}`, { variant: schema.of(urn.user), ...answer });

/** A user that was written, and how a read shows it. */
const holding =
  (resource: Json, served: Served = {}, sent: Json = {}) =>
  (): HandMadeTrace => {
    const trace = readLists(new HandMadeTrace(everyAttribute, 'request-mode'), served);
    const about = { subject: 'a' };
    const user = { schemas: [urn.user], userName: 'a', ...sent };
    trace.exchange('create', 'POST /Users', { status: 201, sent: user, body: { ...user, id: '1' }, ...about });
    trace.exchange('read', 'GET /Users/1', { status: 200, body: { ...user, id: '1', ...resource }, ...about });
    return trace;
  };

const withUserSchema = (...more: unknown[]): Served => ({ schemas: answerOf([userSchema(...more), badgeSchema]) });

proveRequirement(core16, {
  right: {
    lists: described(),
    'an entry by its own URL': alone({ status: 200, body: userSchema() }),
    'a resource type by its own URL': asked('GET /ResourceTypes/User', {
      variant: type.of('User'),
      status: 200,
      body: userType,
    }),
    'a list with count': asked('GET /Schemas?startIndex=1&count=1', { variant: counted, ...usual.schemas }),
    'a filter that is refused': asked('GET /Schemas?filter=x', { variant: filtered, status: 403 }),
    'an endpoint': asked('GET /Users?count=0', { variant: endpoint, status: 200, body: listOf([]) }),
    'a user as described': holding({
      schemas: [urn.user, badge],
      emails: [{ value: 'a@example.com' }],
      [badge]: { color: 'red', level: 3 },
    }),
  },
  wrong: {
    'list-invalid': {
      'a bare list': described({ schemas: { status: 200, body: [userSchema(), badgeSchema] } }),
      'resource types without schemas': described({ types: { status: 200, body: { Resources: [userType] } } }),
    },
    'list-not-whole': described({ schemas: answerOf([userSchema(), badgeSchema], 3) }),
    'schema-invalid': {
      'without an id': withSchemas(userSchema(), badgeSchema, { attributes: [] }),
      'without attributes': withSchemas(userSchema(), { id: badge }),
    },
    'attribute-invalid': {
      'without a name': withAttribute({ ...characteristics, type: 'string' }),
      'that is a text': withAttribute('title'),
      'of another type': withAttribute(attribute('title', { type: 'text' })),
      'with multiValued as a text': withAttribute(attribute('title', { multiValued: 'false' })),
      'with another mutability': withAttribute(attribute('title', { mutability: 'read-only' })),
      'with uniqueness as a boolean': withAttribute(attribute('title', { uniqueness: true })),
      'with canonicalValues as a text': withAttribute(attribute('title', { canonicalValues: 'work' })),
    },
    'complex-in-complex': withAttribute(
      attribute('name', {
        type: 'complex',
        subAttributes: [attribute('kana', { type: 'complex', subAttributes: [attribute('given')] })],
      }),
    ),
    'characteristic-missing': withAttribute({ name: 'title', type: 'string' }),
    'sub-attributes-missing': withAttribute(attribute('name', { type: 'complex' })),
    'resource-type-invalid': {
      'without a schema': withType({ ...userType, schema: undefined }),
      'without an endpoint': withType({ ...userType, endpoint: null }),
      'with extensions as texts': withType({ ...userType, schemaExtensions: [badge] }),
    },
    'entry-twice': {
      'of schemas': withSchemas(userSchema(), badgeSchema, schemaOf(badge.toUpperCase(), attribute('color'))),
      'of resource types': described({ types: answerOf([userType, { ...userType, id: 'User2' }]) }),
    },
    'type-names-unknown-schema': {
      'as its own': withType({ ...userType, schema: 'urn:example:user' }),
      'as an extension': withType({ ...userType, schemaExtensions: [{ schema: 'urn:example:car', required: true }] }),
    },
    'entry-not-served': {
      'of schemas': alone({ status: 404 }),
      'of resource types': asked('GET /ResourceTypes/User', { variant: type.of('User'), status: 501 }),
    },
    'entry-differs': {
      'with another attribute': alone({ status: 200, body: userSchema(attribute('title')) }),
      'with another type': alone({
        status: 200,
        body: schemaOf(urn.user, attribute('userName', { type: 'integer' }), emails),
      }),
      'with another endpoint': asked('GET /ResourceTypes/User', {
        variant: type.of('User'),
        status: 200,
        body: { ...userType, endpoint: '/People' },
      }),
    },
    'paging-not-ignored': asked('GET /Schemas?startIndex=1&count=1', {
      variant: counted,
      ...answerOf([userSchema()], 2),
    }),
    'filter-not-refused': asked('GET /Schemas?filter=x', { variant: filtered, ...usual.schemas }),
    'endpoint-not-served': asked('GET /Users?count=0', { variant: endpoint, status: 404 }),
    'schema-not-in-schemas': holding({ schemas: [urn.user, 'urn:example:car'] }),
    'schema-not-of-type': holding(
      { schemas: [urn.user, badge] },
      { types: answerOf([{ ...userType, schemaExtensions: [] }]) },
    ),
    'extension-not-listed': holding({ [badge]: { color: 'red' } }),
    'attribute-not-named': {
      'of the user': holding({ badgeColor: 'red' }),
      'within a value of a list': holding({ emails: [{ value: 'a', verified: true }] }),
      'of an extension': holding({ schemas: [urn.user, badge], [badge]: { size: 'L' } }),
    },
    'value-of-wrong-type': {
      'a number': holding({ userName: 1 }),
      'one value in place of a list': holding({ emails: { value: 'a@example.com' } }),
      'a list in place of one value': holding({ userName: ['a'] }),
      'a text in a list of complex values': holding({ emails: ['a@example.com'] }),
      'a text in place of a number': holding({ schemas: [urn.user, badge], [badge]: { level: '3' } }),
      'a boolean as a text': holding({ isNew: 'True' }, withUserSchema(attribute('isNew', { type: 'boolean' }))),
      'a date in words': holding({ hired: 'May 1' }, withUserSchema(attribute('hired', { type: 'dateTime' }))),
    },
    'never-returned-shown': holding({ pin: '1' }, withUserSchema(attribute('pin', { returned: 'never' }))),
    'required-missing': holding({}, withUserSchema(attribute('tenant', { required: true, mutability: 'readOnly' }))),
  },
  legal: {
    'words and URNs in other letters (RFC 7643 §2.1, RFC 8141 §3.1)': withSchemas(
      schemaOf(urn.user.toUpperCase(), attribute('userName', { type: 'STRING', mutability: 'READWRITE' })),
      badgeSchema,
    ),
    'no uniqueness, caseExact and required, as in the examples of RFC 7643 §8.7.1': withAttribute(
      attribute('active', { type: 'boolean' }),
    ),
    'the schema of schemas, which is nested (RFC 7643 §8.7.2)': withSchemas(
      userSchema(),
      badgeSchema,
      schemaOf(
        urn.schema,
        attribute('attributes', {
          type: 'complex',
          multiValued: true,
          subAttributes: [attribute('subAttributes', { type: 'complex', subAttributes: [attribute('name')] })],
        }),
      ),
    ),
    'an entry with its attributes in another order': alone({
      status: 200,
      body: schemaOf(urn.user, emails, attribute('userName', { required: true })),
    }),
    'a resource type without an id (RFC 7643 §6), which has no URL': asked(
      'GET /ResourceTypes/User',
      { variant: type.of('User'), status: 404 },
      { types: answerOf([{ ...userType, id: undefined }]) },
    ),
    'an endpoint that does not list (RFC 7644 §3.4.2)': asked('GET /Users?count=0', { variant: endpoint, status: 403 }),
    'a count that is refused': asked('GET /Schemas?startIndex=1&count=1', { variant: counted, status: 403 }),
    'a user with common attributes that no schema names (RFC 7643 §3.1)': holding({
      externalId: 'x',
      meta: { resourceType: 'User' },
    }),
    'values of lists with the usual sub-attributes (RFC 7643 §2.4)': holding({
      emails: [{ value: 'a', type: 'work', primary: true, display: 'A', $ref: 'https://example.com' }],
    }),
    'a value outside canonicalValues (RFC 7643 §7)': holding(
      { kind: 'other' },
      withUserSchema(attribute('kind', { canonicalValues: ['one'] })),
    ),
    'null and an empty list for what has no value (RFC 7643 §2.5)': holding({
      emails: [],
      nickName: null,
      [badge]: {},
    }),
    'a required attribute that was written and is not shown, which is for CORE-18 to judge': holding(
      { title: undefined },
      withUserSchema(attribute('title', { required: true })),
      { title: 'Judge' },
    ),
    'a password, which is for CORE-11 to judge': holding(
      { password: 'x' },
      withUserSchema(attribute('password', { returned: 'never' })),
    ),
    'schemas without resource types': holding({ schemas: [urn.user, badge] }, { types: { status: 404 } }),
    'a list that is cut by the provider, so that a schema may be missing from it': holding(
      { schemas: [urn.user, 'urn:example:car'] },
      { schemas: answerOf([userSchema(), badgeSchema], 3), types: { status: 501 } },
    ),
  },
  silent: {
    'neither list is served': described({ schemas: { status: 404 }, types: { status: 501 } }),
    'a resource without /Schemas': holding({ badgeColor: 'red' }, { schemas: { status: 404 } }),
  },
});
