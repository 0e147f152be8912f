/**
 * Gives operations to the workers of this process. All workers that wait are served by one statement, which takes the
 * oldest operations that can run and that no other process is taking (SKIP LOCKED).
 */
import type { Clock } from '../../../clock.js';
import type { Claim } from '../../../ports.js';
import type { Bell } from '../bell.js';
import type { Queries } from '../database.js';
import type { Heads } from './heads.js';
import { jobColumns, jobOf, retryingColumn, stepOf, type JobRow, type StoredStep } from './job-rows.js';

export interface ClaimsOptions {
  readonly database: Queries;
  readonly heads: Heads;
  readonly bell: Pick<Bell, 'process' | 'on'>;
  readonly clock: Clock;
  /** Milliseconds after which an operation that is not finished can be claimed again. */
  readonly leaseMillis: number;
}

interface Waiting {
  readonly signal: AbortSignal;
  readonly give: (claim: Claim | undefined) => void;
  /** Whether anybody has looked for it since it waits. */
  hasLooked: boolean;
}

interface ClaimedRow extends JobRow {
  readonly index: number;
  readonly step: StoredStep | null;
  readonly lease: string;
  readonly tries: number;
}

/** The workers of one statement; with more, the first would wait long for their operations. */
const most = 200;
/** Milliseconds before the next try if the database does not answer. */
const patience = 500;

/** One in so many operations is the oldest of all, so that low ones are not put off for ever (PRIO-01). */
const oldestEach = 8;

/** What was tried before and not finished comes first. */
const take = `
  with expired as materialized (
    select seq, is_postponed from scim_mock.line where lease is not null and lease_until <= $1
    order by lease_until limit $2 for update skip locked),
  oldest as materialized (
    select seq, priority from scim_mock.line where waits = 0 and lease is null and index >= 0
    order by seq limit $5 for update skip locked),
  fresh as materialized (
    select seq, priority from scim_mock.line
    where waits = 0 and lease is null and index >= 0 and seq not in (select seq from oldest)
    order by priority, seq limit $2 for update skip locked),
  picked as (
    select seq, -2 as rank, is_postponed from expired union all select seq, -1, false from oldest
    union all select seq, priority, false from fresh
    order by 2, 1 limit $2),
  claimed as (
    update scim_mock.line l set lease = $6::text || '.' || l.seq, lease_until = $3, owner = $4,
      is_postponed = false
    from picked where l.seq = picked.seq
    returning l.seq, l.job, l.index, l.step, l.lease, l.tries, picked.rank, picked.is_postponed as is_again),
  started as (
    update scim_mock.jobs set is_started = true, modified = greatest(modified, $1)
    where id in (select job from claimed)
      and (not is_started or id in (select job from claimed where is_again))
    returning id, modified as started)
  select ${jobColumns.replace('j.modified', 'coalesce(s.started, j.modified) as modified').replace('j.is_started', 'true as is_started').replace(retryingColumn, 'false')},
    c.index, c.step, c.lease, c.tries
  from claimed c join scim_mock.jobs j on j.id = c.job
    left join started s on s.id = c.job left join scim_mock.polls p on p.job = c.job
  order by c.rank, c.seq`;

/** Ends the leases that were given under these names. */
const giveBack = `
  update scim_mock.line set lease_until = 0 where lease is not null and split_part(lease, '.', 1) = any($1::text[])`;

export class Claims {
  private waiting: Waiting[] = [];
  private isBusy = false;
  private again = false;
  private isClosed = false;
  /** Number of operations that were claimed so far. */
  private taken = 0;
  private looks = 0;
  /** Names of looks without an answer: what they claimed, nobody runs. */
  private unanswered: string[] = [];

  constructor(private readonly options: ClaimsOptions) {
    options.bell.on((news) => {
      if (news?.work !== false) this.serve();
    });
  }

  claim(signal: AbortSignal): Promise<Claim | undefined> {
    if (signal.aborted) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const leave = (): void => {
        // If somebody is looking right now, what is found would be taken from the others for the time of a lease.
        if (!waiting.hasLooked) return;
        this.waiting = this.waiting.filter((each) => each !== waiting);
        resolve(undefined);
      };
      const waiting: Waiting = {
        signal,
        hasLooked: false,
        give: (claim) => {
          signal.removeEventListener('abort', leave);
          resolve(claim);
        },
      };
      signal.addEventListener('abort', leave);
      this.waiting.push(waiting);
      this.serve();
    });
  }

  close(): void {
    this.isClosed = true;
    for (const { give } of this.waiting.splice(0)) give(undefined);
  }

  /** A method, because it changes while others wait. */
  private hasClosed(): boolean {
    return this.isClosed;
  }

  private serve(): void {
    this.again = true;
    if (!this.isBusy) void this.work();
  }

  private async work(): Promise<void> {
    this.isBusy = true;
    while (this.again && this.waiting.length > 0 && !this.hasClosed()) {
      this.again = false;
      const served = this.waiting.splice(0, most);
      for (const each of served) each.hasLooked = false;
      const claims = await this.look(served.length);
      for (const [place, each] of served.entries()) {
        const claim = claims[place];
        each.hasLooked = true;
        if (claim !== undefined || each.signal.aborted || this.hasClosed()) each.give(claim);
        else this.waiting.push(each);
      }
      if (claims.length === served.length) this.again = true;
    }
    this.isBusy = false;
  }

  /** How many of the next claims are for the oldest operations of all, whatever their priority. */
  private forOldest(count: number): number {
    return Math.floor((this.taken + count) / oldestEach) - Math.floor(this.taken / oldestEach);
  }

  private async look(count: number): Promise<Claim[]> {
    const { database, heads, bell, clock, leaseMillis } = this.options;
    const { process } = bell;
    // The bell rings when it is connected again: what a process claims that is taken for dead, others claim, too.
    if (process === undefined) return [];
    this.looks += 1;
    const name = `${process}-${this.looks}`;
    const now = clock.now();
    try {
      await this.giveBackUnanswered();
      const rows = await database.query<ClaimedRow>(take, [
        now,
        count,
        now + leaseMillis,
        process,
        this.forOldest(count),
        name,
      ]);
      this.taken += rows.length;
      if (rows.length === 0) return [];
      const found = await heads.of(
        rows.map(({ id }) => id),
        database,
      );
      return rows.flatMap((row): Claim[] => {
        const head = found.get(row.id);
        const operation = head?.operations[row.index];
        if (head === undefined || operation === undefined) return [];
        const unit = row.step?.unit?.map(stepOf);
        return [
          {
            lease: row.lease,
            job: jobOf(head, row, undefined),
            index: row.index,
            number: row.tries + 1,
            operation,
            step: unit?.[0] ?? stepOf(row.step),
            unit,
          },
        ];
      });
    } catch {
      // The database does not answer now, and may have done what it was asked for all the same.
      this.unanswered.push(name);
      await clock.sleep(patience);
      this.again = true;
      return [];
    }
  }

  private async giveBackUnanswered(): Promise<void> {
    const names = this.unanswered;
    if (names.length === 0) return;
    await this.options.database.query(giveBack, [names]);
    this.unanswered = this.unanswered.filter((name) => !names.includes(name));
  }
}
