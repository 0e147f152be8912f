/**
 * Heads of jobs that this process has seen last. A head never changes, and that of a large bulk request would be read
 * again with each of its operations.
 */
import type { JobHead } from '../../../job.js';
import type { Queries } from '../database.js';
import { headOf } from './job-rows.js';

/** Largest size of their requests in bytes. */
const room = 64 * 1024 * 1024;
/** Besides its request, a head takes about this much. */
const overhead = 500;

interface Kept {
  readonly head: JobHead;
  readonly bytes: number;
}

export class Heads {
  private readonly kept = new Map<string, Kept>();
  private bytes = 0;

  has(id: string): boolean {
    return this.kept.has(id);
  }

  keep(head: JobHead, bytes: number): void {
    this.drop(head.id);
    this.kept.set(head.id, { head, bytes });
    this.bytes += bytes + overhead;
    for (const oldest of this.kept.keys()) {
      if (this.bytes <= room || oldest === head.id) return;
      this.drop(oldest);
    }
  }

  drop(id: string): void {
    const old = this.kept.get(id);
    if (old === undefined) return;
    this.kept.delete(id);
    this.bytes -= old.bytes + overhead;
  }

  /** The heads of the jobs that are there, by id. */
  async of(ids: readonly string[], queries: Queries): Promise<Map<string, JobHead>> {
    const found = new Map<string, JobHead>();
    for (const id of ids) {
      const known = this.kept.get(id);
      if (known !== undefined) found.set(id, known.head);
    }
    const missing = [...new Set(ids)].filter((id) => !found.has(id));
    if (missing.length === 0) return found;
    const rows = await queries.query<{ head: Parameters<typeof headOf>[0]; bytes: number }>(
      'select head, bytes from scim_mock.jobs where id = any($1::text[])',
      [missing],
    );
    for (const { head: stored, bytes } of rows) {
      const head = headOf(stored);
      this.keep(head, bytes);
      found.set(head.id, head);
    }
    return found;
  }
}
