/** Events in PostgreSQL. Of those that are not about a job that is still there, only the newest are kept. */
import type { Clock } from '../../../clock.js';
import type { Delivery, Events } from '../../../ports.js';
import type { Claims, Draft, SecurityEvent } from '../../../security-event.js';
import { once } from '../../../once.js';
import type { Bell } from '../bell.js';
import type { Database } from '../database.js';
import { isStorable } from '../storable.js';
import { eventColumns, type EventRow } from './event-rows.js';
import { Hearing } from './hearing.js';

export interface PostgresEventsOptions {
  readonly database: Database;
  readonly bell: Bell;
  readonly clock: Clock;
  /** The compact token of these claims. */
  readonly sign: (claims: Claims) => Promise<string>;
}

/** Largest number of unread events of a client. */
const kept = 20_000;
/** Milliseconds between two removals of old events. */
const cleaning = 30_000;

/** Unacknowledged events of the client $1. */
const waiting = `
  from scim_mock.events e left join scim_mock.streams s on s.client = $1
  where (e.client is null or e.client = $1)
    and (e.xid, e.seq) > (coalesce(s.floor_xid, 0), coalesce(s.floor_seq, 0))
    and not exists (select from scim_mock.acknowledged a where a.client = $1 and a.seq = e.seq)`;

export class PostgresEvents implements Events {
  private readonly hearing: Hearing;
  private cleaned: number;

  constructor(private readonly options: PostgresEventsOptions) {
    this.hearing = new Hearing({ ...options, eventOf: (row) => this.eventOf(row) });
    this.cleaned = options.clock.now();
  }

  async isEmpty(client: string): Promise<boolean> {
    const rows = await this.options.database.query(`select 1 ${waiting} limit 1`, [client]);
    return rows.length === 0;
  }

  async take(client: string, limit: number): Promise<Delivery> {
    const { database } = this.options;
    await this.forgetOld();
    const rows = await database.query<EventRow & { xid: number }>(
      `select ${eventColumns}, e.xid ${waiting} order by e.xid, e.seq limit $2`,
      [client, limit + 1],
    );
    const taken = rows.slice(0, limit);
    const last = taken.at(-1);
    if (last !== undefined)
      await database.query(
        `insert into scim_mock.streams as s (client, sent_xid, sent_seq) values ($1, $2, $3)
         on conflict (client) do update set sent_xid = excluded.sent_xid, sent_seq = excluded.sent_seq
         where (excluded.sent_xid, excluded.sent_seq) > (s.sent_xid, s.sent_seq)`,
        [client, last.xid, last.seq],
      );
    return { events: taken.map((row) => this.eventOf(row)), more: rows.length > limit };
  }

  async takeOff(client: string, jtis: readonly string[]): Promise<void> {
    const known = jtis.filter(isStorable);
    if (known.length === 0) return;
    const { database, clock } = this.options;
    await database.retrying(clock, async (queries) => {
      // One at a time for each client, so that the floor never passes an event that is not acknowledged.
      await queries.query('select 1 from scim_mock.streams where client = $1 for update', [client]);
      await queries.query(
        `insert into scim_mock.acknowledged (client, seq)
         select $1, e.seq ${waiting} and e.jti = any($2::text[])
           and (e.xid, e.seq) <= (coalesce(s.sent_xid, 0), coalesce(s.sent_seq, 0))
         on conflict do nothing`,
        [client, known],
      );
      // An event of a transaction that is running now may still come before those of later ones.
      await queries.query(
        `with open as (select e.xid, e.seq ${waiting} order by e.xid, e.seq limit 1),
         floor as (
           select e.xid, e.seq from scim_mock.events e join scim_mock.streams s on s.client = $1
           where (e.xid, e.seq) > (s.floor_xid, s.floor_seq)
             and e.xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
             and not exists (select from open o where (o.xid, o.seq) <= (e.xid, e.seq))
           order by e.xid desc, e.seq desc limit 1)
         update scim_mock.streams s set floor_xid = f.xid, floor_seq = f.seq from floor f where s.client = $1`,
        [client],
      );
      await queries.query(
        `delete from scim_mock.acknowledged a using scim_mock.events e, scim_mock.streams s
         where a.client = $1 and s.client = $1 and e.seq = a.seq and (e.xid, e.seq) <= (s.floor_xid, s.floor_seq)`,
        [client],
      );
    });
  }

  next(client: string, signal: AbortSignal): Promise<void> {
    const { bell } = this.options;
    return new Promise((resolve) => {
      const end = (): void => {
        stop();
        signal.removeEventListener('abort', end);
        resolve();
      };
      const look = async (): Promise<void> => {
        if (!(await this.isEmpty(client))) end();
      };
      // If the database does not answer now, the next look finds out.
      const tryToLook = (): void => void look().catch(() => undefined);
      const stop = bell.on((news) => {
        if (news?.events !== false) tryToLook();
      });
      signal.addEventListener('abort', end);
      if (signal.aborted) end();
      else tryToLook();
    });
  }

  async ofJob(id: string): Promise<readonly SecurityEvent[]> {
    const rows = await this.options.database.query<EventRow>(
      `select ${eventColumns} from scim_mock.events e where e.job = $1 order by e.index`,
      [id],
    );
    return rows.map((row) => this.eventOf(row));
  }

  listen(client: string, listener: (draft: Draft) => void): () => void {
    return this.hearing.listen(client, listener);
  }

  private eventOf({ seq, jti, claims, token }: EventRow): SecurityEvent {
    return { jti, claims, token: once(() => (token === null ? this.sign(seq, claims) : Promise.resolve(token))) };
  }

  /** The first signature stays: each one of ES256 is different, and a token is the same whenever it is sent. */
  private async sign(seq: number, claims: Claims): Promise<string> {
    const signed = await this.options.sign(claims);
    const [row] = await this.options.database.query<{ token: string }>(
      'update scim_mock.events set token = coalesce(token, $2) where seq = $1 returning token',
      [seq, signed],
    );
    return row?.token ?? signed;
  }

  private async forgetOld(): Promise<void> {
    const { clock, database } = this.options;
    if (clock.now() - this.cleaned < cleaning) return;
    this.cleaned = clock.now();
    await database.query(
      `with gone as (
         delete from scim_mock.events where job is null and seq <= (select max(seq) from scim_mock.events) - $1
         returning seq),
       acknowledged as (delete from scim_mock.acknowledged a using gone where a.seq = gone.seq)
       delete from scim_mock.heard h using gone where h.seq = gone.seq`,
      [kept],
    );
  }
}
