/** PATCH (RFC 7644 §3.5.2) on a copy: what fails leaves the resource as it was. */
import {
  InvalidScimPatchOp,
  NoTarget,
  scimPatch,
  ScimError,
  type ScimPatchOperation,
  type ScimResource,
} from 'scim-patch';
import { validate } from '../../schemas/validators.js';
import { Problem } from '../problem.js';
import { acceptResource, isJson, type Json } from './representation.js';
import type { ResourceType } from './resource-type.js';

/** Names that lead out of the resource into the prototype of every object. */
const forbidden = /(?:^|[.[\]\s"':])(?:__proto__|constructor|prototype)(?:$|[.[\]\s"':])/;

const holdsForbidden = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.some(holdsForbidden)
    : isJson(value) && Object.entries(value).some(([name, member]) => forbidden.test(name) || holdsForbidden(member));

const readOnly = new Set(['id', 'meta', 'groups']);

const checkPath = (type: ResourceType, path: string): void => {
  if (forbidden.test(path)) throw new Problem(400, 'The path names no attribute.', 'invalidPath');
  const core = path.toLowerCase().startsWith(`${type.schema.toLowerCase()}:`)
    ? path.slice(type.schema.length + 1)
    : path;
  const attribute = /^[A-Za-z$][\w$-]*/.exec(core)?.[0] ?? '';
  if (readOnly.has(attribute)) throw new Problem(400, `${attribute} is read-only.`, 'mutability');
  const isKnown =
    type.attributes.some(({ name }) => name.toLowerCase() === attribute.toLowerCase()) ||
    type.extensions.some((extension) => path.toLowerCase().startsWith(extension.toLowerCase())) ||
    attribute === 'schemas';
  if (!isKnown) throw new Problem(400, 'The path names no attribute of this resource type.', 'invalidPath');
};

const problemOf = (error: unknown): Problem => {
  if (error instanceof NoTarget) return new Problem(400, 'The path leads to nothing.', 'noTarget');
  if (error instanceof InvalidScimPatchOp) return new Problem(400, 'The path cannot be applied.', 'invalidPath');
  if (error instanceof ScimError) return new Problem(400, 'The operation cannot be applied.', 'invalidValue');
  // The package fails with errors of its own making on values of a kind it did not expect.
  return new Problem(400, 'The operation cannot be applied to this resource.', 'invalidValue');
};

/** A function that applies the PATCH request to attributes. Throws a Problem of 400, at once or when applied. */
export const preparePatch = (type: ResourceType, sent: unknown): ((attributes: Json) => Json) => {
  const validation = validate('scim/patch-op', sent);
  if (!validation.valid) {
    const [first] = validation.violations;
    throw new Problem(400, `Not a valid PATCH request: ${first?.path ?? ''} ${first?.message ?? ''}.`, 'invalidSyntax');
  }
  const operations = validation.value.Operations.map(({ op, path, value }): ScimPatchOperation => {
    if (path !== undefined) checkPath(type, path);
    if (holdsForbidden(value)) throw new Problem(400, 'The value holds a name that no attribute has.', 'invalidValue');
    if (path === undefined && !isJson(value)) {
      throw new Problem(400, 'Without a path the value is an object of attributes.', 'invalidValue');
    }
    if (path === undefined && isJson(value)) Object.keys(value).forEach((name) => checkPath(type, name));
    const verb = op.toLowerCase();
    if (verb === 'remove') return { op: 'remove', path: path ?? '', ...(value === undefined ? {} : { value }) };
    return { op: verb === 'add' ? 'add' : 'replace', ...(path === undefined ? {} : { path }), value };
  });
  return (attributes) => {
    let patched: unknown;
    try {
      // The package wants a whole resource and returns one; meta is put on and taken off again.
      const resource = { ...structuredClone(attributes), meta: { created: new Date(0), lastModified: new Date(0) } };
      patched = scimPatch(resource as unknown as ScimResource, operations, {
        mutateDocument: true,
        treatMissingAsAdd: true,
      });
    } catch (error) {
      throw problemOf(error);
    }
    return acceptResource(type, patched);
  };
};
