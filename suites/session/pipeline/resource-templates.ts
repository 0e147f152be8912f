/**
 * Providers demand attributes that the suite knows nothing of. What the user says they are is put into every resource
 * where it leaves, so that no scenario has to know, and so that the trace holds what was truly sent.
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

/** The kind of resource that a write makes or replaces; undefined where it does neither. */
const kindOf = ({ method, path }: Write): (typeof kinds)[keyof typeof kinds] | undefined => {
  const [, endpoint, id] = /\/(Users|Groups)(\/[^/?#]+)?$/.exec(path) ?? [];
  const isWhole = method === 'POST' ? id === undefined : method === 'PUT' && id !== undefined;
  return isWhole && (endpoint === 'Users' || endpoint === 'Groups') ? kinds[endpoint] : undefined;
};

/** What a scenario leaves out is filled in; what it sets, if only to null, is its own. */
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

/** The template with its places taken by what belongs to the resource of this name. */
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
  // What says to be something else is wrong on purpose, and what says nothing more is refused for all that it lacks.
  if (!own.includes(kind.schema) || Object.keys(resource).length === 1) return resource;
  // A resource without its name is meant to be refused for that alone.
  const name = [resource[kind.name], resource.externalId].find((each) => typeof each === 'string') ?? '';
  const { schemas: listed, ...attributes } = template;
  return {
    ...filled(resource, completed(attributes, name) as JsonObject),
    schemas: [...new Set([...own, ...schemasOf({ schemas: listed, ...attributes })])],
  };
};

/**
 * The body of a request as it is to be sent: with the template in every user or group that it creates or replaces,
 * by itself or within a bulk request (RFC 7644 §3.7). What a scenario sends as text is left alone.
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

/** Bytes by which a template makes a resource longer, about. */
export const templateBytes = ({ user = {}, group = {} }: ResourceTemplates = {}): number => {
  // A name is longer than the place that it takes.
  const longest = 'scimc-00000000-000000@example.com';
  return Math.max(...[user, group].map((each) => Buffer.byteLength(JSON.stringify(completed(each, longest)))));
};
