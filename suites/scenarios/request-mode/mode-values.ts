/** Sends the mode `synchronous`, and a mode that does not exist. */
import { header, requestMode } from '../../../schemas/names.js';
import { plainUser } from '../../generators/user.js';
import type { RequestPlan } from '../../session/request-plan.js';
import { bulkPlan, createOperation } from '../building-blocks/bulk-plan.js';
import { expectNothing } from '../building-blocks/fence.js';
import { defineScenario } from '../../definitions/scenario.js';
import { step } from '../../trace/step.js';

export const modeValuesSteps = {
  synchronous: step('mode synchronous'),
  unknown: step('unknown mode'),
};

type Of = 'create' | 'bulk request';

/** The create of a user, alone or in a bulk request. A provider may answer other writes synchronously, whatever the mode. */
const requestOf = (of: Of, userName: string): Pick<RequestPlan, 'method' | 'url' | 'body'> =>
  of === 'create'
    ? { method: 'POST', url: '/Users', body: plainUser(userName) }
    : { method: 'POST', url: '/Bulk', body: bulkPlan([createOperation('u', userName)]).body };

export const modeValues = defineScenario({
  name: 'mode-values',
  title: 'sends the mode synchronous, and a mode that does not exist',
  needs: { binding: 'request-mode' },
  inputs: ({ capabilities }): { mode: string; of: Of }[] => [
    ...[requestMode.synchronous, 'eventually', 'x-batch', 'async'].map((mode) => ({ mode, of: 'create' as const })),
    ...(capabilities.bulk ? [{ mode: 'eventually', of: 'bulk request' as const }] : []),
  ],
  exercise: async ({ mode, of }, session) => {
    const userName = session.userName();
    const known = mode === requestMode.synchronous;
    const answer = await session.send({
      ...requestOf(of, userName),
      purpose: known ? 'create' : 'refusal',
      variant: known ? modeValuesSteps.synchronous : modeValuesSteps.unknown,
      subject: userName,
      headers: [[header.requestMode, mode]],
    });
    if (answer.response.status >= 400) await expectNothing(session, userName);
  },
});
