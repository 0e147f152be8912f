/** Connections to PostgreSQL: queries, transactions, and what their errors mean. */
import pg from 'pg';
import type { Clock } from '../../clock.js';
import { StoreAway, StoreError } from '../store-error.js';

export type Value = string | number | boolean | null | Buffer | readonly (string | number | boolean | null | Buffer)[];

/** Runs statements one after another. */
export interface Queries {
  /** The rows of one statement. */
  readonly query: <Row extends pg.QueryResultRow>(text: string, values?: readonly Value[]) => Promise<Row[]>;
}

const int8: number = pg.types.builtins.INT8;
/** Number of times that a transaction is tried. */
const tries = 10;

/** Numbers and times are far below 2^53. */
const types = new pg.TypeOverrides();
types.setTypeParser(int8, Number);

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** The other transaction was first, or both waited for each other: the same may work when it is done again. */
export const isConflict = (error: unknown): boolean => ['40001', '40P01', '23505'].includes(codeOf(error));

/** The connection is gone, or the server takes none now (PostgreSQL, error codes of class 08, 53 and 57P). */
const isAway = (error: unknown): boolean =>
  /^(?:08...|53...|57P0.|ECONN.*|EPIPE|ENOENT|ETIMEDOUT|EHOSTUNREACH)$/.test(codeOf(error)) ||
  (error instanceof AggregateError && error.errors.every(isAway)) ||
  (error instanceof Error &&
    /^Connection terminated|^Client has encountered a connection error|timeout exceeded|timeout expired/.test(
      error.message,
    ));

/** Rejects with StoreAway in place of an error of the connection. */
const reaching = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw isAway(error) ? new StoreAway('the database does not answer now', { cause: error }) : error;
  }
};

/** The plan of each statement is kept under its name, so that the server parses it once for each connection. */
const names = new Map<string, string>();

const nameOf = (text: string): string => {
  const name = names.get(text) ?? `s${names.size}`;
  names.set(text, name);
  return name;
};

const queriesOf = (client: pg.ClientBase): Queries => ({
  query: async <Row extends pg.QueryResultRow>(text: string, values: readonly Value[] = []) => {
    const { rows } = await client.query<Row>({ name: nameOf(text), text, values: [...values] });
    return rows;
  },
});

const settingsOf = (url: string): pg.ClientConfig => ({
  connectionString: url,
  application_name: 'scim-conformance mock',
  connectionTimeoutMillis: 10_000,
  types,
});

/** Without user, password and query, which may hold secrets. */
const placeOf = (url: string): string => {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
};

export class Database implements Queries {
  private readonly pool: pg.Pool;

  /** `connections`: the largest number of open ones, besides those of `listener`. Throws StoreError (`store-url`). */
  constructor(
    private readonly url: string,
    connections: number,
  ) {
    if (!/^postgres(?:ql)?:\/\//i.test(url) || !URL.canParse(url))
      throw new StoreError(
        'store-url',
        'the URL of a store begins with postgres://, as in postgres://user@host:5432/database',
      );
    this.pool = new pg.Pool({ ...settingsOf(url), max: connections });
    // A connection that breaks is replaced at the next query, which fails if it was in use; without listeners the error
    // would end the process.
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** Rejects with a StoreError (`store-unreachable`) if there is no connection. */
  async demand(): Promise<void> {
    try {
      await this.query('select 1');
    } catch (error) {
      const cause = error instanceof StoreAway ? error.cause : error;
      const why = cause instanceof AggregateError ? cause.errors.map(String).join(', ') : String(cause);
      throw new StoreError('store-unreachable', `the database ${placeOf(this.url)} cannot be used: ${why}`, {
        cause: error,
      });
    }
  }

  /** Rejects with StoreAway if there is no connection now. */
  async query<Row extends pg.QueryResultRow>(text: string, values: readonly Value[] = []): Promise<Row[]> {
    const { rows } = await reaching(() => this.pool.query<Row>({ name: nameOf(text), text, values: [...values] }));
    return rows;
  }

  /** Runs `work` on a connection of its own, outside of a transaction. */
  async withClient<T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    try {
      return await work(client);
    } finally {
      client.release();
    }
  }

  /**
   * Commits what `work` did, or nothing if it rejects. Rejects with StoreAway if there is no connection; if it is lost while
   * the commit is on its way, nobody knows whether that was done.
   */
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    return reaching(() => this.committed(work));
  }

  private async committed<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      // Sent together with the first statement of the work.
      const begun = client.query('begin');
      begun.catch(() => undefined);
      const value = await work(queriesOf(client));
      await begun;
      await client.query('commit');
      return value;
    } catch (error) {
      await client.query('rollback').catch((failure: unknown) => {
        broken = failure instanceof Error ? failure : new Error(String(failure));
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /** As `transaction`, and again after a conflict with another one. `work` has no other effects. */
  async retrying<T>(clock: Clock, work: (queries: Queries) => Promise<T>): Promise<T> {
    for (let count = 1; ; count += 1) {
      try {
        return await this.transaction(work);
      } catch (error) {
        if (!isConflict(error) || count === tries) throw error;
        await clock.sleep(5 * count);
      }
    }
  }

  /** A connection that is not of the pool, because it waits for notifications. The caller connects and ends it. */
  listener(): pg.Client {
    return new pg.Client({ ...settingsOf(this.url), keepAlive: true });
  }

  async end(): Promise<void> {
    await this.pool.end();
  }
}
