/**
 * A step is the name of one thing that a scenario does, such as «large» or «after DELETE». It is recorded with the
 * exchange as `variant`. A scenario exports its steps, and a judge imports them, so that renaming or removing a step is a
 * type error.
 */
import type { Exchange } from '../../schemas/types.js';

declare const brand: unique symbol;

export type Step = string & { readonly [brand]: 'step' };

/** The step of this name. Only scenarios make steps. */
export const step = (name: string): Step => name as Step;

/** Steps with the same prefix, such as «Accept: …»: one step for each value. */
export interface StepFamily {
  /** The step for a value, such as a method or a media type. */
  readonly of: (value: string) => Step;
  /** The value of the exchange's step; undefined if its step is not of this family. */
  readonly valueOf: (exchange: Pick<Exchange, 'variant'>) => string | undefined;
}

/** `prefix` is the text before the value, such as `after `. */
export const stepFamily = (prefix: string): StepFamily => ({
  of: (value) => step(`${prefix}${value}`),
  valueOf: ({ variant }) => (variant?.startsWith(prefix) === true ? variant.slice(prefix.length) : undefined),
});

/** Whether an exchange is one of these steps. */
export const isStep = ({ variant }: Pick<Exchange, 'variant'>, ...steps: readonly Step[]): boolean =>
  steps.some((each) => each === variant);
