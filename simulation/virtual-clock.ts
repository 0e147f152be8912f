/**
 * Time that passes only when nobody has anything to do: then the clock goes to the next moment at which something is
 * due. A run that waits for ten seconds takes as long as its own work, and it waits in the same order whenever it runs.
 */
import { Agenda } from './agenda.js';

/** Why a simulation cannot go on. The message says who waits. */
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
  /** Wall-clock time at the beginning, in milliseconds since 1970. 2026-01-01T00:00:00Z where absent. */
  readonly startsAt?: number;
  /** Milliseconds that may pass before a run is taken for one that never ends. A day where absent. */
  readonly longest?: number;
}

/** Something that is waited for: what it is, and since when, in milliseconds of the clock. */
interface Waiting {
  readonly what: string;
  readonly since: number;
}

const usualStart = Date.UTC(2026, 0, 1);

const day = 24 * 60 * 60 * 1000;

/** Entries of one moment: who makes more of them waits for nothing, again and again. */
const mostAtOnce = 100_000;

/** So many of those who wait are named. */
const mostNamed = 20;

export class VirtualClock {
  private readonly agenda = new Agenda();
  private readonly waiting = new Set<Waiting>();
  /** Work of the thread pool that has its turn when all else has come to rest. */
  private readonly outside: (() => Promise<void>)[] = [];
  private readonly startsAt: number;
  private readonly longest: number;
  /** Microseconds since the beginning: whole, so that sums are exact. */
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
   * The time to somebody who works: a microsecond later at each look. Whoever looks twice can tell what came first, as
   * on a machine, where nothing is done in no time.
   */
  look(): number {
    this.passed += 1;
    return this.now();
  }

  /** Milliseconds since 1970, whole as those of a machine. */
  epoch(): number {
    return Math.floor(this.startsAt + this.now());
  }

  date(): Date {
    return new Date(this.epoch());
  }

  /** Calls `then` once, after so many milliseconds; never where they are infinite. What is returned takes that back. */
  after(ms: number, then: () => void): () => void {
    if (ms === Infinity) return () => undefined;
    return this.agenda.enter(this.passed + Math.max(0, Math.round(ms * 1000)), then);
  }

  /** Resolves after so many milliseconds, or at once when `signal` aborts. Never rejects. */
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
   * Does work that ends elsewhere, such as in the thread pool. It has its turn when nothing else can happen at this
   * moment, one after another, and no time passes meanwhile: what follows it follows in the same order in every run.
   */
  untimed<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.outside.push(() => work().then(resolve, reject));
    });
  }

  /** Names something that is waited for, in case that it never comes. What is returned says that it has come. */
  waitingFor(what: string): () => void {
    const waiting: Waiting = { what, since: this.now() };
    this.waiting.add(waiting);
    return () => void this.waiting.delete(waiting);
  }

  /** How many wait for a moment of the clock. */
  get sleepers(): number {
    return this.agenda.size;
  }

  /**
   * Lets time pass until the work ends, and returns what comes of it. Rejects with SimulationStopped where nothing can
   * happen any more and the work has not ended, or where it goes on for longer than it may.
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
      // What was set running by one turn has come to rest before the next: Node runs immediates when all ticks and
      // microtasks are done.
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

  /** Goes to the next moment at which something is due, and does one thing. Throws SimulationStopped where it cannot. */
  private goOn(): void {
    const next = this.agenda.takeNext();
    if (next === undefined) {
      throw new SimulationStopped(
        'nothing-can-happen',
        `nothing can happen any more after ${this.now()} ms, and the run has not ended. ${this.whoWaits()}`,
      );
    }
    this.atOnce = next.at === this.passed ? this.atOnce + 1 : 0;
    this.passed = Math.max(this.passed, next.at);
    if (this.atOnce > mostAtOnce) {
      const why = `time stands still at ${this.now()} ms: more than ${mostAtOnce} things were due at this moment`;
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
    const asleep = this.agenda.size === 0 ? [] : [`${this.agenda.size} who sleep`];
    const all = [...named, ...others, ...asleep];
    return all.length === 0 ? 'Nobody says what is waited for.' : `Waiting: ${all.join('; ')}.`;
  }
}
