/** The point at which faults change the audit trail. */
import type { AuditEntry } from '../audit-entry.js';

export interface AuditSeams {
  /** Returns the entry that is recorded; undefined: none. */
  readonly auditEntry: (entry: AuditEntry) => AuditEntry | undefined;
}

export const honestAuditSeams: AuditSeams = { auditEntry: (entry) => entry };
