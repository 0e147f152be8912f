/** The two resource types that the mock serves, and the schemas that they are made of (RFC 7643 §6). */
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
  /** Their attributes stand in an object of their own, under the URN (RFC 7643 §3.3). */
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

/** All that a resource may hold, save what the provider alone writes; an extension is a complex attribute like others. */
export const attributesOf = ({ attributes, extensions }: ResourceType): readonly Attribute[] => [
  schemas,
  ...attributes,
  ...extensions.map((each): Attribute => ({ name: each.schema, type: 'complex', subAttributes: each.attributes })),
];

/** The type whose endpoint a path begins with: `/Users`, `/Users/1`; undefined where there is none. */
export const typeOfPath = (path: string): ResourceType | undefined => {
  const endpoint = /^\/[^/?]+/.exec(path)?.[0];
  return Object.values(resourceTypes).find((type) => type.endpoint === endpoint);
};
