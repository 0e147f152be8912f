/**
 * What the live page shows: the queue, the last requests, the limits. It holds no tokens, no bodies, no ids of resources
 * and only the beginnings of ids of requests.
 */
import { isCompleted, type Job } from '../../job.js';
import type { Observer } from '../../observer.js';
import type { MockClient, RateLimit } from '../../options.js';
import type { Ports } from '../../ports.js';

export interface ShownRequest {
  /** The beginning of its id. */
  readonly id: string;
  readonly client: string;
  readonly state: 'waiting' | 'running' | 'done' | 'cancelled';
  readonly total: number;
  readonly success: number;
  readonly failed: number;
}

export interface ShownExchange {
  /** Counts up, so that equal exchanges can be told apart. */
  readonly number: number;
  /** ISO 8601. */
  readonly time: string;
  readonly method: string;
  /** The path of the endpoint, with parameters as `:id`; undefined if there is no such endpoint. */
  readonly path: string | undefined;
  /** Undefined if the connection was closed. */
  readonly status: number | undefined;
  readonly ms: number;
}

export interface ShownLimit {
  readonly client: string;
  readonly tokens: number;
  readonly capacity: number;
}

export interface Shown {
  readonly queue: { readonly pending: number; readonly statuses: number };
  /** Newest first, and so are the others. */
  readonly requests: readonly ShownRequest[];
  /** Undefined: there is no limit. */
  readonly limits: readonly ShownLimit[] | undefined;
  readonly exchanges: readonly ShownExchange[];
}

export interface BoardOptions {
  readonly ports: {
    readonly jobs: Pick<Ports['jobs'], 'find' | 'count'>;
    readonly limits: Pick<Ports['limits'], 'look'>;
  };
  readonly clients: readonly MockClient[];
  readonly rateLimit: RateLimit | false;
  readonly bucketOf: (client: string) => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Rows of a table; clients beyond that are not shown. */
const most = 20;
/** Characters of an id that are shown. */
const idLength = 8;

const stateOf = (job: Job): ShownRequest['state'] => {
  if (job.isCancelled) return 'cancelled';
  if (isCompleted(job)) return 'done';
  return job.isStarted ? 'running' : 'waiting';
};

const rowOf = (job: Job): ShownRequest => ({
  id: job.id.slice(0, idLength),
  client: job.client,
  state: stateOf(job),
  total: job.counts.total,
  success: job.counts.success,
  failed: job.counts.failed,
});

export class Board {
  readonly observer: Observer = {
    arrived: ({ method, route }) => ({
      left: ({ status, millis }) => {
        this.count += 1;
        const time = new Date(this.options.now()).toISOString();
        this.exchanges.unshift({ number: this.count, time, method, path: route, status, ms: millis });
        this.exchanges.length = Math.min(this.exchanges.length, most);
      },
    }),
    accepted: (job) => this.note(job.id),
    claimed: ({ job }) => {
      this.note(job.id);
      return () => undefined;
    },
  };
  private readonly exchanges: ShownExchange[] = [];
  /** The requests that this process has accepted or worked for, oldest first; undefined: not looked at yet. */
  private readonly requests = new Map<string, Job | undefined>();
  private count = 0;

  constructor(private readonly options: BoardOptions) {}

  /** Asks the store, which others may share. Rejects if it does not answer. */
  async look(): Promise<Shown> {
    const { jobs } = this.options.ports;
    await this.refresh();
    return {
      queue: await jobs.count(),
      requests: [...this.requests.values()].flatMap((job) => (job === undefined ? [] : [rowOf(job)])).reverse(),
      limits: await this.limits(),
      exchanges: [...this.exchanges],
    };
  }

  private note(id: string): void {
    if (this.requests.has(id)) return;
    this.requests.set(id, undefined);
    for (const oldest of this.requests.keys()) {
      if (this.requests.size <= most) return;
      this.requests.delete(oldest);
    }
  }

  /** What is completed does not change any more. */
  private async refresh(): Promise<void> {
    const open = [...this.requests].filter(([, job]) => job === undefined || !isCompleted(job));
    const found = await Promise.all(open.map(([id]) => this.options.ports.jobs.find(id)));
    open.forEach(([id], place) => {
      const job = found[place];
      // Without a status resource it is forgotten as soon as it is answered.
      if (job === undefined) this.requests.delete(id);
      else if (this.requests.has(id)) this.requests.set(id, job);
    });
  }

  private async limits(): Promise<ShownLimit[] | undefined> {
    const { ports, clients, rateLimit, bucketOf } = this.options;
    if (rateLimit === false) return undefined;
    const { capacity } = rateLimit;
    return Promise.all(
      clients.slice(0, most).map(async ({ name }) => ({
        client: name,
        tokens: Math.floor(await ports.limits.look(bucketOf(name))),
        capacity,
      })),
    );
  }
}
