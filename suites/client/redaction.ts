/**
 * Replaces credentials before anything is recorded, so that no report, log or trace can hold one, and so that a
 * judge can still see where an answer repeated it (SEC-08).
 */

export type CredentialName = 'primary' | 'second' | 'none' | 'invalid' | 'status-token';

export const marker = (name: CredentialName): string => `{{${name}}}`;

/** A secret shorter than this is no secret, and replacing it would garble what is recorded. */
const shortest = 4;

/** How a secret may be spelled in a URL, a JSON string or a Basic credential. */
const spellings = (secret: string): string[] =>
  [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)].filter((text) => text.length >= shortest);

interface Pair {
  readonly text: string;
  readonly replacement: string;
}

const pairsOf = (secret: string, replacement: string): Pair[] =>
  spellings(secret).map((text) => ({ text, replacement }));

const longestFirst = (pairs: Pair[]): Pair[] => pairs.sort((a, b) => b.text.length - a.text.length);

/** The secrets of a run: those that it was given, and those that the target hands out on the way. */
export class Vault {
  private pairs: Pair[] = [];
  private readonly handedOut = new Map<string, string>();

  constructor(secrets: readonly { name: CredentialName; secret: string }[]) {
    this.add(secrets);
  }

  /** Looks for these from now on, too; what the run was given in its course is as secret as what it began with. */
  add(secrets: readonly { name: CredentialName; secret: string }[]): void {
    const known = new Set(this.pairs.map(({ text }) => text));
    const added = secrets
      .flatMap(({ name, secret }) => pairsOf(secret, marker(name)))
      .filter(({ text }) => !known.has(text));
    this.pairs = longestFirst([...this.pairs, ...added]);
  }

  /** Keeps a secret that the target handed out, and gives the marker that is recorded in its place. */
  keep(secret: string): string {
    const replacement = `{{status-token-${this.handedOut.size + 1}}}`;
    this.handedOut.set(replacement, secret);
    return replacement;
  }

  /** The text with every secret replaced by its marker. */
  redact(text: string): string {
    return this.pairs.reduce((result, pair) => result.replaceAll(pair.text, pair.replacement), text);
  }

  /**
   * The secret that a marker stands for, to be sent back to the target that handed it out; the text itself where it
   * is none. What was used once is looked for in every answer from then on.
   */
  reveal(text: string): string {
    const secret = this.handedOut.get(text);
    if (secret === undefined) return text;
    const added = pairsOf(secret, text);
    if (!this.pairs.some((pair) => pair.replacement === text)) this.pairs = longestFirst([...this.pairs, ...added]);
    return secret;
  }
}
