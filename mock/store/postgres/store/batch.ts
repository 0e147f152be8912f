/**
 * Several transactions of this process as one of the database. They run one after another, and each sees the changes of
 * those before it. The changes are kept until the commit writes them all in a few statements. What would cost a
 * statement for each operation is assumed (a new name is free, a lease has not ended, no events are promised) and
 * checked at the commit; if an assumption is wrong, the whole batch runs again, and knows it.
 */
import type { Hook } from '../../../hook.js';
import type { Outcome } from '../../../operation.js';
import type { Stored } from '../../../stored.js';
import type { Queries } from '../database.js';
import { outcomeOf, type StoredOutcome } from '../jobs/job-rows.js';
import { isStorable } from '../storable.js';
import { addTo, noChanges, type Changes } from './changes.js';
import { hooksOf } from '../hooks/hook-rows.js';
import { columns, nameKey, storedOf, type ResourceRow } from './resource-rows.js';

/** What the commit of an earlier try has found out. */
export class Knowledge {
  /** userNames in lower case that may be taken. */
  readonly doubtful = new Set<string>();
  /** Leases that have ended. */
  readonly lost = new Set<string>();
  /** Ids of jobs with promised events. */
  readonly promised = new Set<string>();
}

/** An assumption was wrong; the knowledge now says which. */
export class WrongAssumption extends Error {
  override readonly name = 'WrongAssumption';
}

export class Batch {
  readonly changes: Changes = noChanges();
  /** Resources as they were before the batch, by id. Their rows are locked. */
  readonly before = new Map<string, Stored | undefined>();
  private readonly leases = new Set<string>();
  private failure: Error | undefined;
  private hooks: Promise<readonly Hook[]> | undefined;

  constructor(
    private readonly connection: Queries,
    readonly knowledge: Knowledge,
  ) {}

  /** Runs statements. After an error the database refuses all others, so that the batch cannot be committed. */
  readonly queries: Queries = {
    query: async (text, values) => {
      try {
        return await this.connection.query(text, values);
      } catch (error) {
        this.failure ??= error instanceof Error ? error : new Error(String(error));
        throw error;
      }
    },
  };

  /** Throws the error of a statement, even if who sent it has caught it. */
  demandHealth(): void {
    if (this.failure !== undefined) throw this.failure;
  }

  add(changes: Changes): void {
    addTo(this.changes, changes);
    for (const { claim } of changes.finished) this.leases.add(claim.lease);
  }

  /** Whether the lease has ended, as far as is known. */
  hasEnded(lease: string): boolean {
    return this.knowledge.lost.has(lease) || this.leases.has(lease);
  }

  /** The resource as the batch sees it now. It is locked until the commit. */
  async find(id: string): Promise<Stored | undefined> {
    const { resources } = this.changes;
    if (resources.has(id)) return resources.get(id);
    if (this.before.has(id)) return this.before.get(id);
    if (!isStorable(id)) return undefined;
    const [row] = await this.queries.query<ResourceRow>(
      `select ${columns} from scim_mock.resources where id = $1 for update`,
      [id],
    );
    const stored = row && storedOf(row);
    this.before.set(id, stored);
    return stored;
  }

  /** Id of the user with this userName in lower case. If `isAssumed`, a name is taken for free as long as none is doubtful. */
  async ownerOf(name: string, isAssumed: boolean): Promise<string | undefined> {
    const { names } = this.changes;
    if (names.has(name)) return names.get(name);
    if (isAssumed && !this.knowledge.doubtful.has(name)) return undefined;
    const [row] = await this.queries.query<{ id: string }>('select id from scim_mock.resources where name_key = $1', [
      nameKey(name),
    ]);
    return row?.id;
  }

  /** All webhooks, as they were at the first question. */
  allHooks(): Promise<readonly Hook[]> {
    return (this.hooks ??= hooksOf(this.queries));
  }

  /** The outcomes of a job so far, by index. Nobody else records one before the commit. */
  async outcomesOf(job: string): Promise<Map<number, Outcome>> {
    await this.queries.query('select 1 from scim_mock.jobs where id = $1 for no key update', [job]);
    const rows = await this.queries.query<{ index: number; outcome: StoredOutcome }>(
      'select index, outcome from scim_mock.outcomes where job = $1',
      [job],
    );
    const outcomes = new Map(rows.map(({ index, outcome }) => [index, outcomeOf(outcome)]));
    for (const { claim, outcomes: found } of this.changes.finished)
      if (claim.job.id === job) found.forEach((outcome, place) => outcomes.set(claim.index + place, outcome));
    return outcomes;
  }
}
