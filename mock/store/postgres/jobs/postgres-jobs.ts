/** Jobs in PostgreSQL. */
import type { Clock } from '../../../clock.js';
import type { Job } from '../../../job.js';
import type { Acceptance, Claim, Jobs, Order } from '../../../ports.js';
import type { Bell } from '../bell.js';
import type { Database } from '../database.js';
import { Groups } from '../groups.js';
import { isStorable } from '../storable.js';
import { acceptAll } from './accept.js';
import { Claims } from './claims.js';
import type { Heads } from './heads.js';
import { forgetJobs, forgetOldJobs } from './forget.js';
import { loadJobs } from './load-jobs.js';

export interface PostgresJobsOptions {
  readonly database: Database;
  readonly heads: Heads;
  readonly bell: Bell;
  readonly clock: Clock;
  readonly capacity: number;
  readonly capacityBytes: number;
  readonly retentionSeconds: number;
  readonly leaseMillis: number;
}

/** Milliseconds between two searches for jobs that are to be forgotten. */
const cleaning = 10_000;

export class PostgresJobs implements Jobs {
  private readonly claims: Claims;
  private readonly orders: Groups<Order, Acceptance>;
  private cleaned = -Infinity;

  constructor(private readonly options: PostgresJobsOptions) {
    this.claims = new Claims(options);
    this.orders = new Groups({ lanes: 1, size: 100, run: (orders) => this.acceptAll(orders) });
  }

  accept(order: Order): Promise<Acceptance> {
    return this.orders.add(order);
  }

  async find(id: string): Promise<Job | undefined> {
    const { database, heads } = this.options;
    if (!isStorable(id)) return undefined;
    const [job] = await loadJobs([id], database, { heads, oldest: this.oldest });
    return job;
  }

  claim(signal: AbortSignal): Promise<Claim | undefined> {
    return this.claims.claim(signal);
  }

  postpone({ job: { id }, index, lease }: Claim, due: number): Promise<boolean> {
    const { database, clock } = this.options;
    return database.retrying(clock, async (queries) => {
      const rows = await queries.query(
        `with postponed as (
           update scim_mock.line set lease = gen_random_uuid()::text, lease_until = $4, owner = null, tries = tries + 1,
             is_postponed = true
           where job = $1 and index = $2 and lease = $3 and lease_until > $5 returning job)
         update scim_mock.jobs set revision = revision + 1, modified = greatest(modified, $5)
         where id in (select job from postponed) returning id`,
        [id, index, lease, due, clock.now()],
      );
      return rows.length > 0;
    });
  }

  async createdId(id: string, bulkId: string): Promise<string | undefined> {
    const { database, heads } = this.options;
    const head = (await heads.of([id], database)).get(id);
    const indexes = (head?.operations ?? []).flatMap((operation, index) =>
      operation.method === 'POST' && operation.bulkId === bulkId ? [index] : [],
    );
    if (indexes.length === 0) return undefined;
    const [row] = await database.query<{ location: string | null }>(
      `select outcome->'result'->>'location' as location from scim_mock.outcomes
       where job = $1 and index = any($2::int[]) and outcome->'result'->>'location' is not null order by index desc`,
      [id, indexes],
    );
    return row?.location?.split('/').at(-1);
  }

  async cancel(id: string): Promise<boolean> {
    if (!isStorable(id)) return false;
    const rows = await this.options.database.query(
      'update scim_mock.jobs set is_cancelled = true where id = $1 and completed is null returning id',
      [id],
    );
    return rows.length > 0;
  }

  async notePoll(id: string): Promise<void> {
    await this.options.database.query(
      `insert into scim_mock.polls (job, at) select id, $2 from scim_mock.jobs where id = $1
       on conflict (job) do update set at = excluded.at`,
      [id, this.options.clock.now()],
    );
  }

  completed(id: string, signal: AbortSignal): Promise<Job | undefined> {
    const { bell } = this.options;
    return new Promise((resolve) => {
      const end = (job: Job | undefined): void => {
        stop();
        signal.removeEventListener('abort', leave);
        resolve(job);
      };
      const leave = (): void => end(undefined);
      const look = async (): Promise<void> => {
        const job = await this.find(id);
        if (job === undefined || job.counts.pending === 0) end(job);
      };
      // If the database does not answer now, the next look finds out.
      const tryToLook = (): void => void look().catch(() => undefined);
      const stop = bell.on((news) => {
        if (news === undefined || news.done.includes(id)) tryToLook();
      });
      signal.addEventListener('abort', leave);
      if (signal.aborted) leave();
      else tryToLook();
    });
  }

  async forget(id: string): Promise<void> {
    this.options.heads.drop(id);
    await forgetJobs([id], this.options.database);
  }

  async count(): Promise<{ statuses: number; pending: number }> {
    const [row] = await this.options.database.query<{ statuses: number; pending: number }>(
      `select (select count(*)::int from scim_mock.jobs
                where has_status and (completed is null or completed > $1)) as statuses,
              (select coalesce(sum(queued), 0)::int from scim_mock.jobs where is_queued) as pending`,
      [this.oldest],
    );
    return row ?? { statuses: 0, pending: 0 };
  }

  close(): void {
    this.claims.close();
  }

  private get oldest(): number {
    const { clock, retentionSeconds } = this.options;
    return clock.now() - retentionSeconds * 1000;
  }

  private async acceptAll(orders: readonly Order[]): Promise<(() => Acceptance)[]> {
    const { database, heads, clock, bell } = this.options;
    const news = { work: true, events: false, deliveries: false, done: [] };
    const decisions = await database.retrying(clock, async (queries) => {
      const decided = await acceptAll(orders, queries, { ...this.options, now: () => clock.now() });
      if (decided.some(({ kind }) => kind === 'accepted')) await bell.announce(queries, news);
      return decided;
    });
    orders.forEach(({ head, bytes }, place) => {
      if (decisions[place]?.kind === 'accepted') heads.keep(head, bytes);
    });
    bell.ring(news);
    if (clock.now() - this.cleaned >= cleaning) {
      this.cleaned = clock.now();
      // What was accepted is accepted even if this fails, and it comes again.
      await forgetOldJobs(this.oldest, database).catch(() => undefined);
    }
    return decisions.map((decision) => () => decision);
  }
}
