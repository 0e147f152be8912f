/** What the user says of the target: where it is and how to be let in. */
import type { HeaderList } from '../../schemas/types.js';
import { header } from '../../schemas/names.js';
import type { CredentialName } from '../redaction/vault.js';
import type { ClientTls } from '../client/tls.js';
import type { JsonObject } from '../trace/message.js';

/** Attributes of every resource of its kind that the suite creates or replaces, where a scenario does not set them. */
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
  /** How the client says who it is: HTTP Basic, or in the body (RFC 6749 §2.3.1); Basic where absent. */
  readonly clientAuthentication?: 'basic' | 'post';
}

export interface TargetDescription {
  /** SCIM base URL (RFC 7644 §1.3), with or without a trailing slash. */
  readonly baseUrl: string;
  /** Bearer token (RFC 6750). */
  readonly token?: string;
  /** Bearer token of another client; some requirements need one. */
  readonly secondToken?: string;
  /** Where tokens come from that are not given as `token` or `secondToken`. */
  readonly oauth?: { readonly primary?: OAuthClient; readonly second?: OAuthClient };
  /** Extra request fields; an `Authorization` among them is the first credential in place of `token`. */
  readonly headers?: HeaderList;
  /** Names of `headers` that let their sender in, beyond those that are named like a credential. */
  readonly credentialFields?: readonly string[];
  /** Accept any TLS certificate. */
  readonly insecure?: boolean;
  /** The client's certificate, which is the first credential where there is no other, and whom it trusts. */
  readonly tls?: ClientTls;
  /** What the target demands of resources beyond what the suite sends; `{{userName}}` and `{{unique}}` are filled in. */
  readonly resources?: ResourceTemplates;
}

/** A request field whose value lets its sender in, by its name. */
export const isCredentialField = (name: string): boolean =>
  /^(authorization|proxy-authorization|cookie)$|token|secret|api-?key|credential/i.test(name);

/** A request field of this target whose value lets its sender in, by its name or because the user says so. */
export const isCredential = ({ credentialFields = [] }: TargetDescription, name: string): boolean =>
  isCredentialField(name) || credentialFields.some((field) => field.toLowerCase() === name.toLowerCase());

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
  const harmless = extra.filter(([field]) => !isCredential(target, field));
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

/** Whether requests carry the first credential. */
const isInRequests = (target: TargetDescription): boolean =>
  isBearer(target) || (target.headers ?? []).some(([field]) => isCredential(target, field));

/** Whether the target was given a first credential of any kind. */
export const isAuthenticated = (target: TargetDescription): boolean =>
  isInRequests(target) || target.tls?.cert !== undefined;

/**
 * Whether a request of this client may show the certificate. Beside another credential it only opens the way to the
 * target; alone it is the first client itself, and who is somebody else, or nobody, must not come with it.
 */
export const showsCertificate = (target: TargetDescription, name: CredentialName): boolean =>
  name === 'primary' || isInRequests(target);

/** Whether the target was given a second credential. */
export const hasSecond = ({ secondToken, oauth }: TargetDescription): boolean =>
  secondToken !== undefined || oauth?.second !== undefined;

/** Whether the first credential is a bearer token. */
export const isBearer = ({ token, oauth }: TargetDescription): boolean =>
  token !== undefined || oauth?.primary !== undefined;

/** What HTTP Basic makes of a client and its secret (RFC 6749 §2.3.1). */
const basicOf = ({ clientId, clientSecret }: OAuthClient): string =>
  Buffer.from(
    [clientId, clientSecret].map((part) => new URLSearchParams({ part }).toString().slice('part='.length)).join(':'),
  ).toString('base64');

/** Every secret of the target, for redaction. */
export const secretsOf = (target: TargetDescription): { name: CredentialName; secret: string }[] => [
  ...(['primary', 'second'] as const).flatMap((name) => {
    const client = target.oauth?.[name];
    return client === undefined ? [] : [client.clientSecret, basicOf(client)].map((secret) => ({ name, secret }));
  }),
  ...(target.token === undefined ? [] : [{ name: 'primary' as const, secret: target.token }]),
  // Who has one that is nearly good has the good one.
  ...(target.token === undefined
    ? []
    : spoilings.map((how) => ({ name: 'invalid' as const, secret: spoil(target.token, how) }))),
  ...(target.secondToken === undefined ? [] : [{ name: 'second' as const, secret: target.secondToken }]),
  ...(target.headers ?? [])
    .filter(([field]) => isCredential(target, field))
    // `Basic abc`: the scheme is no secret, and answers may well repeat it.
    .map(([, value]) => ({ name: 'primary' as const, secret: value.replace(/^\w+ /, '') })),
];

/** Without its trailing slashes, so that `${base}/Users` is right. */
export const trimBaseUrl = (url: string): string => url.replace(/\/+$/, '');
