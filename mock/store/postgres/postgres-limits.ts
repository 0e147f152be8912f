/** Token buckets and quotas in PostgreSQL. */
import type { Clock } from '../../clock.js';
import type { RateLimit } from '../../options.js';
import type { Limits, QuotaWindow } from '../../limit-ports.js';
import type { Database } from './database.js';

/** What is in the bucket b now; $2 is the capacity, $3 the refill per second, $4 the time. The clocks of processes differ. */
const tokens = 'least($2::float8, b.tokens + greatest(0, $4::bigint - b.at) / 1000.0 * $3::float8)';
/** One token, with a tolerance for rounding errors of floating point numbers. */
const oneToken = '1 - 1e-9';

const take = `
  insert into scim_mock.buckets as b (name, tokens, seen, at)
  values ($1, case when $2 >= ${oneToken} then greatest(0, $2 - 1) else $2 end, $2, $4)
  on conflict (name) do update set
    tokens = case when ${tokens} >= ${oneToken} then greatest(0, ${tokens} - 1) else ${tokens} end,
    seen = ${tokens},
    at = greatest(b.at, $4)
  returning seen`;

/**
 * A quota is a row of the same table: `at` is the start of its window, and `tokens` is what is left. $2 is the size, $3 the
 * start. A window that has ended, by the clock of this process, leaves the quota as it is.
 */
const left = 'case when q.at < $3::bigint then $2::float8 else least($2::float8, q.tokens) end';
const count = `
  insert into scim_mock.buckets as q (name, tokens, seen, at)
  values ($1, $2::float8 - 1, $2, $3)
  on conflict (name) do update set tokens = greatest(0, ${left} - 1), seen = ${left}, at = greatest(q.at, $3)
  returning seen`;

/** No client has a control character in its name, so a quota never has the row of a bucket. */
const rowOf = (quota: string): string => `\u0001daily ${quota}`;

export class PostgresLimits implements Limits {
  constructor(
    private readonly limit: RateLimit,
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  async take(bucket: string, share = 1): Promise<number> {
    const [row] = await this.database.query<{ seen: number }>(take, this.values(bucket, share));
    return row?.seen ?? 0;
  }

  async look(bucket: string, share = 1): Promise<number> {
    const [row] = await this.database.query<{ tokens: number }>(
      `select ${tokens} as tokens from scim_mock.buckets b where b.name = $1`,
      this.values(bucket, share),
    );
    return row?.tokens ?? this.limit.capacity;
  }

  async count(quota: string, { size, start }: QuotaWindow): Promise<number> {
    const [row] = await this.database.query<{ seen: number }>(count, [rowOf(quota), size, start]);
    return row?.seen ?? 0;
  }

  async left(quota: string, { size, start }: QuotaWindow): Promise<number> {
    const [row] = await this.database.query<{ left: number }>(
      `select ${left} as left from scim_mock.buckets q where q.name = $1`,
      [rowOf(quota), size, start],
    );
    return row?.left ?? size;
  }

  private values(bucket: string, share: number): (string | number)[] {
    const { capacity, refillPerSecond } = this.limit;
    return [bucket, capacity, refillPerSecond * share, this.clock.now()];
  }
}
