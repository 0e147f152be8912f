/** An exchange that somebody waits for. It ends once: with an answer, too late, or because the run is interrupted. */
import type { Clock } from './clock.js';
import { interrupted, tooLate, type HttpAnswer } from './transport.js';

export interface Waiting {
  readonly clock: Clock;
  /** Milliseconds that it may take in all. */
  readonly timeoutMs: number;
  /** Interrupts it. */
  readonly signal: AbortSignal;
}

const open = new WeakMap<AbortSignal, Set<PendingExchange>>();

/** The exchanges that a signal interrupts. It is listened to once for all of them, because an exchange begins often. */
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
    /** Called where it ends without an answer. */
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
