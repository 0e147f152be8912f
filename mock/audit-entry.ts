/** One entry of the audit trail (profile AUD-01): who did what to an asynchronous request, when, and with what outcome. */

export interface AuditEntry {
  /** Unique. An entry that is recorded twice is kept once. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Name of the client, never its token. */
  readonly client: string;
  readonly action: 'status.read' | 'state.changed';
  /** Id of the status resource. */
  readonly request: string;
  /** For a change: the new state. */
  readonly state?: 'queued' | 'processing' | 'retrying' | 'completed' | 'failed' | 'cancelled';
  readonly outcome: 'success' | 'failure';
  /** For a read: the HTTP status of the answer. */
  readonly status?: number;
}
