/** What providers say of their resources at /Schemas and /ResourceTypes, and what they do with attributes that they name. */
import { urn } from '../../../../schemas/names.js';
import { isJson, type Json } from '../../../../mock/json.js';
import { Problem } from '../../../../mock/problem.js';
import { eachUser } from '../answers.js';
import { changing, withSeams, type Change, type Variant } from '../variant.js';

/** Changes each attribute and sub-attribute that is described. */
const eachAttribute = (change: (attribute: Json) => Json): Change => {
  const inAll = (list: unknown): unknown => (Array.isArray(list) ? list.filter(isJson).map(inOne) : list);
  const inOne = (attribute: Json): Json => {
    const { subAttributes, ...rest } = change(attribute);
    return subAttributes === undefined ? rest : { ...rest, subAttributes: inAll(subAttributes) };
  };
  const inSchema = (schema: Json): Json => ({ ...schema, attributes: inAll(schema.attributes) });
  return (answer, { path }) => {
    const { body } = answer;
    if (answer.status !== 200 || !isJson(body) || !/^\/Schemas(?:\/|$)/.test(path)) return answer;
    if (!Array.isArray(body.Resources)) return { ...answer, body: inSchema(body) };
    return { ...answer, body: { ...body, Resources: body.Resources.filter(isJson).map(inSchema) } };
  };
};

/** A provider that refuses users with such attributes, in a create and a replace. */
const refusing = (isRefused: (user: Json) => boolean): Variant['make'] =>
  withSeams(({ apply }) => ({
    apply: (operation, transaction) => {
      const { method, path, data } = operation;
      if (['POST', 'PUT'].includes(method) && path.startsWith('/Users') && isJson(data) && isRefused(data))
        throw new Problem(400, 'This value is not accepted here.', 'invalidValue');
      return apply(operation, transaction);
    },
  }));

export const describedVariants: readonly Variant[] = [
  {
    name: 'characteristics-in-capitals',
    source: 'RFC 7643 §7, §8.7.2 (caseExact false)',
    make: changing(
      eachAttribute((attribute) => ({
        ...attribute,
        type: String(attribute.type).toUpperCase(),
        mutability: String(attribute.mutability).toUpperCase(),
        returned: String(attribute.returned).toUpperCase(),
      })),
    ),
    only: ['form of schemas'],
  },
  {
    name: 'characteristics-only-where-they-mean-something',
    source: 'RFC 7643 §8.7.1 (its examples leave uniqueness and caseExact out), §2.2',
    make: changing(
      eachAttribute(({ uniqueness, caseExact, canonicalValues, referenceTypes, required, ...attribute }) => ({
        ...attribute,
        ...(attribute.type === 'string' ? { uniqueness, caseExact } : {}),
        ...(required === true ? { required } : {}),
        ...(canonicalValues === undefined ? {} : { canonicalValues }),
        ...(referenceTypes === undefined ? {} : { referenceTypes }),
        description: `The ${String(attribute.name)}`,
      })),
    ),
    only: ['form of schemas'],
  },
  {
    name: 'schemas-without-display-and-primary',
    source: 'RFC 7643 §8.7.1, §2.4 (sub-attributes of every list)',
    make: changing(
      eachAttribute((attribute) =>
        attribute.multiValued === true && Array.isArray(attribute.subAttributes)
          ? {
              ...attribute,
              subAttributes: attribute.subAttributes.filter(
                (each) => isJson(each) && !['display', 'primary'].includes(String(each.name)),
              ),
            }
          : attribute,
      ),
    ),
  },
  {
    name: 'dates-and-texts-of-its-own-in-an-extension-that-is-empty',
    source: 'RFC 7643 §2.5 (an empty value is none)',
    make: changing(eachUser((user) => ({ [urn.enterpriseUser]: {}, ...user }))),
  },
  {
    name: 'certificates-refused',
    source: 'RFC 7644 §3.12 (invalidValue)',
    make: refusing((user) => user.x509Certificates !== undefined),
  },
  {
    name: 'long-titles-refused',
    source: 'RFC 7644 §3.12 (invalidValue)',
    make: refusing(({ title }) => typeof title === 'string' && title.length > 100),
  },
  {
    name: 'roles-of-a-catalogue-only',
    source: 'RFC 7643 §4.1.2 (roles have no values of their own), RFC 7644 §3.12',
    make: refusing(({ roles }) => Array.isArray(roles) && roles.length > 0),
  },
];
