/**
 * Where a wrong provider would deviate: each seam is one small function or object with one honest implementation.
 * A fault replaces a seam; honest code never asks whether there is one.
 */
import { honestEventSeams, type EventSeams } from '../events/event-seams.js';
import { honestHttpSeams, type HttpSeams } from '../http/http-seams.js';
import { honestJobSeams, type JobSeams } from '../jobs/job-seams.js';
import { honestPolicySeams, type PolicySeams } from '../policy/policy-seams.js';
import { apply, atomically, type Apply, type Atomically } from '../resources/apply.js';

export interface Seams extends PolicySeams, JobSeams, EventSeams, HttpSeams {
  readonly apply: Apply;
  readonly atomically: Atomically;
}

/** `newId` makes the ids of requests and resources. */
export const honestSeams = (newId: () => string): Seams => ({
  ...honestPolicySeams,
  ...honestJobSeams,
  ...honestEventSeams,
  ...honestHttpSeams,
  apply,
  atomically,
  newId,
});
