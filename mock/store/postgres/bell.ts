/**
 * Tells the processes that share a database what has changed (LISTEN and NOTIFY), and which of them are alive. A
 * notification may be lost with its connection: so everybody also looks once a second.
 */
import type pg from 'pg';
import type { Clock } from '../../clock.js';
import type { Database, Queries } from './database.js';

export interface News {
  /** Operations may be there that can be claimed. */
  readonly work: boolean;
  readonly events: boolean;
  /** Deliveries to webhooks may be there. */
  readonly deliveries: boolean;
  /** Ids of completed jobs. */
  readonly done: readonly string[];
}

type Listener = (news: News | undefined) => void;

const channel = 'scim_mock';
/** Advisory locks of processes are (this, id of the process). */
const lockClass = 73_105;
/** Milliseconds between two looks. */
const beat = 1000;
/** A payload has to be shorter than 8000 bytes. */
const mostIds = 100;

const isNews = (value: unknown): value is News & { readonly from: number } =>
  typeof value === 'object' && value !== null && 'from' in value && 'done' in value && Array.isArray(value.done);

export class Bell {
  private readonly listeners = new Set<Listener>();
  private readonly stopping = new AbortController();
  private client: pg.Client | undefined;
  private self = 0;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The number of this process among those that are alive; undefined while it has no connection, and so is taken for dead. */
  get process(): number | undefined {
    return this.client === undefined ? undefined : this.self;
  }

  async start(): Promise<void> {
    await this.connect();
    void this.lookAgainAndAgain();
  }

  /** Calls `listener` with all news; with undefined if anything may have changed. Returns a function that stops it. */
  on(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Announces news to the other processes with the commit of this transaction. */
  async announce(queries: Queries, { work, events, deliveries, done }: News): Promise<void> {
    if (!work && !events && !deliveries && done.length === 0) return;
    // Who does not find its job in a full list looks at the next beat.
    const payload = JSON.stringify({ from: this.self, work, events, deliveries, done: done.slice(0, mostIds) });
    await queries.query('select pg_notify($1, $2)', [channel, payload]);
  }

  /** Tells this process. */
  ring(news: News | undefined): void {
    for (const listener of this.listeners) listener(news);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    const { client } = this;
    this.client = undefined;
    await client?.query(`delete from scim_mock.processes where id = ${this.self}`).catch(() => undefined);
    await client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const client = this.database.listener();
    client.on('error', () => void this.reconnect(client));
    client.on('end', () => void this.reconnect(client));
    client.on('notification', ({ payload = '' }) => this.hear(payload));
    try {
      await client.connect();
      await this.enter(client);
    } catch (error) {
      void client.end().catch(() => undefined);
      throw error;
    }
    if (this.stopping.signal.aborted) await client.end();
    else this.client = client;
  }

  /** Adds this process to those that are alive, and listens. */
  private async enter(client: pg.Client): Promise<void> {
    // In one transaction: nobody sees the row before it is locked.
    await client.query('begin');
    const { rows } = await client.query<{ id: number }>('insert into scim_mock.processes default values returning id');
    this.self = rows[0]?.id ?? 0;
    await client.query('select pg_advisory_lock($1, $2)', [lockClass, this.self]);
    await client.query('commit');
    await client.query(`listen ${channel}`);
  }

  private async reconnect(lost: pg.Client): Promise<void> {
    if (this.client !== lost) return;
    this.client = undefined;
    await lost.end().catch(() => undefined);
    while (!this.stopping.signal.aborted) {
      try {
        await this.connect();
        this.ring(undefined);
        return;
      } catch {
        await this.clock.sleep(beat, this.stopping.signal);
      }
    }
  }

  private hear(payload: string): void {
    const news: unknown = JSON.parse(payload);
    if (isNews(news) && news.from !== this.self) this.ring(news);
  }

  private async lookAgainAndAgain(): Promise<void> {
    const { signal } = this.stopping;
    for (;;) {
      await this.clock.sleep(beat, signal);
      if (signal.aborted) return;
      this.ring(undefined);
      // Without a connection the next look tries again.
      if (this.client !== undefined) await this.endLeasesOfTheDead().catch(() => undefined);
    }
  }

  /** A process that is killed loses its connection at once, and with it the lock on its id. */
  private async endLeasesOfTheDead(): Promise<void> {
    const freed = await this.database.query<{ seq: number }>(
      `with dead as (
         delete from scim_mock.processes p where not exists (
           select from pg_locks l where l.locktype = 'advisory' and l.classid = $1 and l.objid = p.id and l.objsubid = 2
             and l.database = (select oid from pg_database where datname = current_database()))
         returning id)
       update scim_mock.line l set lease_until = 0 from dead
       where l.owner = dead.id and l.lease is not null returning l.seq`,
      [lockClass],
    );
    if (freed.length > 0) this.ring({ work: true, events: false, deliveries: false, done: [] });
  }
}
