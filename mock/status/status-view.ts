/**
 * The status resource of a job (profile §2). It is computed from the job at each read, so that its parts always agree.
 */
import { urn } from '../../schemas/names.js';
import type { ProvisionStatus } from '../../schemas/types.js';
import { isCompleted, type Job } from '../job.js';

export const statusPath = (job: Job): string => `/provision/${job.id}/status`;

/** A letter for what changes without being counted. */
const letterOf = ({ isRetrying, isStarted }: Job): string => {
  if (isRetrying) return 'r';
  return isStarted ? 's' : 'q';
};

export const statusEtag = (job: Job): string => `W/"${job.revision}${letterOf(job)}"`;

const stateOf = (job: Job): string => {
  if (isCompleted(job)) return job.counts.failed === 0 ? 'completed' : 'failed';
  if (job.isRetrying) return 'retrying';
  return job.isStarted ? 'processing' : 'queued';
};

export const viewStatus = (job: Job, baseUrl: string): ProvisionStatus => {
  const { counts, outcomes } = job;
  const completed = isCompleted(job);
  return {
    schemas: [urn.provisionStatus],
    id: job.id,
    operationsCount: { ...counts },
    status: { completed, success: completed && counts.failed === 0 },
    state: stateOf(job),
    meta: {
      resourceType: 'ProvisionStatus',
      created: new Date(job.created).toISOString(),
      lastModified: new Date(job.modified).toISOString(),
      location: `${baseUrl}${statusPath(job)}`,
    },
    ...(outcomes === undefined ? {} : { Operations: outcomes.map(({ result }) => ({ ...result })) }),
  };
};
