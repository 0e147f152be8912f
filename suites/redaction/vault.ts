/**
 * Replaces credentials by markers before anything is recorded, so that no report, log or trace contains one, but a judge
 * can still see where an answer repeated one (SEC-08).
 */
import { createFinder, cutSecretIn, wantedOf, type FindSecrets, type Wanted } from './sightings.js';

export type CredentialName = 'primary' | 'second' | 'none' | 'invalid' | 'status-token';

/** `header`: a header field that the user gave, which may or may not be a credential. */
export type SecretName = CredentialName | 'header';

export const marker = (name: SecretName): string => `{{${name}}}`;

/** A secret that the user gave, or that was made from one. */
export interface Secret {
  readonly name: SecretName;
  readonly secret: string;
}

/** The secrets of a run: those from the user, and those that the target issues during the run. */
export class Vault {
  /** The marker of each secret. */
  private readonly secrets = new Map<string, string>();
  private readonly handedOut = new Map<string, string>();
  private wanted: readonly Wanted[] = [];
  private find: FindSecrets = () => [];

  constructor(secrets: readonly Secret[]) {
    this.add(secrets);
  }

  /** Adds secrets that became known during the run, such as renewed tokens. */
  add(secrets: readonly Secret[]): void {
    for (const { name, secret } of secrets) if (!this.secrets.has(secret)) this.secrets.set(secret, marker(name));
    this.lookForAll();
  }

  /** Keeps a secret that the target issued, and returns the marker that is recorded in its place. */
  keep(secret: string): string {
    const replacement = `{{status-token-${this.handedOut.size + 1}}}`;
    this.handedOut.set(replacement, secret);
    return replacement;
  }

  /** Replaces every secret in a text by its marker, in all spellings. */
  redact(text: string): string {
    if (this.wanted.length === 0) return text;
    let end = 0;
    const parts = this.find(text).map(({ marker: replacement, from, to }) => {
      const part = text.slice(end, from) + replacement;
      end = to;
      return part;
    });
    return parts.length === 0 ? text : parts.join('') + text.slice(end);
  }

  /** Redacts a text that was cut off: removes also the beginning of a secret at its end. */
  redactCut(text: string): string {
    const redacted = this.redact(text);
    return redacted.slice(0, cutSecretIn(redacted, this.wanted));
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
      this.lookForAll();
    }
    return secret;
  }

  private lookForAll(): void {
    this.wanted = wantedOf(this.secrets);
    this.find = createFinder(this.wanted);
  }
}
