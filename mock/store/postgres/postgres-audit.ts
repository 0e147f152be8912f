/** The audit trail in PostgreSQL. */
import type { AuditEntry } from '../../audit-entry.js';
import type { Audit } from '../../integration-ports.js';
import type { Database } from './database.js';
import { isStorable } from './storable.js';

export class PostgresAudit implements Audit {
  constructor(private readonly database: Database) {}

  async record(entry: AuditEntry): Promise<boolean> {
    const rows = await this.database.query(
      `insert into scim_mock.audit (id, client, request, entry) values ($1, $2, $3, $4::json)
       on conflict (id) do nothing returning seq`,
      // The status of an id that no request can have may be asked for, too: the entry names it, and no search finds it.
      [entry.id, entry.client, isStorable(entry.request) ? entry.request : '', JSON.stringify(entry)],
    );
    return rows.length > 0;
  }

  async entries(client: string, request: string | undefined): Promise<readonly AuditEntry[]> {
    if (request !== undefined && !isStorable(request)) return [];
    const rows = await this.database.query<{ entry: AuditEntry }>(
      `select entry from scim_mock.audit where client = $1 and ($2::text is null or request = $2) order by seq`,
      [client, request ?? null],
    );
    return rows.map(({ entry }) => entry);
  }
}
