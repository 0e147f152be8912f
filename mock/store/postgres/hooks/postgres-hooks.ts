/** Webhooks and their deliveries in PostgreSQL. A delivery whose process ended is handed out again after its lease. */
import { waitFor, type Clock } from '../../../clock.js';
import type { Hook } from '../../../hook.js';
import type { HookClaim, Hooks } from '../../../integration-ports.js';
import type { Bell } from '../bell.js';
import type { Database } from '../database.js';
import { isStorable } from '../storable.js';
import { hookColumns, hookOf, type HookRow } from './hook-rows.js';

export interface PostgresHooksOptions {
  readonly database: Database;
  readonly bell: Bell;
  readonly clock: Clock;
}

interface DeliveryRow extends HookRow {
  readonly delivery: string;
  readonly body: string;
  readonly number: number;
}

/** Milliseconds for which a process has a delivery: longer than one try takes. */
const lease = 60_000;
/** Milliseconds before the next try if the database does not answer. */
const patience = 500;

export class PostgresHooks implements Hooks {
  constructor(private readonly options: PostgresHooksOptions) {}

  async add({ id, client, eventType, endpoint, attributes, secret, created }: Hook): Promise<void> {
    await this.options.database.query(
      `insert into scim_mock.hooks (id, client, event_type, endpoint, attributes, secret, created)
       values ($1, $2, $3, $4, $5::json, $6, $7)`,
      [id, client, eventType, endpoint, JSON.stringify(attributes), secret, created],
    );
  }

  async find(id: string): Promise<Hook | undefined> {
    if (!isStorable(id)) return undefined;
    const [row] = await this.rows('h.id = $1', id);
    return row && hookOf(row);
  }

  async list(client: string): Promise<readonly Hook[]> {
    return (await this.rows('h.client = $1', client)).map(hookOf);
  }

  async remove(id: string): Promise<boolean> {
    if (!isStorable(id)) return false;
    const rows = await this.options.database.query('delete from scim_mock.hooks where id = $1 returning id', [id]);
    return rows.length > 0;
  }

  async claim(signal: AbortSignal): Promise<HookClaim | undefined> {
    while (!signal.aborted) {
      const news = new AbortController();
      const stop = this.options.bell.on((heard) => {
        if (heard?.deliveries !== false) news.abort();
      });
      try {
        const claim = await this.take();
        if (claim !== undefined) return claim;
        await this.untilDue([signal, news.signal]);
      } catch {
        // The database does not answer now.
        await this.options.clock.sleep(patience, signal);
      } finally {
        stop();
      }
    }
    return undefined;
  }

  async settle({ delivery }: HookClaim): Promise<void> {
    await this.options.database.query('delete from scim_mock.deliveries where id = $1', [delivery.id]);
  }

  async postpone({ delivery, number }: HookClaim, due: number): Promise<void> {
    await this.options.database.query(
      'update scim_mock.deliveries set number = $2, due = $3, lease_until = 0 where id = $1',
      [delivery.id, number + 1, due],
    );
    this.options.bell.ring({ work: false, events: false, deliveries: true, done: [] });
  }

  private rows(condition: 'h.id = $1' | 'h.client = $1', value: string): Promise<HookRow[]> {
    return this.options.database.query<HookRow>(
      `select ${hookColumns} from scim_mock.hooks h where ${condition} order by h.seq`,
      [value],
    );
  }

  private async take(): Promise<HookClaim | undefined> {
    const { database, clock } = this.options;
    const now = clock.now();
    const [row] = await database.query<DeliveryRow>(
      `with picked as (
         select seq from scim_mock.deliveries where due <= $1 and lease_until <= $1
         order by due, seq limit 1 for update skip locked),
       taken as (
         update scim_mock.deliveries d set lease_until = $2 from picked where d.seq = picked.seq
         returning d.id, d.hook, d.body, d.number)
       select ${hookColumns}, t.id as delivery, t.body, t.number from taken t join scim_mock.hooks h on h.id = t.hook`,
      [now, now + lease],
    );
    if (row === undefined) return undefined;
    const hook = hookOf(row);
    return { hook, delivery: { id: row.delivery, hook: hook.id, body: row.body }, number: row.number };
  }

  /** Waits until the next delivery is due, as far as is known now, or until one of the signals aborts. */
  private async untilDue(signals: readonly AbortSignal[]): Promise<void> {
    const { database, clock } = this.options;
    const now = clock.now();
    const [row] = await database.query<{ next: number | null }>(
      'select min(greatest(due, lease_until)) as next from scim_mock.deliveries where greatest(due, lease_until) > $1',
      [now],
    );
    const never = (): Promise<never> => new Promise(() => undefined);
    const next = row?.next ?? undefined;
    await waitFor(clock, next === undefined ? lease : Math.max(0, next - now), never, signals);
  }
}
