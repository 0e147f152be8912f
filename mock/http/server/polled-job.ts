/** Finds the job of a poll already before the handler runs, for the rate limit (RATE-07). */
import type { FastifyRequest } from 'fastify';
import type { Completions } from '../../events/completions.js';
import type { Job } from '../../job.js';
import type { Intake } from '../../jobs/intake.js';
import { Problem } from '../../problem.js';
import { idOf } from '../request.js';

export interface Askable {
  readonly intake: Intake;
  readonly completions: Completions;
}

/** Undefined if the request is not a poll, or if there is no job that this client may see. */
export const polledJob = async (
  request: FastifyRequest,
  client: string,
  { intake, completions }: Askable,
): Promise<Job | undefined> => {
  if (!['GET', 'HEAD'].includes(request.method)) return undefined;
  const { url = '' } = request.routeOptions;
  try {
    if (url.endsWith('/status')) return await intake.find(idOf(request), client);
    return url.endsWith('/async/:id') ? await completions.find(idOf(request), client) : undefined;
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
};
