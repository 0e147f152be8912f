/** What recorded providers make of two profiles, one for each of two texts: as plain data, for the formats of `draft diff`. */

/** A requirement whose outcome is not the same under both. */
export interface OutcomeChange {
  readonly id: string;
  readonly title: string;
  /** Undefined if the profile has no such requirement. */
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  /** Reasons, as clauses: what the profiles and the texts changed, and what was seen. */
  readonly why: readonly string[];
}

interface Judged {
  /** As reports name the profile. */
  readonly profile: string;
  readonly verdict: string;
}

export interface JudgedProvider {
  /** The file with the recorded run. */
  readonly trace: string;
  readonly target: string;
  /** What the recording cannot show, as a clause. */
  readonly note?: string;
  readonly before: Judged;
  readonly after: Judged;
  /** In the order of the requirements. */
  readonly outcomes: readonly OutcomeChange[];
}

/** One line about the two verdicts. */
export const verdictsOf = ({ trace, before, after }: JudgedProvider): string =>
  `${trace}: ${before.verdict} by ${before.profile} → ${after.verdict} by ${after.profile}`;

/** One line about a requirement. */
export const outcomesOf = ({ id, before = 'not there', after = 'not there', title }: OutcomeChange): string =>
  `${id} ${before} → ${after}: ${title}`;
