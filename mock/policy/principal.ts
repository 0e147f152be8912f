/** Who sends a request, and with which rights: what a credential says. */

export interface Principal {
  /** Name of the client. */
  readonly client: string;
  /** Undefined: it may do everything, whatever the policy says. */
  readonly scopes: ReadonlySet<string> | undefined;
  /** How the user or the client was authenticated (RFC 8176). */
  readonly amr: ReadonlySet<string>;
}
