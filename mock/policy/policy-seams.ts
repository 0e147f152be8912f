/** The points at which faults change authorisation and rate limits. */
import type { Job } from '../job.js';

export interface PolicySeams {
  /** Name of the bucket that requests of this client are counted in. */
  readonly bucketOf: (client: string) => string;
  /** Whether this client may see a job (SEC-03). */
  readonly maySee: (job: Job, client: string) => boolean;
  /** Whether a status token of this job is accepted for this request (TOK-02). */
  readonly tokenAllows: (job: string, request: { readonly method: string; readonly path: string }) => boolean;
}

export const honestPolicySeams: PolicySeams = {
  bucketOf: (client) => client,
  maySee: (job, client) => job.client === client,
  tokenAllows: (job, { method, path }) =>
    ['GET', 'HEAD'].includes(method) && /^\/provisions?\/([^/]*)\/status$/.exec(path)?.[1] === job,
};
