/** Tries to write a status resource while it is pending and when it is completed, and reads the latter to see whether it changed. */
import { urn } from '../../../schemas/names.js';
import type { Submission } from '../../../schemas/types.js';
import type { Session } from '../../session/session.js';
import { bulkPlan, createOperation } from '../building-blocks/bulk-plan.js';
import { defineScenario } from '../../definitions/scenario.js';
import { asyncCreate } from '../../session/async-create.js';
import { step, stepFamily } from '../../trace/step.js';

export const statusMethodsSteps = {
  /** The read before the first try to write. */
  before: step('before'),
  /** The read after the try to write with this method. */
  after: stepFamily('after '),
  /** The try to write while the request is pending. */
  whilePending: step('while pending'),
  /** The try to write under the other path of the profile (D5), where the status can be read there. */
  byAlias: step('by an alias'),
};

/** A status with other counts: if the provider accepts it, the change shows. */
const forged = {
  schemas: [urn.provisionStatus],
  operationsCount: { total: 9, success: 9, failed: 0, pending: 0 },
  status: { completed: true, success: true },
};

/** Operations of a bulk request that is still pending when the write comes. */
const bulkSize = 40;

const writePending = async (session: Session): Promise<void> => {
  const count = Math.min(bulkSize, session.facts.bulkRoom ?? bulkSize);
  const operations = Array.from({ length: count }, (_, place) => createOperation(`b${place}`, session.userName()));
  const submitted = await session.submit(bulkPlan(operations));
  if (!submitted.submission.accepted) return;
  for (const method of ['PUT', 'PATCH'])
    await session.readStatus(submitted.submission, {
      method,
      purpose: 'status-method',
      variant: statusMethodsSteps.whilePending,
      isUrgent: true,
      body: forged,
    });
  await session.settle(submitted);
};

/** A write under `/provisions/`, if the provider serves it, has to be refused, too. */
const writeByAlias = async (session: Session, { location }: Submission): Promise<void> => {
  const alias = location?.replace('/provision/', '/provisions/');
  if (alias === undefined || alias === location) return;
  const about = { url: alias, variant: statusMethodsSteps.byAlias } as const;
  const read = await session.attempt({ ...about, method: 'GET', purpose: 'read' });
  if (read.response?.status !== 200) return;
  for (const method of ['PUT', 'PATCH'])
    await session.attempt({ ...about, method, purpose: 'status-method', body: forged });
};

export const statusMethods = defineScenario({
  name: 'status-methods',
  title: 'tries to write a status resource',
  needs: { binding: 'request-mode' },
  exercise: async (_input, session) => {
    if (session.facts.capabilities.bulk) await writePending(session);
    const { submission } = await session.complete(asyncCreate(session.userName()));
    await session.readStatus(submission, { variant: statusMethodsSteps.before });
    await writeByAlias(session, submission);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      // With the feature, DELETE cancels (CNCL-01).
      if (method === 'DELETE' && session.facts.features.includes('cancel')) continue;
      await session.readStatus(submission, {
        method,
        purpose: 'status-method',
        ...(method === 'DELETE' ? {} : { body: forged }),
      });
      await session.readStatus(submission, { variant: statusMethodsSteps.after.of(method) });
    }
  },
});
