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

export class PendingExchange {
  isOver = false;
  private readonly cancelDeadline: () => void;

  constructor(
    private readonly waiting: Waiting,
    private readonly resolve: (answer: HttpAnswer) => void,
    /** Called where it ends without an answer. */
    private readonly onGivenUp: () => void,
  ) {
    const { clock, timeoutMs, signal } = waiting;
    this.cancelDeadline = clock.after(timeoutMs, () => this.giveUp(tooLate(timeoutMs)));
    signal.addEventListener('abort', this.interrupt);
    if (signal.aborted) this.interrupt();
  }

  /** The first end counts. */
  end(answer: HttpAnswer): void {
    if (this.isOver) return;
    this.isOver = true;
    this.cancelDeadline();
    this.waiting.signal.removeEventListener('abort', this.interrupt);
    this.resolve(answer);
  }

  giveUp(failure: HttpAnswer): void {
    if (this.isOver) return;
    this.end(failure);
    this.onGivenUp();
  }

  readonly interrupt = (): void => this.giveUp(interrupted);
}
