/** The two resource types that the mock serves, and the attributes that it knows of each (RFC 7643 §4, §8.7). */
import { urn } from '../../schemas/names.js';

export type TypeName = 'User' | 'Group';

export interface Attribute {
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'complex';
  readonly multiValued?: boolean;
  readonly required?: boolean;
  readonly caseExact?: boolean;
  readonly mutability?: 'readWrite' | 'readOnly' | 'writeOnly';
  readonly uniqueness?: 'none' | 'server';
}

export interface ResourceType {
  readonly name: TypeName;
  /** Under the base URL. */
  readonly endpoint: '/Users' | '/Groups';
  readonly schema: string;
  readonly schemaName: 'scim/user' | 'scim/group';
  readonly extensions: readonly string[];
  readonly attributes: readonly Attribute[];
}

const text = (name: string): Attribute => ({ name, type: 'string' });
/** An issuer's own identifier, case and all (RFC 7643 §3.1). */
const externalId: Attribute = { name: 'externalId', type: 'string', caseExact: true };
const list = (name: string): Attribute => ({ name, type: 'complex', multiValued: true });

export const resourceTypes: Record<TypeName, ResourceType> = {
  User: {
    name: 'User',
    endpoint: '/Users',
    schema: urn.user,
    schemaName: 'scim/user',
    extensions: [urn.enterpriseUser],
    attributes: [
      { name: 'userName', type: 'string', required: true, uniqueness: 'server' },
      externalId,
      { name: 'name', type: 'complex' },
      ...['displayName', 'nickName', 'profileUrl', 'title', 'userType', 'preferredLanguage', 'locale', 'timezone'].map(
        text,
      ),
      { name: 'active', type: 'boolean' },
      { name: 'password', type: 'string', mutability: 'writeOnly' },
      ...['emails', 'phoneNumbers', 'ims', 'photos', 'addresses', 'entitlements', 'roles', 'x509Certificates'].map(
        list,
      ),
    ],
  },
  Group: {
    name: 'Group',
    endpoint: '/Groups',
    schema: urn.group,
    schemaName: 'scim/group',
    extensions: [],
    attributes: [{ name: 'displayName', type: 'string', required: true }, externalId, list('members')],
  },
};

/** The type whose endpoint a path begins with: `/Users`, `/Users/1`; undefined where there is none. */
export const typeOfPath = (path: string): ResourceType | undefined => {
  const endpoint = /^\/[^/?]+/.exec(path)?.[0];
  return Object.values(resourceTypes).find((type) => type.endpoint === endpoint);
};
