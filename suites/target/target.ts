/** What the user says of the target: where it is and how to be let in. */
import type { HeaderList } from '../../schemas/types.js';
import { header } from '../../schemas/names.js';
import type { CredentialName } from '../client/redaction.js';

export interface TargetDescription {
  /** SCIM base URL (RFC 7644 §1.3), with or without a trailing slash. */
  readonly baseUrl: string;
  /** Bearer token (RFC 6750). */
  readonly token?: string;
  /** Bearer token of another client; some requirements need one. */
  readonly secondToken?: string;
  /** Extra request fields; an `Authorization` among them is the first credential in place of `token`. */
  readonly headers?: HeaderList;
  /** Accept any TLS certificate. */
  readonly insecure?: boolean;
}

/** A request field whose value lets its sender in, by its name. */
export const isCredentialField = (name: string): boolean =>
  /^(authorization|proxy-authorization|cookie)$|token|secret|api-?key|credential/i.test(name);

/** Ways in which a bearer token is nearly good. */
export const spoilings = ['in other letter cases', 'cut short', 'with more behind it', 'empty'] as const;

export type Spoiling = (typeof spoilings)[number];

const otherCase = (text: string): string =>
  [...text].map((letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase())).join('');

/** The token, not quite; the one that nobody has issued where that changes nothing, or where there is no token. */
const spoil = (token: string | undefined, how: Spoiling): string => {
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

/** Header fields that let a request in as the named client; those of `none` hold no credential at all. */
export const credentialHeaders = (target: TargetDescription, name: CredentialName, spoiled?: Spoiling): HeaderList => {
  const extra = target.headers ?? [];
  const harmless = extra.filter(([field]) => !isCredentialField(field));
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

/** Well-formed and wrong: no provider has issued it. */
const invalidToken = 'scim-conformance-invalid-credential';

/** Whether the target was given a first credential of any kind. */
export const isAuthenticated = (target: TargetDescription): boolean =>
  target.token !== undefined || (target.headers ?? []).some(([field]) => isCredentialField(field));

/** Every secret of the target, for redaction. */
export const secretsOf = (target: TargetDescription): { name: CredentialName; secret: string }[] => [
  ...(target.token === undefined ? [] : [{ name: 'primary' as const, secret: target.token }]),
  // Who has one that is nearly good has the good one.
  ...(target.token === undefined
    ? []
    : spoilings.map((how) => ({ name: 'invalid' as const, secret: spoil(target.token, how) }))),
  ...(target.secondToken === undefined ? [] : [{ name: 'second' as const, secret: target.secondToken }]),
  ...(target.headers ?? [])
    .filter(([field]) => isCredentialField(field))
    // `Basic abc`: the scheme is no secret, and answers may well repeat it.
    .map(([, value]) => ({ name: 'primary' as const, secret: value.replace(/^\w+ /, '') })),
];

/** Without its trailing slashes, so that `${base}/Users` is right. */
export const trimBaseUrl = (url: string): string => url.replace(/\/+$/, '');
