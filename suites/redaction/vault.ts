/**
 * Replaces credentials before anything is recorded, so that no report, log or trace can hold one, and so that a
 * judge can still see where an answer repeated it (SEC-08).
 */
import { findEscaped, shortestSecret, spellingsOf } from './spellings.js';

export type CredentialName = 'primary' | 'second' | 'none' | 'invalid' | 'status-token';

export const marker = (name: CredentialName): string => `{{${name}}}`;

/** What is looked for in every text, and what is written in its place. */
interface Wanted {
  /** By each spelling that is looked for letter by letter. */
  readonly markers: ReadonlyMap<string, string>;
  /** Matches any of these spellings; undefined where there is none. */
  readonly pattern: RegExp | undefined;
  /** The secrets themselves, which may be written with escapes. */
  readonly secrets: readonly string[];
}

const literal = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);

const wantedOf = (secrets: ReadonlyMap<string, string>): Wanted => {
  const markers = new Map<string, string>();
  for (const [secret, replacement] of secrets) {
    for (const spelling of spellingsOf(secret)) if (!markers.has(spelling)) markers.set(spelling, replacement);
  }
  // One that begins as another does is looked for first.
  const spellings = [...markers.keys()].sort((a, b) => b.length - a.length);
  return {
    markers,
    pattern: spellings.length === 0 ? undefined : new RegExp(spellings.map(literal).join('|'), 'g'),
    secrets: [...secrets.keys()].filter((secret) => secret.length >= shortestSecret),
  };
};

/** The secrets of a run: those that it was given, and those that the target hands out on the way. */
export class Vault {
  /** Their markers by the secrets. */
  private readonly secrets = new Map<string, string>();
  private readonly handedOut = new Map<string, string>();
  private wanted = wantedOf(this.secrets);

  constructor(secrets: readonly { name: CredentialName; secret: string }[]) {
    this.add(secrets);
  }

  /** Looks for these from now on, too; what the run was given in its course is as secret as what it began with. */
  add(secrets: readonly { name: CredentialName; secret: string }[]): void {
    for (const { name, secret } of secrets) if (!this.secrets.has(secret)) this.secrets.set(secret, marker(name));
    this.wanted = wantedOf(this.secrets);
  }

  /** Keeps a secret that the target handed out, and gives the marker that is recorded in its place. */
  keep(secret: string): string {
    const replacement = `{{status-token-${this.handedOut.size + 1}}}`;
    this.handedOut.set(replacement, secret);
    return replacement;
  }

  /** The text with every secret replaced by its marker, however it is spelled. */
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

  /** A text that was cut: the beginning of a secret that its end is goes, too. */
  redactCut(text: string): string {
    const redacted = this.redact(text);
    let half = 0;
    for (const spelling of this.wanted.markers.keys()) {
      for (let length = spelling.length - 1; length >= shortestSecret && length > half; length -= 1)
        if (redacted.endsWith(spelling.slice(0, length))) half = length;
    }
    return half === 0 ? redacted : redacted.slice(0, -half);
  }

  /** A JSON value with every secret in its names and strings replaced. */
  redactValue(value: unknown): unknown {
    if (typeof value === 'string') return this.redact(value);
    if (Array.isArray(value)) return value.map((item: unknown) => this.redactValue(item));
    if (typeof value !== 'object' || value === null) return value;
    return this.redactMembers(value);
  }

  /** An object with every secret in it replaced. */
  redactMembers(value: object): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [this.redact(name), this.redactValue(member)]),
    );
  }

  /**
   * The secret that a marker stands for, to be sent back to the target that handed it out; the text itself where it
   * is none. What was used once is looked for in every answer from then on.
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
