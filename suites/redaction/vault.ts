/**
 * Replaces credentials by markers before anything is recorded, so that no report, log or trace contains one, but a judge
 * can still see where an answer repeated one (SEC-08).
 */
import { findEscaped, shortestSecret, spellingsOf } from './spellings.js';

export type CredentialName = 'primary' | 'second' | 'none' | 'invalid' | 'status-token';

export const marker = (name: CredentialName): string => `{{${name}}}`;

/** What is searched for in every text, and what replaces it. */
interface Wanted {
  /** The marker for each spelling that a literal search can find. */
  readonly markers: ReadonlyMap<string, string>;
  /** Matches any of these spellings; undefined if there are none. */
  readonly pattern: RegExp | undefined;
  /** The secrets themselves, for the search with escapes. */
  readonly secrets: readonly string[];
}

const literal = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);

const wantedOf = (secrets: ReadonlyMap<string, string>): Wanted => {
  const markers = new Map<string, string>();
  for (const [secret, replacement] of secrets) {
    for (const spelling of spellingsOf(secret)) if (!markers.has(spelling)) markers.set(spelling, replacement);
  }
  // The longest first: a spelling may be the beginning of another.
  const spellings = [...markers.keys()].sort((a, b) => b.length - a.length);
  return {
    markers,
    pattern: spellings.length === 0 ? undefined : new RegExp(spellings.map(literal).join('|'), 'g'),
    secrets: [...secrets.keys()].filter((secret) => secret.length >= shortestSecret),
  };
};

/** The secrets of a run: those from the user, and those that the target issues during the run. */
export class Vault {
  /** The marker of each secret. */
  private readonly secrets = new Map<string, string>();
  private readonly handedOut = new Map<string, string>();
  private wanted = wantedOf(this.secrets);

  constructor(secrets: readonly { name: CredentialName; secret: string }[]) {
    this.add(secrets);
  }

  /** Adds secrets that became known during the run, such as renewed tokens. */
  add(secrets: readonly { name: CredentialName; secret: string }[]): void {
    for (const { name, secret } of secrets) if (!this.secrets.has(secret)) this.secrets.set(secret, marker(name));
    this.wanted = wantedOf(this.secrets);
  }

  /** Keeps a secret that the target issued, and returns the marker that is recorded in its place. */
  keep(secret: string): string {
    const replacement = `{{status-token-${this.handedOut.size + 1}}}`;
    this.handedOut.set(replacement, secret);
    return replacement;
  }

  /** Replaces every secret in a text by its marker, in all spellings. */
  redact(text: string): string {
    const { markers, pattern, secrets } = this.wanted;
    if (pattern === undefined) return text;
    const without = text.replace(pattern, (found) => markers.get(found) ?? found);
    let end = 0;
    const parts = findEscaped(without, secrets).map(({ secret, from, to }) => {
      const part = without.slice(end, from) + (this.secrets.get(secret) ?? '');
      end = to;
      return part;
    });
    return parts.length === 0 ? without : parts.join('') + without.slice(end);
  }

  /** Redacts a text that was cut off: removes also the beginning of a secret at its end. */
  redactCut(text: string): string {
    const redacted = this.redact(text);
    let half = 0;
    for (const spelling of this.wanted.markers.keys()) {
      for (let length = spelling.length - 1; length >= shortestSecret && length > half; length -= 1)
        if (redacted.endsWith(spelling.slice(0, length))) half = length;
    }
    return half === 0 ? redacted : redacted.slice(0, -half);
  }

  /** Redacts all names and strings in a JSON value. */
  redactValue(value: unknown): unknown {
    if (typeof value === 'string') return this.redact(value);
    if (Array.isArray(value)) return value.map((item: unknown) => this.redactValue(item));
    if (typeof value !== 'object' || value === null) return value;
    return this.redactMembers(value);
  }

  /** Redacts all names and strings in an object. */
  redactMembers(value: object): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [this.redact(name), this.redactValue(member)]),
    );
  }

  /**
   * The secret that a marker stands for, to be sent back to the target that issued it; the text itself if it is no
   * marker. From its first use on, the secret is searched for in every answer.
   */
  reveal(text: string): string {
    const secret = this.handedOut.get(text);
    if (secret === undefined) return text;
    if (!this.secrets.has(secret)) {
      this.secrets.set(secret, text);
      this.wanted = wantedOf(this.secrets);
    }
    return secret;
  }
}
