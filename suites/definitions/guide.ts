/**
 * A guide explains a requirement to the developer of a provider. This reader does not know this tool, so a guide names
 * header fields and JSON members, and no scenario or judge.
 */

export interface Guide {
  /** The problem of a client if the requirement is not met. */
  readonly why: string;
  /** What the suite sends, what it compares, and what it allows. */
  readonly tested: string;
  /** What to check first, and what to change. */
  readonly fix: string;
}

/** A guide as a list of sentences. */
export interface GuideDraft {
  readonly why: readonly string[];
  readonly tested: readonly string[];
  readonly fix: readonly string[];
}

export const guideOf = ({ why, tested, fix }: GuideDraft): Guide => ({
  why: why.join(' '),
  tested: tested.join(' '),
  fix: fix.join(' '),
});

/** HTTP messages that do not meet a requirement, and messages that meet it; lines of requests begin with `>`. */
export interface Example {
  /** The fault of the mock that produced it. */
  readonly fault: string;
  /** The exercise that produced it, as in `--path`. */
  readonly path: string;
  /** Completes «expected …». */
  readonly expected: string;
  /** Completes «but …». */
  readonly actual: string;
  /** One exchange each; the last one shows the defect. */
  readonly fail: readonly string[];
  readonly pass: readonly string[];
}
