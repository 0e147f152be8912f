/** Resources in PostgreSQL, and transactions over all ports. */
import type { Clock } from '../../../clock.js';
import type { Store, Transaction } from '../../../ports.js';
import type { Stored, TypeName } from '../../../stored.js';
import type { Bell, News } from '../bell.js';
import { isConflict, type Database, type Queries } from '../database.js';
import { Groups } from '../groups.js';
import type { Heads } from '../jobs/heads.js';
import { isStorable } from '../storable.js';
import { Batch, Knowledge, WrongAssumption } from './batch.js';
import { notThere } from '../../resource-rules.js';
import { PostgresTransaction } from './postgres-transaction.js';
import { columns, listOf, nameKey, storedOf, type ResourceRow } from './resource-rows.js';
import { writeEvents } from './write-events.js';
import { writeDeliveries } from '../hooks/hook-rows.js';
import { writeCounts, writeOutcomes } from './write-outcomes.js';
import { writeResources } from './write-resources.js';

export interface PostgresStoreOptions {
  readonly database: Database;
  readonly heads: Heads;
  readonly bell: Bell;
  readonly clock: Clock;
  readonly newId: () => string;
}

type Work = (transaction: Transaction) => Promise<unknown>;

/** Number of batches at the same time, and of transactions in one. */
const lanes = 2;
const size = 128;
/** Number of times that a batch is tried before its transactions are tried one by one, and those. */
const tries = 10;

export class PostgresStore implements Store {
  private readonly groups: Groups<Work, void>;

  constructor(private readonly options: PostgresStoreOptions) {
    this.groups = new Groups({ lanes, size, run: (works) => this.run(works) });
  }

  async get(type: TypeName, id: string): Promise<Stored> {
    const stored = await this.find(id);
    if (stored?.type !== type) throw notThere(type);
    return stored;
  }

  async find(id: string): Promise<Stored | undefined> {
    if (!isStorable(id)) return undefined;
    return this.one('id = $1', id);
  }

  list(type: TypeName): Promise<readonly Stored[]> {
    return listOf(type, this.options.database);
  }

  named(userName: string): Promise<Stored | undefined> {
    return this.one('name_key = $1', nameKey(userName));
  }

  async count(type: TypeName): Promise<number> {
    const [row] = await this.options.database.query<{ count: number }>(
      'select count(*)::int as count from scim_mock.resources where type = $1',
      [type],
    );
    return row?.count ?? 0;
  }

  async transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    let value: { readonly of: T } | undefined;
    await this.groups.add(async (transaction) => {
      value = { of: await work(transaction) };
    });
    if (value === undefined) throw new Error('the transaction has not run');
    return value.of;
  }

  /** Resolves when no transaction is on its way. */
  whenIdle(): Promise<void> {
    return this.groups.whenIdle();
  }

  private async one(condition: 'id = $1' | 'name_key = $1', value: string | Buffer): Promise<Stored | undefined> {
    const [row] = await this.options.database.query<ResourceRow>(
      `select ${columns} from scim_mock.resources where ${condition}`,
      [value],
    );
    return row && storedOf(row);
  }

  /** Commits the transactions that do not reject; those that do leave nothing. */
  private async run(works: readonly Work[]): Promise<(() => void)[]> {
    const { clock } = this.options;
    const knowledge = new Knowledge();
    for (let count = 1; ; count += 1) {
      try {
        return await this.commit(works, knowledge);
      } catch (error) {
        const isWorthIt = error instanceof WrongAssumption || isConflict(error);
        if (!isWorthIt || count === tries) {
          if (works.length === 1) throw error;
          break;
        }
        if (!(error instanceof WrongAssumption)) await clock.sleep(5 * count);
      }
    }
    // One of them is to blame; the others are not to suffer.
    const alone: (() => void)[] = [];
    for (const work of works)
      alone.push(
        await this.run([work]).then(
          ([end]) => end ?? (() => undefined),
          (error: unknown) => () => {
            throw error;
          },
        ),
      );
    return alone;
  }

  private async commit(works: readonly Work[], knowledge: Knowledge): Promise<(() => void)[]> {
    const { database, bell, heads } = this.options;
    const { ends, news, completed } = await database.transaction(async (queries) => {
      const batch = new Batch(queries, knowledge);
      const ends: (() => void)[] = [];
      for (const work of works) ends.push(await this.runOne(work, batch));
      batch.demandHealth();
      return { ends, ...(await this.write(batch, queries)) };
    });
    for (const head of completed) heads.keep(head, 0);
    bell.ring(news);
    return ends;
  }

  /** What the caller gets if the batch is committed. */
  private async runOne(work: Work, batch: Batch): Promise<() => void> {
    const { clock, newId } = this.options;
    const transaction = new PostgresTransaction(batch, { now: () => clock.now(), newId });
    try {
      await work(transaction);
      batch.add(transaction.changes);
      return () => undefined;
    } catch (error) {
      return () => {
        throw error;
      };
    }
  }

  private async write(batch: Batch, queries: Queries) {
    const { clock, heads, bell } = this.options;
    const now = clock.now();
    const hasFreed = await writeOutcomes({ batch, now });
    await writeResources(batch);
    const hasEvents = await writeEvents(batch.changes.drafts, queries, now);
    const hasDeliveries = await writeDeliveries(batch.changes.deliveries, queries, now);
    const completed = await writeCounts({ batch, now, heads });
    const news: News = {
      work: hasFreed,
      events: hasEvents,
      deliveries: hasDeliveries,
      done: completed.map(({ id }) => id),
    };
    await bell.announce(queries, news);
    return { news, completed };
  }
}
