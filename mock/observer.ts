/**
 * What is told of a mock while it works, to metrics, traces and the live page. Nobody is told anything unless the option
 * `operations` is on.
 */
import type { Job } from './job.js';
import type { Outcome } from './operation.js';
import type { Claim } from './ports.js';

/** A request that has arrived and is not yet answered. */
export interface Arrival {
  readonly method: string;
  /** The path of its endpoint, with parameters as `:id`; undefined if there is no such endpoint. */
  readonly route: string | undefined;
  /** The path as it was sent, without query. */
  readonly path: string;
  /** Value of a request field; undefined if it is absent. */
  readonly field: (name: string) => string | undefined;
}

export interface Departure {
  /** HTTP status; undefined if the connection was closed before the answer was complete. */
  readonly status: number | undefined;
  /** Name of the authenticated client; undefined if there is none. */
  readonly client: string | undefined;
  /** Since the arrival. */
  readonly millis: number;
}

export interface RequestWatch {
  /** What later work for this request names as its parent (W3C Trace Context §3.2); undefined: there is no trace. */
  readonly traceparent?: string | undefined;
  readonly left: (departure: Departure) => void;
}

/** The end of one try to run a claim. */
export interface RunEnd {
  /** One for each operation of the claim; undefined if nothing was recorded, so that it will be claimed again. */
  readonly outcomes: readonly Outcome[] | undefined;
  /** Since the claim. */
  readonly millis: number;
}

export interface Observer {
  readonly arrived?: (arrival: Arrival) => RequestWatch;
  /** A request was accepted into the queue. */
  readonly accepted?: (job: Job) => void;
  /** A worker has taken a claim. Returns what is called when it has run. `waited`: milliseconds since the acceptance. */
  readonly claimed?: (claim: Claim, waited: number) => (end: RunEnd) => void;
}

/** Tells several observers. */
export const together = (observers: readonly Observer[]): Observer => ({
  arrived: (arrival) => {
    const watches = observers.flatMap(({ arrived }) => arrived?.(arrival) ?? []);
    return {
      traceparent: watches.find(({ traceparent }) => traceparent !== undefined)?.traceparent,
      left: (departure) => watches.forEach(({ left }) => left(departure)),
    };
  },
  accepted: (job) => observers.forEach(({ accepted }) => accepted?.(job)),
  claimed: (claim, waited) => {
    const ends = observers.flatMap(({ claimed }) => claimed?.(claim, waited) ?? []);
    return (end) => ends.forEach((ended) => ended(end));
  },
});
