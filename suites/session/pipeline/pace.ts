/**
 * Keeps the run to the pace that the target admits. After a 429, requests of the same kind are spread over time, slower with
 * each further 429 and faster with each answer, and those that were throttled go first. Without it the requests of many
 * exercises would come again together, and the same ones would be throttled until their exercises give up.
 */
import type { Exchange } from '../../../schemas/types.js';
import type { Clock } from '../../client/clock.js';
import { Lanes } from '../../concurrency/lanes.js';
import { isThrottled } from '../../trace/answers.js';
import { isAnswered } from '../../trace/trace.js';
import type { RequestPlan } from '../request-plan.js';
import { priorityOf, throttledPriority } from './priority.js';
import { safeMethods } from './safe-methods.js';

/** Requests per second. */
const rates = {
  /** The first rate after a 429 is not lower: that one may have had a cause that is over. */
  firstLeast: 20,
  least: 1,
  /** Above this one, requests are not spread. */
  most: 2000,
  /** Part of the rate that is left after a 429. */
  cut: 0.8,
  /** What each answer adds. */
  step: 0.15,
};

/** Milliseconds after a cut in which a further 429 was sent too early to be about the new rate. */
const settlingMs = 1000;

/** While nothing was sent for so many milliseconds, a limiter has made room for as many requests as the pace allows. */
const creditMs = 250;

/** The pace of requests of one kind: a limiter may count them apart from others. */
class Pace {
  private perSecond: number | undefined;
  private cutAt = -Infinity;
  /** Times of the latest answers to requests that were not spread. */
  private admitted: number[] = [];
  private readonly lanes: Lanes;

  /** When `isOver` says so, what still waits is sent at once. */
  constructor(
    private readonly clock: Clock,
    isOver: () => boolean,
  ) {
    const perSecond = (): number | undefined => (isOver() ? undefined : this.perSecond);
    this.lanes = new Lanes({ width: Infinity, perSecond, creditMs }, clock);
  }

  send(work: () => Promise<Exchange>, priority: number): Promise<Exchange> {
    return this.lanes.add(async () => {
      const exchange = await work();
      if (isAnswered(exchange)) this.learn(isThrottled(exchange));
      return exchange;
    }, priority);
  }

  /** An answer to a request that was not spread. */
  private remember(now: number): void {
    this.perSecond = undefined;
    this.admitted.push(now);
    if (this.admitted.length > 2 * rates.most) this.admitted = this.admitted.slice(-rates.most);
  }

  /** Requests that were admitted in the last second. */
  private reached(now: number): number {
    return Math.max(rates.firstLeast, this.admitted.filter((at) => at > now - 1000).length);
  }

  private learn(wasThrottled: boolean): void {
    const now = this.clock.now();
    if (!wasThrottled) {
      if (this.perSecond !== undefined) this.perSecond += rates.step;
      if (this.perSecond === undefined || this.perSecond > rates.most) this.remember(now);
      return;
    }
    if (now < this.cutAt + settlingMs) return;
    this.cutAt = now;
    this.lanes.forgetCredit();
    this.perSecond = Math.max(rates.least, (this.perSecond ?? this.reached(now)) * rates.cut);
  }
}

/** Kinds that limiters are known to count apart: by client, by reading or writing, and by endpoint. */
const kindOf = ({ credential = 'primary', method, url, purpose }: RequestPlan, baseUrl: string): string => {
  const path = url.startsWith(baseUrl) ? url.slice(baseUrl.length) : url;
  const [endpoint] = /^\/[^/?]*/.exec(path) ?? [''];
  const way = purpose === 'cleanup' ? purpose : safeMethods.includes(method) ? 'read' : 'write';
  return [credential, way, endpoint].join(' ');
};

/** The paces of a run. `signal` is that of its work: what waits is sent when it ends, apart from the cleanup. */
export class Paces {
  private readonly paces = new Map<string, Pace>();
  private waiting = 0;
  private onRoom: (() => void)[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly baseUrl: string,
    private readonly signal: AbortSignal,
    /** Number of requests that may wait when something new begins. */
    private readonly room: number,
  ) {}

  /** Sends a request when its turn has come. `isAgain`: it was throttled before. */
  send(plan: RequestPlan, isAgain: boolean, work: () => Promise<Exchange>): Promise<Exchange> {
    if (plan.once === true || plan.isUrgent === true) return work();
    const stopWaiting = this.wait();
    const begin = (): Promise<Exchange> => {
      stopWaiting();
      return work();
    };
    return this.paceOf(plan).send(begin, isAgain ? throttledPriority : priorityOf(plan));
  }

  private paceOf(plan: RequestPlan): Pace {
    const kind = kindOf(plan, this.baseUrl);
    const known = this.paces.get(kind);
    if (known !== undefined) return known;
    const pace = new Pace(this.clock, () => this.signal.aborted && plan.purpose !== 'cleanup');
    this.paces.set(kind, pace);
    return pace;
  }

  /** Counts a request that waits, until the returned function is called. */
  wait(): () => void {
    this.waiting += 1;
    return () => {
      this.waiting -= 1;
      const free = this.waiting === 0 ? this.onRoom.length : Math.max(0, this.room - this.waiting);
      for (const goOn of this.onRoom.splice(0, free)) goOn();
    };
  }

  /**
   * Resolves when only a few requests wait. What begins before would make all others slower: exercises whose looks come late
   * see less, and none of them would be finished when the time of the run is over.
   */
  async hasRoom(): Promise<void> {
    if (this.waiting < this.room) return;
    await new Promise<void>((resolve) => this.onRoom.push(resolve));
  }
}
