/** An exchange that has not ended. It ends exactly once: with an answer, by timeout, or because the run is interrupted. */
import type { Clock } from './clock.js';
import { interrupted, tooLate, type HttpAnswer } from './transport.js';

export interface Waiting {
  readonly clock: Clock;
  /** The longest time that the exchange may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Interrupts it. */
  readonly signal: AbortSignal;
}

const open = new WeakMap<AbortSignal, Set<PendingExchange>>();

/** The open exchanges of a signal. One listener serves all of them, because exchanges are many. */
const openOf = (signal: AbortSignal): Set<PendingExchange> => {
  const known = open.get(signal);
  if (known !== undefined) return known;
  const exchanges = new Set<PendingExchange>();
  open.set(signal, exchanges);
  signal.addEventListener('abort', () => [...exchanges].forEach((each) => each.interrupt()));
  return exchanges;
};

export class PendingExchange {
  isOver = false;
  private readonly cancelDeadline: () => void;
  private readonly open: Set<PendingExchange>;

  constructor(
    waiting: Waiting,
    private readonly resolve: (answer: HttpAnswer) => void,
    /** Called if it ends without an answer. */
    private readonly onGivenUp: () => void,
  ) {
    const { clock, timeoutMs, signal } = waiting;
    this.cancelDeadline = clock.after(timeoutMs, () => this.giveUp(tooLate(timeoutMs)));
    this.open = openOf(signal);
    this.open.add(this);
    if (signal.aborted) this.interrupt();
  }

  /** The first end counts. */
  end(answer: HttpAnswer): void {
    if (this.isOver) return;
    this.isOver = true;
    this.cancelDeadline();
    this.open.delete(this);
    this.resolve(answer);
  }

  giveUp(failure: HttpAnswer): void {
    if (this.isOver) return;
    this.end(failure);
    this.onGivenUp();
  }

  interrupt(): void {
    this.giveUp(interrupted);
  }
}
