/** Status resources for hand-made traces, as profile §2 has them. */
import { urn } from '../../schemas/names.js';

interface Counted {
  readonly success?: number;
  readonly failed?: number;
  readonly pending?: number;
}

/** A status resource in which all agrees; `more` adds members to it, or puts others in their place. */
export const statusResource = (
  { success = 0, failed = 0, pending = 0 }: Counted,
  more: Record<string, unknown> = {},
): Record<string, unknown> => ({
  schemas: [urn.provisionStatus],
  id: '1',
  operationsCount: { total: success + failed + pending, success, failed, pending },
  status: { completed: pending === 0, success: pending === 0 && failed === 0 },
  ...more,
});
