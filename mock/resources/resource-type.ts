/** The resource types of the mock and their schemas (RFC 7643 §6). */
import { urn } from '../../schemas/names.js';
import type { TypeName } from '../stored.js';
import { enterpriseAttributes, groupAttributes, schemas, userAttributes, type Attribute } from './attributes.js';

export interface Schema {
  /** Its URN. */
  readonly schema: string;
  /** For people. */
  readonly name: string;
  readonly attributes: readonly Attribute[];
}

export interface ResourceType extends Schema {
  readonly name: TypeName;
  /** Under the base URL. */
  readonly endpoint: '/Users' | '/Groups';
  /** Attributes of an extension are in an object under its URN (RFC 7643 §3.3). */
  readonly extensions: readonly Schema[];
}

export const resourceTypes: Record<TypeName, ResourceType> = {
  User: {
    name: 'User',
    endpoint: '/Users',
    schema: urn.user,
    extensions: [{ schema: urn.enterpriseUser, name: 'EnterpriseUser', attributes: enterpriseAttributes }],
    attributes: userAttributes,
  },
  Group: {
    name: 'Group',
    endpoint: '/Groups',
    schema: urn.group,
    extensions: [],
    attributes: groupAttributes,
  },
};

const allAttributes = ({ attributes, extensions }: ResourceType): readonly Attribute[] => [
  schemas,
  ...attributes,
  ...extensions.map((each): Attribute => ({ name: each.schema, type: 'complex', subAttributes: each.attributes })),
];

const attributesByType = new Map(Object.values(resourceTypes).map((type) => [type, allAttributes(type)]));

/** All attributes that clients may send. An extension counts as one complex attribute. */
export const attributesOf = (type: ResourceType): readonly Attribute[] =>
  attributesByType.get(type) ?? allAttributes(type);

/** The type of a path such as `/Users` or `/Users/1`; undefined if there is none. */
export const typeOfPath = (path: string): ResourceType | undefined => {
  const endpoint = /^\/[^/?]+/.exec(path)?.[0];
  return Object.values(resourceTypes).find((type) => type.endpoint === endpoint);
};
