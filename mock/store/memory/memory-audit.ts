/** The audit trail in memory. If there are too many entries, the oldest are dropped. */
import type { AuditEntry } from '../../audit-entry.js';
import type { Audit } from '../../integration-ports.js';

/** Largest number of entries. */
const kept = 50_000;

export class MemoryAudit implements Audit {
  /** By id, oldest first. */
  private readonly all = new Map<string, AuditEntry>();
  private readonly byRequest = new Map<string, Set<string>>();

  record(entry: AuditEntry): Promise<boolean> {
    if (this.all.has(entry.id)) return Promise.resolve(false);
    this.all.set(entry.id, entry);
    const ids = this.byRequest.get(entry.request) ?? new Set();
    this.byRequest.set(entry.request, ids.add(entry.id));
    for (const [id, { request }] of this.all) {
      if (this.all.size <= kept) break;
      this.all.delete(id);
      this.forget(id, request);
    }
    return Promise.resolve(true);
  }

  entries(client: string, request: string | undefined): Promise<readonly AuditEntry[]> {
    const ids = request === undefined ? [...this.all.keys()] : [...(this.byRequest.get(request) ?? [])];
    const found = ids.flatMap((id) => this.all.get(id) ?? []);
    return Promise.resolve(found.filter((entry) => entry.client === client));
  }

  private forget(id: string, request: string): void {
    const ids = this.byRequest.get(request);
    ids?.delete(id);
    if (ids?.size === 0) this.byRequest.delete(request);
  }
}
