/** Writes the audit trail: what happens to asynchronous requests, and who reads their status. It gets no bodies and no tokens. */
import type { AuditEntry } from '../audit-entry.js';
import type { Clock } from '../clock.js';
import { isCompleted, type Job } from '../job.js';
import type { Audit } from '../integration-ports.js';
import type { Jobs } from '../ports.js';
import type { AuditSeams } from './audit-seams.js';

export interface TrailOptions {
  readonly audit: Audit;
  readonly jobs: Pick<Jobs, 'find'>;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly seam: AuditSeams['auditEntry'];
  /** Gets each entry as it is recorded. */
  readonly log: ((entry: AuditEntry) => void) | undefined;
}

type State = NonNullable<AuditEntry['state']>;

export class Trail {
  constructor(private readonly options: TrailOptions) {}

  /** The request has this state now. It is recorded once for each state. */
  changed({ id, client, hasStatus }: Job, state: State): Promise<void> {
    if (!hasStatus) return Promise.resolve();
    const outcome = state === 'failed' ? 'failure' : 'success';
    return this.record({ id: `${id}:${state}`, client, action: 'state.changed', request: id, state, outcome });
  }

  /** An operation of this request has ended; the request may be completed now. */
  async worked(id: string): Promise<void> {
    const job = await this.options.jobs.find(id);
    if (job !== undefined && isCompleted(job))
      await this.changed(job, job.counts.failed === 0 ? 'completed' : 'failed');
  }

  /** A client read the status, and got an answer with this HTTP status. */
  read(request: string, client: string, status: number): Promise<void> {
    const outcome = status < 400 ? 'success' : 'failure';
    return this.record({ id: this.options.newId(), client, action: 'status.read', request, outcome, status });
  }

  private async record(entry: Omit<AuditEntry, 'time'>): Promise<void> {
    const { audit, clock, seam, log } = this.options;
    const kept = seam({ ...entry, time: clock.now() });
    if (kept !== undefined && (await audit.record(kept))) log?.(kept);
  }
}

/** An entry as it is shown and logged. */
export const viewEntry = ({ time, ...entry }: AuditEntry): Record<string, unknown> => ({
  ...entry,
  time: new Date(time).toISOString(),
});
