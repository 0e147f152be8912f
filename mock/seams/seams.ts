/**
 * All points at which faults change the mock. Each seam is a small function or object with one honest implementation.
 * A fault replaces seams; other code never asks whether there is a fault.
 */
import { honestAuditSeams, type AuditSeams } from '../audit/audit-seams.js';
import { honestEventSeams, type EventSeams } from '../events/event-seams.js';
import { honestMessageSeams, type MessageSeams } from '../integration/messages/message-seams.js';
import { honestHookSeams, type HookSeams } from '../integration/webhooks/hook-seams.js';
import { honestHttpSeams, type HttpSeams } from '../http/http-seams.js';
import { honestJobSeams, type JobSeams } from '../jobs/job-seams.js';
import { honestPolicySeams, type PolicySeams } from '../policy/policy-seams.js';
import { createApply, atomically, type Apply, type Atomically } from '../resources/apply.js';
import type { Pause } from '../pace.js';
import { honestFilterSeams, type FilterSeams } from '../resources/filter.js';

export interface Seams
  extends PolicySeams, JobSeams, EventSeams, HttpSeams, HookSeams, MessageSeams, AuditSeams, FilterSeams {
  readonly apply: Apply;
  readonly atomically: Atomically;
}

/** The seams without a fault. `newId` makes the ids of jobs and resources; `pause` is called in long work. */
export const honestSeams = (newId: () => string, pause: Pause): Seams => ({
  ...honestPolicySeams,
  ...honestJobSeams,
  ...honestEventSeams,
  ...honestHttpSeams,
  ...honestHookSeams,
  ...honestMessageSeams,
  ...honestAuditSeams,
  ...honestFilterSeams,
  apply: createApply(pause),
  atomically,
  newId,
});
