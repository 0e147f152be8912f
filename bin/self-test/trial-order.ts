/** What is tried in a self-test: each fault of the mock in several seeds, and the honest mock. */
import type { Fault } from '../../mock/index.js';
import { findRequirement, groupOf, type BindingName, type RunOptions } from '../../suites/index.js';

/** `simulated`: in this process and in virtual time; `real`: over sockets. */
export type Way = 'simulated' | 'real';

/** What is the same for all trials of a self-test. */
export interface Conditions {
  readonly way: Way;
  /** Version of the profile that is judged by. */
  readonly profile: string;
  readonly binding: NonNullable<RunOptions['binding']>;
  readonly observe: NonNullable<RunOptions['observe']>;
}

export interface TrialOrder extends Conditions {
  /** Undefined: the honest mock. */
  readonly fault: string | undefined;
  readonly seed: number;
  /** What takes its time: a `burst` that looks into the limiter, `waiting` for what does not come, or its own work. */
  readonly kind: 'burst' | 'waiting' | 'busy';
  /** How security event tokens are to be delivered; each way takes signing and reading them all. */
  readonly deliveries: readonly ('poll' | 'push')[];
}

const bindingOf = (id: string): string | undefined => findRequirement(id)?.needs.binding;

/** The one binding over which a fault shows; undefined: any. */
const overOf = ({ over, breaks }: Fault): BindingName | undefined =>
  over ?? (['respond-async', 'request-mode'] as const).find((name) => breaks.some((id) => bindingOf(id) === name));

export const showsOver = (fault: Fault, binding: Conditions['binding']): boolean => {
  const over = overOf(fault);
  return binding === 'auto' || binding === 'both' || over === undefined || over === binding;
};

const needsOne = ({ breaks }: Fault, ...ids: string[]): boolean => breaks.some((id) => ids.includes(id));

/** Ids for which a trial waits until its deadline. */
const longWaits = ['LIFE-01', 'BULK-03', 'CNCL-01', 'EVT-04', 'EVT-07', 'EVT-08'];

/** With `auto` a fault is tried over one binding: the one over which it shows, or request-mode. */
export const orderOf = (fault: Fault, seed: number, conditions: Conditions): TrialOrder => ({
  ...conditions,
  fault: fault.name,
  seed,
  kind: fault.breaks.some((id) => groupOf(id) === 'RATE')
    ? 'burst'
    : needsOne(fault, ...longWaits)
      ? 'waiting'
      : 'busy',
  deliveries: [
    ...(needsOne(fault, 'EVT-06', 'EVT-07', 'PREF-05') ? ['poll' as const] : []),
    ...(needsOne(fault, 'EVT-08') ? ['push' as const] : []),
  ],
  binding: conditions.binding === 'auto' ? (overOf(fault) ?? 'request-mode') : conditions.binding,
});

export const honestOrder = (seed: number, conditions: Conditions): TrialOrder => ({
  ...conditions,
  fault: undefined,
  seed,
  kind: 'burst',
  deliveries: ['poll', 'push'],
});
