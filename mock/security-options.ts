/** The options of a mock that decide who may do what: access tokens, rules and addresses. */

/** Access tokens of an authorisation server, as JWTs (RFC 9068). */
export interface OAuth {
  /** Value of `iss`. */
  readonly issuer: string;
  /** Value that `aud` has to contain. */
  readonly audience: string;
  /** Where the keys of the issuer are (RFC 7517 §5): an https URL, or an http URL of this machine. Either this or `jwksFile`. */
  readonly jwksUri?: string;
  /** File with the keys of the issuer. Either this or `jwksUri`. */
  readonly jwksFile?: string;
  /** By how much the clocks of the issuer and of the mock may differ. Default: 5. */
  readonly clockToleranceSeconds?: number;
  /** Claim with the name of the client. Default: `client_id`, and `sub` if there is none. */
  readonly clientClaim?: string;
  /** Claim with the scopes or roles: a text with spaces between them, or an array. Default: `scope`. */
  readonly scopeClaim?: string;
}

/** What a token has to have for some requests. */
export interface PolicyRule {
  /** Default: all. A HEAD counts as a GET. */
  readonly methods?: readonly ('GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE')[];
  /** Under the base URL. `*` stands for one segment, and `/**` at the end for any number of them. */
  readonly paths: readonly string[];
  /** The token needs all of them. Default: none. */
  readonly scopes?: readonly string[];
  /** The `amr` of the token (RFC 8176) needs all of them, as in `["mfa"]`. Default: none. */
  readonly amr?: readonly string[];
}

/** Attributes that not every client may see or change. */
export interface AttributeRule {
  /** Names such as `roles`, or with the URN of their extension. */
  readonly attributes: readonly string[];
  /** Scopes that a token needs, all of them, to see the attributes. Default: none. */
  readonly read?: readonly string[];
  /** Scopes that a token needs, all of them, to change the attributes. Default: none. */
  readonly write?: readonly string[];
}

export interface Policy {
  /** The first rule for the method and the path of a request decides. */
  readonly rules: readonly PolicyRule[];
  /** What happens to a request that no rule is for. Default: `deny`. */
  readonly otherwise?: 'allow' | 'deny';
  readonly attributes?: readonly AttributeRule[];
}

/** An option whose value cannot be used. The message says what is expected. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
}
