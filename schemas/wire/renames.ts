/**
 * How a draft under discussion may call what the profile already has. Each rename swaps two names, so that to translate
 * twice is to change nothing, and a provider that still uses the old name is seen as one that lacks it.
 */

/** Names of the profile, and the names on the wire. */
export interface Renames {
  /** Header fields, in any letter case. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Members of JSON objects, wherever they stand. */
  readonly members?: Readonly<Record<string, string>>;
  /** URNs of schemas, messages and events. */
  readonly urns?: Readonly<Record<string, string>>;
  /** Media types without parameters. */
  readonly mediaTypes?: Readonly<Record<string, string>>;
  /** Paths under the base URL, such as `/provision/{id}/status`: a name in braces stands for one segment. */
  readonly paths?: Readonly<Record<string, string>>;
}
