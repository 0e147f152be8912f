/**
 * A step is the name of one thing that a scenario does, such as «large» or «after DELETE». It is recorded with the
 * exchange as `variant`. A scenario exports its steps, and a judge takes them from there: a step that is renamed or gone
 * is a type error, and no string joins the two.
 */
import type { Exchange } from '../../schemas/types.js';

declare const brand: unique symbol;

export type Step = string & { readonly [brand]: 'step' };

/** The step of this name. Only scenarios make steps. */
export const step = (name: string): Step => name as Step;

/** Steps that begin alike, such as «Accept: …», of which a judge asks whether an exchange is one. */
export interface StepFamily {
  /** The member of this family for a value, such as a method or a media type. */
  readonly of: (value: string) => Step;
  /** The value of the member that an exchange is; undefined where it is none. */
  readonly valueOf: (exchange: Pick<Exchange, 'variant'>) => string | undefined;
}

/** `prefix` holds all that stands before the value, such as `after `. */
export const stepFamily = (prefix: string): StepFamily => ({
  of: (value) => step(`${prefix}${value}`),
  valueOf: ({ variant }) => (variant?.startsWith(prefix) === true ? variant.slice(prefix.length) : undefined),
});

/** Whether an exchange is one of these steps. */
export const isStep = ({ variant }: Pick<Exchange, 'variant'>, ...steps: readonly Step[]): boolean =>
  steps.some((each) => each === variant);
