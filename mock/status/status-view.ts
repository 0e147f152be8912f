/** The status resource of a job (profile §2). It is made from the job at each read, so that it never contradicts itself. */
import { urn } from '../../schemas/names.js';
import type { ProvisionStatus } from '../../schemas/types.js';
import { countsOf, type Job } from '../jobs/job.js';

export const statusPath = (job: Job): string => `/provision/${job.id}/status`;

export const statusEtag = (job: Job): string => `W/"${job.revision}${job.started ? 's' : 'q'}"`;

const stateOf = (job: Job, completed: boolean, failures: number): string => {
  if (completed) return failures === 0 ? 'completed' : 'failed';
  return job.started ? 'processing' : 'queued';
};

export const viewStatus = (job: Job, baseUrl: string): ProvisionStatus => {
  const counts = countsOf(job);
  const completed = counts.pending === 0;
  return {
    schemas: [urn.provisionStatus],
    id: job.id,
    operationsCount: { ...counts },
    status: { completed, success: completed && counts.failed === 0 },
    state: stateOf(job, completed, counts.failed),
    meta: {
      resourceType: 'ProvisionStatus',
      created: new Date(job.created).toISOString(),
      lastModified: new Date(job.modified).toISOString(),
      location: `${baseUrl}${statusPath(job)}`,
    },
    ...(completed ? { Operations: job.results.map((result) => ({ ...result })) } : {}),
  };
};
