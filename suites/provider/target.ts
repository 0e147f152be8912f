/** The user's description of the target: its URL, and the credentials for it. */
import type { HeaderList } from '../../schemas/types.js';
import { header } from '../../schemas/names.js';
import type { CredentialName } from '../redaction/vault.js';
import { type FieldKind, type GivenFields, kindOfField } from './given-fields.js';
import type { ClientTls } from '../client/tls.js';
import type { JsonObject } from '../trace/message.js';

/** Attributes that are added to every resource that the suite creates or replaces, unless the scenario sets them. */
export interface ResourceTemplates {
  readonly user?: JsonObject;
  readonly group?: JsonObject;
}

/** A client that fetches its tokens itself (RFC 6749 §4.4). */
export interface OAuthClient {
  /** https, or http on this machine. */
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope?: string;
  readonly audience?: string;
  /** Further fields of the token request. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** How the client authenticates: HTTP Basic (the default), or in the body (RFC 6749 §2.3.1). */
  readonly clientAuthentication?: 'basic' | 'post';
}

export interface TargetDescription extends GivenFields {
  /** SCIM base URL (RFC 7644 §1.3), with or without a trailing slash. */
  readonly baseUrl: string;
  /** Bearer token (RFC 6750). */
  readonly token?: string;
  /** Bearer token of another client; some requirements need one. */
  readonly secondToken?: string;
  /** Clients that fetch the tokens, if they are not given as `token` or `secondToken`. */
  readonly oauth?: { readonly primary?: OAuthClient; readonly second?: OAuthClient };
  /** Accept any TLS certificate. */
  readonly insecure?: boolean;
  /** The client's certificate, which is the first credential if there is no other, and the issuers it trusts. */
  readonly tls?: ClientTls;
  /** Attributes that the target requires and the suite does not send; `{{userName}}` and `{{unique}}` are filled in. */
  readonly resources?: ResourceTemplates;
}

/** Ways to change a bearer token so that it is almost the valid one. */
export const spoiledTokens = ['in other letter cases', 'cut short', 'with more behind it', 'empty'] as const;

export type Spoiling = (typeof spoiledTokens)[number];

const otherCase = (text: string): string =>
  [...text].map((letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase())).join('');

/** The token, changed a little; `invalidToken` if there is no token, or the change has no effect. */
export const spoil = (token: string | undefined, how: Spoiling): string => {
  if (token === undefined) return invalidToken;
  switch (how) {
    case 'in other letter cases':
      return otherCase(token) === token ? invalidToken : otherCase(token);
    case 'cut short':
      return token.slice(0, -1);
    case 'with more behind it':
      return `${token}x`;
    case 'empty':
      return '';
  }
};

/** Header fields with the credential of the named client; those of `none` hold no credential. */
export const credentialHeaders = (target: TargetDescription, name: CredentialName, spoiled?: Spoiling): HeaderList => {
  const extra = target.headers ?? [];
  const harmless = extra.filter(([field]) => kindOfField(target, field) === 'public');
  const bearer = (token: string): [string, string] => [header.authorization, `Bearer ${token}`];
  switch (name) {
    case 'none':
      return harmless;
    case 'status-token':
      // The sender adds the token itself.
      return harmless;
    case 'invalid':
      return [...harmless, bearer(spoiled === undefined ? invalidToken : spoil(target.token, spoiled))];
    case 'second':
      if (target.secondToken === undefined) throw new Error('a second credential was asked for, and none was given');
      return [...harmless, bearer(target.secondToken)];
    case 'primary':
      return target.token === undefined
        ? extra
        : [...extra.filter(([field]) => field.toLowerCase() !== 'authorization'), bearer(target.token)];
  }
};

/** Well-formed, but issued by no provider. */
const invalidToken = 'scim-conformance-invalid-credential';

const hasField = (target: TargetDescription, ...kinds: FieldKind[]): boolean =>
  (target.headers ?? []).some(([field]) => kinds.includes(kindOfField(target, field)));

/** Whether requests certainly carry the first credential. */
const isInRequests = (target: TargetDescription): boolean => isBearer(target) || hasField(target, 'credential');

/** Whether the target was given a first credential of any kind. */
export const isAuthenticated = (target: TargetDescription): boolean =>
  isBearer(target) || hasField(target, 'credential', 'guarded') || target.tls?.cert !== undefined;

/**
 * Whether a request of this client may use the certificate. Together with another credential, the certificate only
 * opens the connection. Alone, it is the first client's credential, and no other client may use it.
 */
export const showsCertificate = (target: TargetDescription, name: CredentialName): boolean =>
  name === 'primary' || isInRequests(target);

/** Whether the target was given a second credential. */
export const hasSecond = ({ secondToken, oauth }: TargetDescription): boolean =>
  secondToken !== undefined || oauth?.second !== undefined;

/** Whether the first credential is a bearer token. */
export const isBearer = ({ token, oauth }: TargetDescription): boolean =>
  token !== undefined || oauth?.primary !== undefined;

/** Removes trailing slashes, so that `${base}/Users` is a correct URL. */
export const trimBaseUrl = (url: string): string => url.replace(/\/+$/, '');
