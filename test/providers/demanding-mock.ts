/** The mock as a provider that demands more of users and groups than the suite sends of itself. */
import type { StartOptions } from '../../mock/index.js';
import { Problem } from '../../mock/problem.js';
import { createApply } from '../../mock/resources/apply.js';
import { typeOfPath } from '../../mock/resources/resource-type.js';
import { urn } from '../../schemas/names.js';
import { isObject, type JsonObject } from '../../suites/trace/message.js';

const enterprise = urn.enterpriseUser;

/** Changes each resource of a list, or the one resource. */
const eachIn = (answer: JsonObject, change: (resource: JsonObject) => JsonObject): JsonObject =>
  Array.isArray(answer.Resources)
    ? { ...answer, Resources: answer.Resources.filter(isObject).map(change) }
    : change(answer);

const withExtension = (type: JsonObject): JsonObject =>
  type.name === 'User' ? { ...type, schemaExtensions: [{ schema: enterprise, required: true }] } : type;

const withExternalId = (schema: JsonObject): JsonObject =>
  schema.id === urn.group && Array.isArray(schema.attributes)
    ? {
        ...schema,
        attributes: schema.attributes
          .filter(isObject)
          .map((attribute) => (attribute.name === 'externalId' ? { ...attribute, required: true } : attribute)),
      }
    : schema;

const withEnterprise = (list: JsonObject): JsonObject => {
  const attribute = (name: string, required: boolean): JsonObject => ({
    name,
    type: 'string',
    multiValued: false,
    required,
    mutability: 'readWrite',
    returned: 'default',
  });
  const attributes = [attribute('employeeNumber', true), attribute('department', true), attribute('division', false)];
  return eachIn(list, (schema) => (schema.id === enterprise ? { ...schema, attributes } : schema));
};

const isSameText = (one: unknown, other: unknown): boolean =>
  typeof one === 'string' && typeof other === 'string' && one.toLowerCase() === other.toLowerCase();

/** Throws a Problem of 400 if a PATCH removes what is required (RFC 7644 §3.5.2.2). */
const demandKept = (data: unknown): void => {
  const operations = isObject(data) && Array.isArray(data.Operations) ? data.Operations.filter(isObject) : [];
  const required = /^externalId$|:(?:employeeNumber|department)$|:User$/i;
  if (operations.some(({ op, path }) => op === 'remove' && typeof path === 'string' && required.test(path)))
    throw new Problem(400, 'A required attribute cannot be removed.', 'mutability');
};

const apply = createApply(() => Promise.resolve());

/** Requires employeeNumber and department in users and externalId in groups, and advertises this in /Schemas. */
export const demanding: Pick<StartOptions, 'seams'> = {
  seams: {
    apply: async (operation, transaction) => {
      const { method, path, data } = operation;
      const type = typeOfPath(path);
      if (method === 'PATCH') demandKept(data);
      if (!['POST', 'PUT'].includes(method) || type === undefined || !isObject(data))
        return apply(operation, transaction);
      const demand = (attribute: string, value: unknown): void => {
        if (typeof value !== 'string' || value === '')
          throw new Problem(400, `${attribute} is missing.`, 'invalidValue');
      };
      if (type.name === 'Group') {
        demand('externalId', data.externalId);
        return apply(operation, transaction);
      }
      const extension = isObject(data[enterprise]) ? data[enterprise] : {};
      demand('employeeNumber', extension.employeeNumber);
      demand('department', extension.department);
      const taken = (await transaction.list(type.name)).some(
        ({ id, attributes }) =>
          id !== path.split('/')[2] &&
          // A create of a name that is there is the mock's to decide: `onConflict` may say that it overwrites.
          !isSameText(attributes.userName, data.userName) &&
          isObject(attributes[enterprise]) &&
          attributes[enterprise].employeeNumber === extension.employeeNumber,
      );
      if (taken) throw new Problem(409, 'The employeeNumber is taken.', 'uniqueness');
      return apply(operation, transaction);
    },
    respond: (answer, { path }) => {
      if (!isObject(answer.body)) return answer;
      if (/^\/ResourceTypes(?:\/|$)/.test(path)) return { ...answer, body: eachIn(answer.body, withExtension) };
      return /^\/Schemas(?:\/|$)/.test(path)
        ? { ...answer, body: withEnterprise(eachIn(answer.body, withExternalId)) }
        : answer;
    },
  },
};
