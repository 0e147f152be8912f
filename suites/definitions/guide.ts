/**
 * What a guide is: what a provider’s developer reads next to a failure. It is for somebody who does not know this
 * tool, so that it names fields and members of the wire, and no scenario or judge.
 */

export interface Guide {
  /** What a client suffers where the requirement is not met. */
  readonly why: string;
  /** How the suite brings it about, what it compares, and what it lets pass. */
  readonly tested: string;
  /** What to look for first, and what to do. */
  readonly fix: string;
}

/** A guide as it is written: a sentence a line. */
export interface GuideDraft {
  readonly why: readonly string[];
  readonly tested: readonly string[];
  readonly fix: readonly string[];
}

/** What is said of how a requirement is tested where this version has no judge for it. */
export const notTestedYet = 'This version has no judge for it: it is reported as not implemented, and never as a pass.';

export const guideOf = ({ why, tested, fix }: GuideDraft): Guide => ({
  why: why.join(' '),
  tested: tested.join(' '),
  fix: fix.join(' '),
});

/** What it looks like where a requirement is not met, and where it is: HTTP text, `>` before what was asked. */
export interface Example {
  /** The fault of the mock that it was made with. */
  readonly fault: string;
  /** The exercise that it is of, as `--path` names it. */
  readonly path: string;
  /** Completes «expected …». */
  readonly expected: string;
  /** Completes «but …». */
  readonly actual: string;
  /** An exchange each, the telling one last. */
  readonly fail: readonly string[];
  readonly pass: readonly string[];
}
