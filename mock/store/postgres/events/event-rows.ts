/** Events as rows. */
import type { Claims } from '../../../security-event.js';

export interface EventRow {
  readonly seq: number;
  readonly jti: string;
  readonly claims: Claims;
  readonly token: string | null;
  readonly client: string | null;
  readonly job: string | null;
  readonly index: number | null;
}

export const eventColumns = 'e.seq, e.jti, e.claims, e.token, e.client, e.job, e.index';
