/** The schemas of users and groups with the spelling of RFC 7643 and the characteristics that the provider gives them. */
import { urn } from '../../../schemas/names.js';
import { coreSchemas } from '../../provider/core-schemas.js';
import {
  findAttribute,
  findSchema,
  schemaDefinitions,
  type AttributeDefinition,
  type SchemaDefinition,
} from '../../provider/schema-definitions.js';
import type { JsonObject } from '../../trace/message.js';
import type { Schemas } from './target.js';

/** An attribute that the provider does not name is left out. */
const described = (
  attributes: readonly AttributeDefinition[],
  own: readonly AttributeDefinition[],
): AttributeDefinition[] =>
  attributes.flatMap((attribute) => {
    const found = findAttribute({ attributes: own }, attribute.name);
    if (found === undefined) return [];
    const subAttributes =
      found.subAttributes.length === 0
        ? attribute.subAttributes
        : described(attribute.subAttributes, found.subAttributes);
    return [
      { ...found, name: attribute.name, type: attribute.type, multiValued: attribute.multiValued, subAttributes },
    ];
  });

const coreSchema = (id: string): SchemaDefinition => {
  const schema = findSchema(coreSchemas, id);
  if (schema === undefined) throw new Error(`${id} is no core schema`);
  return schema;
};

/** `answer` is that of /Schemas; a schema that it does not describe is taken from RFC 7643. */
export const describedSchemas = (type: 'User' | 'Group', answer: JsonObject | undefined): Schemas => {
  const theirs = schemaDefinitions(answer);
  const schemaOf = (id: string): SchemaDefinition => {
    const [usual, own] = [coreSchema(id), findSchema(theirs, id)];
    return own === undefined || own.attributes.length === 0
      ? usual
      : { id, attributes: described(usual.attributes, [...own.attributes, ...commonIn(usual)]) };
  };
  return type === 'User' ? [schemaOf(urn.user), schemaOf(urn.enterpriseUser)] : [schemaOf(urn.group)];
};

/** Attributes of every resource, which a schema need not name (RFC 7643 §3.1). */
const commonIn = ({ attributes }: SchemaDefinition): AttributeDefinition[] =>
  attributes.filter(({ name }) => name === 'externalId');
