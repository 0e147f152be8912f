/**
 * Remembers when connections to the target were lost. While the target is gone, or restarts, it may forget what was under
 * way: what is seen then is no evidence, unless it comes again (profile 1.1, clarification 7).
 */
import type { Exchange } from '../../schemas/types.js';
import type { Trace, TraceEntry } from '../trace/trace.js';
import type { Obstacle } from './suspicion.js';

const isLost = (entry: TraceEntry): entry is Exchange =>
  entry.type === 'exchange' && ['connection', 'no-connection', 'timeout'].includes(entry.failure?.code ?? '');

/** Whether a request of the trace got no answer. */
export const lostSome = ({ entries }: Trace): boolean => entries.some(isLost);

export const connectionsLost: Obstacle = {
  code: 'no-answer',
  reason: 'Some requests got no answer meanwhile, so that the target may have been gone.',
};

export class Losses {
  /** Times in milliseconds from the beginning of the run. */
  private readonly times: { readonly from: number; readonly to: number }[] = [];

  add({ entries }: Trace): void {
    this.times.push(...entries.filter(isLost).map(({ at, took }) => ({ from: at, to: at + took })));
  }

  /** Whether a connection was lost during the exercise, be it its own or that of another exercise. */
  isDisturbed({ entries }: Trace): boolean {
    const exchanges = entries.filter((entry) => entry.type === 'exchange');
    const from = Math.min(...exchanges.map(({ at }) => at));
    const to = Math.max(...exchanges.map(({ at, took }) => at + took));
    return this.times.some((time) => time.from <= to && time.to >= from);
  }
}
