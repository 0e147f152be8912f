/** Sends the mode `synchronous`, and a mode that does not exist. */
import { header, requestMode } from '../../../schemas/names.js';
import { plainUser } from '../../generators/user.js';
import { expectNothing } from '../building-blocks/fence.js';
import type { RequestPlan } from '../../session/request-plan.js';
import type { Session } from '../../session/session.js';
import { bulkPlan } from '../building-blocks/bulk-plan.js';
import { createUser } from '../building-blocks/create-user.js';
import { defineScenario } from '../../definitions/scenario.js';
import { step } from '../../trace/step.js';

export const modeValuesSteps = {
  synchronous: step('mode synchronous'),
  unknown: step('unknown mode'),
};

type Of = 'create' | 'bulk request' | 'replace';

const requestOf: Record<Of, (session: Session) => Promise<Pick<RequestPlan, 'method' | 'url' | 'body'> & Named>> = {
  create: (session) => {
    const subject = session.userName();
    return Promise.resolve({ method: 'POST', url: '/Users', body: plainUser(subject), subject });
  },
  'bulk request': (session) => {
    const subject = session.userName();
    const data = plainUser(subject);
    const operation = { method: 'POST', path: '/Users', bulkId: 'u', expected: 'failure', data } as const;
    return Promise.resolve({ method: 'POST', url: '/Bulk', body: bulkPlan([operation]).body, subject });
  },
  replace: async (session) => {
    const { path, userName } = await createUser(session);
    return { method: 'PUT', url: path, body: plainUser(userName), subject: userName };
  },
};

interface Named {
  readonly subject: string;
}

export const modeValues = defineScenario({
  name: 'mode-values',
  title: 'sends the mode synchronous, and a mode that does not exist',
  needs: { binding: 'request-mode' },
  inputs: ({ capabilities }): { mode: string; of: Of }[] => [
    ...[requestMode.synchronous, 'eventually', 'x-batch', 'async'].map((mode) => ({ mode, of: 'create' as const })),
    { mode: 'eventually', of: 'replace' },
    ...(capabilities.bulk ? [{ mode: 'eventually', of: 'bulk request' as const }] : []),
  ],
  exercise: async ({ mode, of }, session) => {
    const { subject, ...request } = await requestOf[of](session);
    const known = mode === requestMode.synchronous;
    const answer = await session.send({
      ...request,
      purpose: known ? 'create' : 'refusal',
      variant: known ? modeValuesSteps.synchronous : modeValuesSteps.unknown,
      subject,
      headers: [[header.requestMode, mode]],
    });
    if (answer.response.status >= 400 && of !== 'replace') await expectNothing(session, subject);
  },
});
