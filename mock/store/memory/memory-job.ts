/** A job in memory, which changes, and its snapshots, which do not. */
import type { Job, JobHead } from '../../job.js';
import { failed, type Operation, type Outcome, type Written } from '../../operation.js';
import type { Retry } from '../../ports.js';
import type { Stored } from '../../stored.js';

const withoutData = ({ method, path, bulkId, version }: Operation): Operation => ({
  method,
  path,
  ...(bulkId === undefined ? {} : { bulkId }),
  ...(version === undefined ? {} : { version }),
});

/** What its events say of a resource. */
const namesOf = (stored: Stored): Stored => {
  const { externalId } = stored.attributes;
  return { ...stored, attributes: externalId === undefined ? {} : { externalId } };
};

/** What is still needed of a write when its request is completed and its result is read as a status. */
const withoutBodies = ({ status, operation, before, stored }: Written): Written => ({
  status,
  operation: withoutData(operation),
  before: before && namesOf(before),
  ...(stored === undefined ? {} : { stored: namesOf(stored) }),
});

export class MemoryJob {
  isCancelled = false;
  isEventPromised = false;
  polled: number | undefined;
  readonly outcomes: (Outcome | undefined)[];
  private isStarted = false;
  /** Number of its operations that wait for another try. */
  private postponed = 0;
  private modified: number;
  private revision = 0;
  private succeeded = 0;
  private failed = 0;
  /** Ids of created resources by bulkId. */
  private created: Map<string, string> | undefined;
  private waiting: (() => void)[] = [];

  constructor(
    public head: JobHead,
    readonly retry: Retry | undefined,
    /** Size of the body of its request. */
    readonly bytes: number,
  ) {
    this.modified = head.created;
    this.outcomes = head.operations.map(() => undefined);
  }

  get isCompleted(): boolean {
    return this.succeeded + this.failed === this.head.operations.length;
  }

  /** Time of the last change in milliseconds since 1970. */
  get lastChange(): number {
    return this.modified;
  }

  /** Copies each member by name: spreading the head was measured to double the cost of a poll. */
  look(): Job {
    const {
      id,
      client,
      requestId,
      operations,
      isBulk,
      failOnErrors,
      options,
      bounds,
      hasStatus,
      created,
      traceparent,
    } = this.head;
    const { length: total } = operations;
    return {
      id,
      client,
      requestId,
      operations,
      isBulk,
      failOnErrors,
      options,
      bounds,
      hasStatus,
      created,
      traceparent,
      counts: {
        total,
        success: this.succeeded,
        failed: this.failed,
        pending: total - this.succeeded - this.failed,
      },
      modified: this.modified,
      revision: this.revision,
      isStarted: this.isStarted,
      isRetrying: this.postponed > 0,
      isCancelled: this.isCancelled,
      isEventPromised: this.isEventPromised,
      polled: this.polled,
      outcomes: this.isCompleted ? this.outcomes.filter((outcome) => outcome !== undefined) : undefined,
    };
  }

  start(now: number): void {
    if (this.isStarted) return;
    this.isStarted = true;
    this.touch(now);
  }

  /** One of its operations waits for another try. */
  postpone(now: number): void {
    this.postponed += 1;
    this.revision += 1;
    this.touch(now);
  }

  /** One of those that waited for another try is tried again. */
  resume(now: number): void {
    this.postponed -= 1;
    this.touch(now);
  }

  finish(index: number, outcome: Outcome, now: number): void {
    this.outcomes[index] = outcome;
    if (failed(outcome.result)) this.failed += 1;
    else this.succeeded += 1;
    this.revision += 1;
    this.touch(now);
    this.noteCreated(index, outcome);
    if (!this.isCompleted) return;
    // Bodies are not needed any more, and would fill the memory until the end of the retention time.
    this.head = { ...this.head, operations: this.head.operations.map(withoutData) };
    if (this.head.hasStatus)
      for (const [place, ended] of this.outcomes.entries())
        if (ended?.written !== undefined)
          this.outcomes[place] = { result: ended.result, written: withoutBodies(ended.written) };
    for (const end of this.waiting) end();
    this.waiting = [];
  }

  createdId(bulkId: string): string | undefined {
    return this.created?.get(bulkId);
  }

  whenCompleted(end: () => void): void {
    this.waiting.push(end);
  }

  private noteCreated(index: number, { result }: Outcome): void {
    const { method, bulkId } = this.head.operations[index] ?? {};
    const id = result.location?.split('/').at(-1);
    if (method === 'POST' && bulkId !== undefined && id !== undefined) (this.created ??= new Map()).set(bulkId, id);
  }

  /** lastModified never goes back, even if the clock does (STAT-14). */
  private touch(now: number): void {
    this.modified = Math.max(this.modified, now);
  }
}
