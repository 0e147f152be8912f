/** Plans the trials of a self-test: each fault of the mock with several seeds, and the mock without a fault. */
import type { Fault } from '../../mock/index.js';
import { findRequirement, groupOf, type BindingName, type RunOptions } from '../../suites/index.js';

/** `simulated`: in this process and in virtual time; `real`: over sockets and in real time. */
export type Runtime = 'simulated' | 'real';

/** The settings that all trials of a self-test share. */
export interface Conditions {
  readonly runtime: Runtime;
  /** The profile to test against, as `--profile` takes it. */
  readonly profile: string;
  readonly binding: NonNullable<RunOptions['binding']>;
  readonly observe: NonNullable<RunOptions['observe']>;
  /** Whether a trial tests only the requirements that its fault breaks, so that it does not show what else it turns red. */
  readonly quick: boolean;
}

export interface TrialPlan extends Conditions {
  /** Undefined: the honest mock. */
  readonly fault: string | undefined;
  readonly seed: number;
  /**
   * Why the trial takes time: a `burst` that tests the rate limiter, `waiting` until a deadline, or `busy` with its own
   * work.
   */
  readonly kind: 'burst' | 'waiting' | 'busy';
  /**
   * How the mock reaches the suite. Unused deliveries are left out, because signing and reading tokens takes time.
   */
  readonly deliveries: readonly ('poll' | 'push' | 'webhook')[];
  /** Whether the mock is restarted with its state while the suite runs. */
  readonly restarts: boolean;
  /** Ids of the requirements that are tested; empty: all. */
  readonly only: readonly string[];
}

const bindingNeededBy = (id: string): string | undefined => findRequirement(id)?.needs.binding;

/** The only binding in which the fault shows; undefined: any. */
const bindingOf = ({ over, breaks }: Fault): BindingName | undefined =>
  over ??
  (['respond-async', 'request-mode'] as const).find((name) => breaks.some((id) => bindingNeededBy(id) === name));

export const showsOver = (fault: Fault, binding: Conditions['binding']): boolean => {
  const over = bindingOf(fault);
  return binding === 'auto' || binding === 'both' || over === undefined || over === binding;
};

const breaksOneOf = ({ breaks }: Fault, ...ids: string[]): boolean => breaks.some((id) => ids.includes(id));

/** Requirements for which a trial waits until its deadline. */
const longWaits = ['LIFE-01', 'BULK-03', 'CNCL-01', 'EVT-04', 'EVT-07', 'EVT-08', 'HOOK-02', 'HOOK-03'];

/** With `auto` a fault is tried in one binding: the binding in which it shows, or request-mode. */
export const planTrial = (fault: Fault, seed: number, conditions: Conditions): TrialPlan => ({
  ...conditions,
  fault: fault.name,
  seed,
  only: conditions.quick ? fault.breaks : [],
  kind: fault.breaks.some((id) => groupOf(id) === 'RATE')
    ? 'burst'
    : breaksOneOf(fault, ...longWaits)
      ? 'waiting'
      : 'busy',
  restarts: breaksOneOf(fault, 'CKPT-01'),
  deliveries: [
    ...(breaksOneOf(fault, 'EVT-04', 'EVT-06', 'EVT-07', 'PREF-05') ? ['poll' as const] : []),
    ...(breaksOneOf(fault, 'EVT-08') ? ['push' as const] : []),
    ...(fault.breaks.some((id) => groupOf(id) === 'HOOK') ? ['webhook' as const] : []),
  ],
  binding: conditions.binding === 'auto' ? (bindingOf(fault) ?? 'request-mode') : conditions.binding,
});

export const planHonestTrial = (seed: number, conditions: Conditions): TrialPlan => ({
  ...conditions,
  fault: undefined,
  seed,
  only: [],
  kind: 'burst',
  deliveries: ['poll', 'push', 'webhook'],
  restarts: true,
});
