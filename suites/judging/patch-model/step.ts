/** What one operation may make of a state: the RFC often permits more than one result. */

/** Why an operation has to fail. */
export type Refusal =
  /** The filter of a `replace` matches no value (RFC 7644 §3.5.2.3). */
  | 'no match'
  /** A `remove` without a path (RFC 7644 §3.5.2.2). */
  | 'no path'
  /** It would remove a required attribute (RFC 7644 §3.5.2.2). */
  | 'required'
  /** It is none of `add`, `remove` and `replace`. */
  | 'unknown op';

export type Step<State> =
  | {
      readonly type: 'done';
      /** All states that are permitted, at least one. */
      readonly states: readonly State[];
      /** Whether there was nothing at the target, so that the provider may also answer `noTarget`. */
      readonly isWithoutTarget: boolean;
    }
  | { readonly type: 'refused'; readonly why: Refusal }
  /** The RFC or this model does not say what happens. */
  | { readonly type: 'open' };

export const open = { type: 'open' } as const;

export const refused = (why: Refusal): Step<never> => ({ type: 'refused', why });

export const done = <State>(states: readonly State[], isWithoutTarget = false): Step<State> => ({
  type: 'done',
  states,
  isWithoutTarget,
});

/** The same step in a larger state. */
export const within = <Part, Whole>(step: Step<Part>, wrap: (part: Part) => Whole): Step<Whole> =>
  step.type === 'done' ? { ...step, states: step.states.map(wrap) } : step;

/** A step on each of several states. A state in which it has to fail does not exist afterwards. */
export const onEach = <State>(states: readonly State[], step: (state: State) => Step<State>): Step<State> => {
  const steps = states.map(step);
  if (steps.some(({ type }) => type === 'open')) return open;
  const succeeded = steps.filter((each) => each.type === 'done');
  const [first] = steps;
  if (succeeded.length === 0 && first !== undefined) return first;
  const unique = new Map(succeeded.flatMap((each) => each.states).map((state) => [JSON.stringify(state), state]));
  return done(
    [...unique.values()],
    steps.some((each) => each.type !== 'done' || each.isWithoutTarget),
  );
};
