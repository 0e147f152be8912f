/**
 * Adds the attributes that a provider requires and the suite does not know to every resource. This happens just before
 * sending, so that scenarios need not know the attributes, and the trace holds the body that was sent.
 */
import { urn } from '../../../schemas/names.js';
import { uniqueOf } from '../../generators/unique-of.js';
import type { ResourceTemplates } from '../../provider/target.js';
import { isObject, type JsonObject } from '../../trace/message.js';

const kinds = {
  Users: { template: 'user', schema: urn.user, name: 'userName' },
  Groups: { template: 'group', schema: urn.group, name: 'displayName' },
} as const;

/** `path` may be a whole URL. */
interface Write {
  readonly method: string;
  readonly path: string;
}

/** The kind of resource that a write creates or replaces; undefined if it does neither. */
const kindOf = ({ method, path }: Write): (typeof kinds)[keyof typeof kinds] | undefined => {
  const [, endpoint, id] = /\/(Users|Groups)(\/[^/?#]+)?$/.exec(path) ?? [];
  const isWhole = method === 'POST' ? id === undefined : method === 'PUT' && id !== undefined;
  return isWhole && (endpoint === 'Users' || endpoint === 'Groups') ? kinds[endpoint] : undefined;
};

/** Adds the attributes that the scenario does not set; an attribute that it sets, even to null, is kept. */
const filled = (own: JsonObject, template: JsonObject): JsonObject => ({
  ...own,
  ...Object.fromEntries(
    Object.entries(template).flatMap(([name, value]) => {
      const set = own[name];
      if (set === undefined) return [[name, value]];
      return isObject(set) && isObject(value) ? [[name, filled(set, value)]] : [];
    }),
  ),
});

/** The template with its placeholders replaced by the values for the resource with this name. */
const completed = (template: unknown, name: string): unknown => {
  if (typeof template === 'string') {
    return template.includes('{{')
      ? template.replaceAll('{{userName}}', () => name).replaceAll('{{unique}}', () => uniqueOf(name))
      : template;
  }
  if (Array.isArray(template)) return template.map((item) => completed(item, name));
  if (!isObject(template)) return template;
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, completed(value, name)]));
};

/** The schemas of a template: those that it lists, and those whose attributes it has (RFC 7643 §3.3). */
const schemasOf = ({ schemas, ...attributes }: JsonObject): unknown[] => [
  ...(Array.isArray(schemas) ? (schemas as unknown[]) : []),
  ...Object.keys(attributes).filter((name) => name.toLowerCase().startsWith('urn:')),
];

const resourceWith = (
  templates: ResourceTemplates,
  kind: NonNullable<ReturnType<typeof kindOf>>,
  resource: unknown,
): unknown => {
  const template = templates[kind.template];
  if (template === undefined || !isObject(resource) || !Array.isArray(resource.schemas)) return resource;
  const own = resource.schemas as unknown[];
  // A resource with another schema, or with no attributes at all, is wrong on purpose and stays as it is.
  if (!own.includes(kind.schema) || Object.keys(resource).length === 1) return resource;
  // A resource without its name must be refused for that reason only, so that it gets all other attributes.
  const name = [resource[kind.name], resource.externalId].find((each) => typeof each === 'string') ?? '';
  const { schemas: listed, ...attributes } = template;
  return {
    ...filled(resource, completed(attributes, name) as JsonObject),
    schemas: [...new Set([...own, ...schemasOf({ schemas: listed, ...attributes })])],
  };
};

/**
 * The body of a request with the template in every user or group that it creates or replaces, also within a bulk request
 * (RFC 7644 §3.7). A body that a scenario gives as text is not changed.
 */
export const withTemplate = (templates: ResourceTemplates | undefined, write: Write, body: unknown): unknown => {
  if (templates === undefined || !isObject(body)) return body;
  const kind = kindOf(write);
  if (kind !== undefined) return resourceWith(templates, kind, body);
  if (write.method !== 'POST' || !write.path.endsWith('/Bulk') || !Array.isArray(body.Operations)) return body;
  return {
    ...body,
    Operations: body.Operations.map((operation: unknown) => {
      if (!isObject(operation) || typeof operation.method !== 'string' || typeof operation.path !== 'string')
        return operation;
      const each = kindOf({ method: operation.method, path: operation.path });
      return each === undefined ? operation : { ...operation, data: resourceWith(templates, each, operation.data) };
    }),
  };
};

/** Bytes that a template adds to a resource, at most. */
export const templateBytes = ({ user = {}, group = {} }: ResourceTemplates = {}): number => {
  // A name is longer than the placeholder that it replaces.
  const longest = 'scimc-00000000-000000@example.com';
  return Math.max(...[user, group].map((each) => Buffer.byteLength(JSON.stringify(completed(each, longest)))));
};
