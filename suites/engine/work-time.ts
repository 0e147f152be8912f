/**
 * Limits the time of a run (`--max-time`), so that no target can keep it for hours. A part of the time is reserved for
 * cleaning up. The end of the other part aborts the signal of the run, and so do too many waits that bring nothing.
 */
import { setMaxListeners } from 'node:events';
import type { Settings } from '../../schemas/types.js';
import type { Clock } from '../client/clock.js';
import type { EndCode } from '../errors/codes.js';
import { endOfWork, type EndOfWork } from '../session/end-of-work.js';
import { WaitsInVain } from '../session/waits-in-vain.js';

/** Parts of the whole time: for cleaning up, and for waits that bring nothing. */
const parts = { cleaningUp: 1 / 5, inVain: 3 / 10 };

/** Milliseconds: the most time that is reserved for cleaning up. */
const mostForCleaningUp = 60_000;

/** Milliseconds for each part of a run. */
export interface TimeLimits {
  /** Infinite if the run has no time limit. */
  readonly whole: number;
  readonly work: number;
  readonly inVain: number;
  /** Reserved for cleaning up, which may take longer if the work is done earlier. */
  readonly cleaningUp: number;
}

export const timeLimitsOf = (maxTimeMs: number): TimeLimits => {
  if (maxTimeMs === 0) return { whole: Infinity, work: Infinity, inVain: Infinity, cleaningUp: mostForCleaningUp };
  const cleaningUp = Math.min(mostForCleaningUp, maxTimeMs * parts.cleaningUp);
  return { whole: maxTimeMs, work: maxTimeMs - cleaningUp, inVain: maxTimeMs * parts.inVain, cleaningUp };
};

const seconds = (milliseconds: number): string => `${Math.round(milliseconds / 100) / 10} s`;

/** The reason of an end of the work, in the words of a report. It depends on the settings only. */
export const endBy = (code: EndCode, { maxTimeMs = 0 }: Pick<Settings, 'maxTimeMs'>): EndOfWork => {
  const { whole, inVain } = timeLimitsOf(maxTimeMs);
  const messages: Record<EndCode, string> = {
    'run-interrupted': 'The run was interrupted.',
    'tool-failed': 'An unexpected error in scim-conformance itself ended the run.',
    'max-time-reached': `The time of the run was over (--max-time ${whole / 1000}).`,
    'waited-in-vain': `The target kept the run waiting for more than ${seconds(inVain)} without a useful answer: requests were not answered, or throttled again and again. Of --max-time ${whole / 1000}, no more is spent on such waits.`,
  };
  return endOfWork(code, messages[code]);
};

/** The time of one run. It begins when this is made. */
export class WorkTime {
  /** Aborts when the work has to end. */
  readonly signal: AbortSignal;
  readonly waits: WaitsInVain;
  readonly limits: TimeLimits;
  private readonly begun: number;
  private readonly release: () => void;

  /** `interruption` aborts when the user interrupts the run. */
  constructor(
    private readonly clock: Clock,
    settings: Pick<Settings, 'maxTimeMs'>,
    interruption: AbortSignal | undefined,
  ) {
    this.limits = timeLimitsOf(settings.maxTimeMs ?? 0);
    this.begun = clock.now();
    const controller = new AbortController();
    const end = (code: EndCode): void => controller.abort(endBy(code, settings));
    const interrupt = (): void => controller.abort(interruption?.reason);
    if (interruption?.aborted === true) interrupt();
    interruption?.addEventListener('abort', interrupt);
    const { work, inVain } = this.limits;
    const cancel = work === Infinity ? () => undefined : clock.after(work, () => end('max-time-reached'));
    this.release = () => {
      cancel();
      interruption?.removeEventListener('abort', interrupt);
    };
    this.waits = new WaitsInVain({ total: inVain, atOnce: Infinity }, () => end('waited-in-vain'));
    this.signal = controller.signal;
    // Every exchange and every wait of the run adds a listener to it.
    setMaxListeners(0, this.signal);
  }

  /** Milliseconds until the whole run has to be over; at least what is reserved for cleaning up. */
  get left(): number {
    const { whole, cleaningUp } = this.limits;
    return Math.max(cleaningUp, whole - (this.clock.now() - this.begun));
  }

  /** Takes back the timer: the run is over. */
  stop(): void {
    this.release();
  }
}
