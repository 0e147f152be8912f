import type { Job } from '../../mock/job.js';

/** A bulk request that nobody has begun. */
export const handMadeJob = (change: Partial<Job> = {}): Job => ({
  id: 'job',
  client: 'primary',
  requestId: 'request',
  operations: [],
  isBulk: true,
  failOnErrors: undefined,
  options: {},
  hasStatus: true,
  bounds: undefined,
  created: 0,
  counts: { total: 0, success: 0, failed: 0, pending: 0 },
  modified: 0,
  revision: 0,
  isStarted: false,
  isRetrying: false,
  isCancelled: false,
  isEventPromised: false,
  polled: undefined,
  outcomes: undefined,
  ...change,
});
