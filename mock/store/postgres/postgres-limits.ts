/** Token buckets in PostgreSQL. */
import type { Clock } from '../../clock.js';
import type { RateLimit } from '../../options.js';
import type { Limits } from '../../ports.js';
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

export class PostgresLimits implements Limits {
  constructor(
    private readonly limit: RateLimit,
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  async take(bucket: string): Promise<number> {
    const [row] = await this.database.query<{ seen: number }>(take, this.values(bucket));
    return row?.seen ?? 0;
  }

  async look(bucket: string): Promise<number> {
    const [row] = await this.database.query<{ tokens: number }>(
      `select ${tokens} as tokens from scim_mock.buckets b where b.name = $1`,
      this.values(bucket),
    );
    return row?.tokens ?? this.limit.capacity;
  }

  private values(bucket: string): (string | number)[] {
    const { capacity, refillPerSecond } = this.limit;
    return [bucket, capacity, refillPerSecond, this.clock.now()];
  }
}
