/** PATCH (RFC 7644 §3.5.2) on a copy: what fails leaves the resource as it was. */
import {
  InvalidScimPatchOp,
  NoTarget,
  scimPatch,
  ScimError,
  type ScimPatchOperation,
  type ScimResource,
} from 'scim-patch';
import type { PatchOperation } from '../../schemas/types.js';
import { validate } from '../../schemas/validators.js';
import { Problem } from '../problem.js';
import { controlCharacters } from './query.js';
import { acceptResource, isJson, type Json } from './representation.js';
import type { ResourceType } from './resource-type.js';

/** Names that lead out of the resource into the prototype of every object. */
const forbidden = /(?:^|[.[\]\s"':])(?:__proto__|constructor|prototype)(?:$|[.[\]\s"':])/;

/** Characters of a path. The package's patterns take quadratic time on a longer one. */
const longestPath = 500;

const isUnsafe = (path: string): boolean =>
  path.length > longestPath || controlCharacters.test(path) || forbidden.test(path);

const holdsUnsafe = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.some(holdsUnsafe)
    : isJson(value) && Object.entries(value).some(([name, member]) => isUnsafe(name) || holdsUnsafe(member));

const readOnly = new Set(['id', 'meta', 'groups']);

/**
 * The package takes what follows the last colon for an attribute, and so loses an extension that is named as a whole.
 * While it works, extensions bear names without colons.
 */
const aliasOf = (type: ResourceType, extension: string): string => `$extension${type.extensions.indexOf(extension)}`;

const renamed = (attributes: Json, nameOf: (name: string) => string): Json =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [nameOf(name), value]));

/** The path as the package understands it: attribute names as the schema writes them, without URNs. Throws Problem. */
const packagePath = (type: ResourceType, path: string): string => {
  if (isUnsafe(path)) throw new Problem(400, 'The path names no attribute.', 'invalidPath');
  const startsWith = (prefix: string): boolean => path.toLowerCase().startsWith(prefix.toLowerCase());
  const extension = type.extensions.find((urn) => startsWith(`${urn}:`) || path.toLowerCase() === urn.toLowerCase());
  if (extension !== undefined) {
    const rest = path.slice(extension.length + 1);
    return rest === '' ? aliasOf(type, extension) : `${aliasOf(type, extension)}.${rest}`;
  }
  const core = startsWith(`${type.schema}:`) ? path.slice(type.schema.length + 1) : path;
  const given = /^[A-Za-z$][\w$-]*/.exec(core)?.[0] ?? '';
  if (readOnly.has(given.toLowerCase())) throw new Problem(400, `${given} is read-only.`, 'mutability');
  const known = [...type.attributes.map(({ name }) => name), 'schemas'];
  const name = known.find((each) => each.toLowerCase() === given.toLowerCase());
  if (name === undefined) throw new Problem(400, 'The path names no attribute of this resource type.', 'invalidPath');
  return `${name}${core.slice(given.length)}`;
};

/** The operations of the package for one of the request; one without a path becomes one for each attribute. */
const packageOperations = (type: ResourceType, { op, path, value }: PatchOperation): ScimPatchOperation[] => {
  if (path === undefined) {
    if (!isJson(value)) throw new Problem(400, 'Without a path the value is an object of attributes.', 'invalidValue');
    return Object.entries(value).flatMap(([name, member]) =>
      packageOperations(type, { op, path: name, value: member }),
    );
  }
  const target = packagePath(type, path);
  if (holdsUnsafe(value)) throw new Problem(400, 'The value holds a name that no attribute has.', 'invalidValue');
  const verb = op.toLowerCase();
  if (verb === 'remove') return [{ op: 'remove', path: target, ...(value === undefined ? {} : { value }) }];
  // Null means that there is no value (RFC 7643 §2.5).
  if (value === null) return [{ op: 'remove', path: target }];
  const isList = type.attributes.some(({ name, multiValued }) => name === target && multiValued === true);
  return [
    { op: verb === 'add' ? 'add' : 'replace', path: target, value: isList && !Array.isArray(value) ? [value] : value },
  ];
};

const problemOf = (error: unknown): Problem => {
  const nothing = new Problem(400, 'The path leads to nothing.', 'noTarget');
  if (error instanceof NoTarget) return nothing;
  if (error instanceof InvalidScimPatchOp) {
    // The package has an error of its own, not exported, for a filter on an attribute that has no values.
    return 'attrName' in error ? nothing : new Problem(400, 'The path cannot be applied.', 'invalidPath');
  }
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
  const operations = validation.value.Operations.flatMap((operation) => packageOperations(type, operation));
  const aliases = new Map(type.extensions.map((extension) => [extension, aliasOf(type, extension)]));
  const extensions = new Map(type.extensions.map((extension) => [aliasOf(type, extension), extension]));
  return (attributes) => {
    let patched: unknown;
    try {
      // The package wants a whole resource and returns one; meta is put on and taken off again.
      const resource = {
        ...renamed(structuredClone(attributes), (name) => aliases.get(name) ?? name),
        meta: { created: new Date(0), lastModified: new Date(0) },
      };
      patched = scimPatch(resource as unknown as ScimResource, structuredClone(operations), {
        mutateDocument: true,
        treatMissingAsAdd: true,
      });
    } catch (error) {
      throw problemOf(error);
    }
    return acceptResource(type, isJson(patched) ? renamed(patched, (name) => extensions.get(name) ?? name) : patched);
  };
};
