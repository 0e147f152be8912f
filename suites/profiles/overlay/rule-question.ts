/** What the thread of the rules is asked, and what it answers. */

/** A rule of the author of a profile file that is evaluated on text of a target. */
export type Rule =
  | { readonly by: 'schema'; readonly schema: object | boolean }
  | { readonly by: 'pattern'; readonly pattern: string }
  | { readonly by: 'expression'; readonly expression: string };

/** Without values the rule is only parsed. */
export interface Question {
  readonly rule: Rule;
  readonly values: readonly unknown[];
}

/** What a rule says of one value; `undecided`: an expression gave this instead of true or false. */
export type Ruling = { readonly holds: boolean; readonly why?: string } | { readonly undecided: string };

/** Why a rule cannot be used. `at`: the character of its expression, from 0, if its parser says it. */
export interface Failure {
  readonly error: string;
  readonly at?: number | undefined;
}

/** One ruling for each value, or why the rule cannot be evaluated. */
export type Answer = { readonly rulings: readonly Ruling[] } | Failure;
