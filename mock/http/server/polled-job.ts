/** Finds the job that a poll asks after, before its handler does. */
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

/** Undefined where a request is no poll, or where there is nothing that this client may ask after. */
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
