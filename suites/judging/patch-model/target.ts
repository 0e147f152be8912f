/** The target of a PATCH operation: its path, and what the schemas say about the attribute there (RFC 7644 §3.5.2). */
import {
  findAttribute,
  findSchema,
  type AttributeDefinition,
  type SchemaDefinition,
} from '../../provider/schema-definitions.js';
import { readValueFilter, type ReadFilter } from './value-filter.js';

/** The schemas of a resource: the first one is its own, the others are extensions. */
export type Schemas = readonly [SchemaDefinition, ...SchemaDefinition[]];

export interface PatchTarget {
  /** URN of the extension that holds the attribute; undefined for an attribute of the resource's own schema. */
  readonly extension: string | undefined;
  readonly definition: AttributeDefinition;
  /** Selects values of a list; undefined: all. */
  readonly filter: ReadFilter | undefined;
  readonly sub: AttributeDefinition | undefined;
}

const grammar = /^(?:(urn:[^\s[\]"]+):)?([a-z$][\w$-]*)(?:\[(.+)\])?(?:\.([a-z$][\w$-]*))?$/i;

/** Undefined if the path is malformed, or names nothing that the schemas define. */
export const readTarget = (path: string, schemas: Schemas): PatchTarget | undefined => {
  const [, urn, name, filterText, subName] = grammar.exec(path) ?? [];
  const [own] = schemas;
  const schema = urn === undefined ? own : findSchema(schemas, urn);
  if (name === undefined || schema === undefined) return undefined;
  const definition = findAttribute(schema, name);
  const filter = filterText === undefined ? undefined : readValueFilter(filterText);
  if (definition === undefined || (filterText !== undefined && filter === undefined)) return undefined;
  const sub = subName === undefined ? undefined : findAttribute({ attributes: definition.subAttributes }, subName);
  if (subName !== undefined && sub === undefined) return undefined;
  return { extension: schema === own ? undefined : schema.id, definition, filter, sub };
};
