/**
 * A clock that moves only when no work is left; then it jumps to the next timer. A run that waits for ten seconds takes
 * only as long as its own work, and always waits in the same order.
 */
import { Agenda } from './agenda.js';

/** The reason why a simulation cannot continue. The message says who waits for what. */
export class SimulationStopped extends Error {
  override readonly name = 'SimulationStopped';

  constructor(
    readonly code: 'nothing-can-happen' | 'too-long' | 'time-stands-still',
    message: string,
  ) {
    super(message);
  }
}

export interface VirtualClockOptions {
  /** Time at the beginning, in milliseconds since 1970. Default: 2026-01-01T00:00:00Z. */
  readonly startsAt?: number;
  /** A run that takes more milliseconds than this is stopped, because it would never end. Default: a day. */
  readonly longest?: number;
}

/** Something that somebody waits for: its name, and since when, in milliseconds of this clock. */
interface Waiting {
  readonly what: string;
  readonly since: number;
}

const usualStart = Date.UTC(2026, 0, 1);

const day = 24 * 60 * 60 * 1000;

/** Maximum number of timers with the same time. A program that makes more of them waits in an endless loop. */
const mostAtOnce = 100_000;

/** Maximum number of waits that a message names. */
const mostNamed = 20;

export class VirtualClock {
  private readonly agenda = new Agenda();
  private readonly waiting = new Set<Waiting>();
  /** Work for the thread pool. It starts when nothing else can run. */
  private readonly outside: (() => Promise<void>)[] = [];
  private readonly startsAt: number;
  private readonly longest: number;
  /** Microseconds since the beginning. They are whole numbers, so that sums are exact. */
  private passed = 0;
  private atOnce = 0;
  private isRunning = false;

  constructor({ startsAt = usualStart, longest = day }: VirtualClockOptions = {}) {
    this.startsAt = startsAt;
    this.longest = longest;
  }

  /** Milliseconds since the beginning. */
  now(): number {
    return this.passed / 1000;
  }

  /**
   * The time for code that measures: one microsecond later at each call. As on a real machine, two measurements differ,
   * so that their order is known.
   */
  look(): number {
    this.passed += 1;
    return this.now();
  }

  /** Milliseconds since 1970, as a whole number. */
  epoch(): number {
    return Math.floor(this.startsAt + this.now());
  }

  date(): Date {
    return new Date(this.epoch());
  }

  /**
   * Calls `then` once after this number of milliseconds; never if it is infinite. Returns a function that cancels the
   * call.
   */
  after(ms: number, then: () => void): () => void {
    if (ms === Infinity) return () => undefined;
    return this.agenda.enter(this.passed + Math.max(0, Math.round(ms * 1000)), then);
  }

  /** Resolves after this number of milliseconds, or at once when `signal` aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted === true) {
        resolve();
        return;
      }
      const end = (): void => {
        takeBack();
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const takeBack = this.after(ms, end);
      signal?.addEventListener('abort', end);
    });
  }

  /**
   * Runs work that finishes elsewhere, such as in the thread pool. It starts when nothing else can run at this moment,
   * one job after another, and the clock stands still meanwhile. Therefore the code after it runs in the same order in
   * every run.
   */
  untimed<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.outside.push(() => work().then(resolve, reject));
    });
  }

  /**
   * Records that somebody waits for something, for the message if it never happens. Returns a function that ends the
   * record.
   */
  waitingFor(what: string): () => void {
    const waiting: Waiting = { what, since: this.now() };
    this.waiting.add(waiting);
    return () => void this.waiting.delete(waiting);
  }

  /** Number of pending timers. */
  get sleepers(): number {
    return this.agenda.size;
  }

  /**
   * Runs the clock until the work ends, and returns its result. Rejects with SimulationStopped if nothing can happen
   * any more although the work has not ended, or if it takes too long.
   */
  run<T>(work: () => Promise<T>): Promise<T> {
    if (this.isRunning) throw new Error('this clock runs already');
    this.isRunning = true;
    return new Promise<T>((resolve, reject) => {
      const stop = (why: unknown): void => {
        this.isRunning = false;
        reject(why instanceof Error ? why : new Error(String(why)));
      };
      work().then((value) => {
        this.isRunning = false;
        resolve(value);
      }, stop);
      // Node runs immediates after all ticks and microtasks. So everything that one turn has started is finished before
      // the next turn.
      const turn = (): void => {
        if (!this.isRunning) return;
        const outside = this.outside.shift();
        if (outside !== undefined) {
          void outside().then(() => setImmediate(turn));
          return;
        }
        try {
          this.goOn();
          setImmediate(turn);
        } catch (error) {
          stop(error);
        }
      };
      setImmediate(turn);
    });
  }

  /** Moves the clock to the next timer and runs it. Throws SimulationStopped if there is none. */
  private goOn(): void {
    const next = this.agenda.takeNext();
    if (next === undefined) {
      throw new SimulationStopped(
        'nothing-can-happen',
        `nothing can happen any more after ${this.now()} ms, but the run has not ended. ${this.whoWaits()}`,
      );
    }
    this.atOnce = next.at === this.passed ? this.atOnce + 1 : 0;
    this.passed = Math.max(this.passed, next.at);
    if (this.atOnce > mostAtOnce) {
      const why = `time stands still at ${this.now()} ms: more than ${mostAtOnce} timers were due at this moment`;
      throw new SimulationStopped('time-stands-still', `${why}. ${this.whoWaits()}`);
    }
    if (this.now() > this.longest)
      throw new SimulationStopped('too-long', `the run has not ended after ${this.longest} ms. ${this.whoWaits()}`);
    next.then();
  }

  private whoWaits(): string {
    const named = [...this.waiting].slice(0, mostNamed).map(({ what, since }) => `${what} (since ${since} ms)`);
    const more = this.waiting.size - named.length;
    const others = more > 0 ? [`${more} more`] : [];
    const asleep = this.agenda.size === 0 ? [] : [`${this.agenda.size} timers`];
    const all = [...named, ...others, ...asleep];
    return all.length === 0 ? 'Nothing is known about what the run waits for.' : `Waiting: ${all.join('; ')}.`;
  }
}
