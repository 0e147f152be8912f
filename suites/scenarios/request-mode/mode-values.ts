/** Sends the mode `synchronous`, and a mode that does not exist. */
import { header, requestMode } from '../../../schemas/names.js';
import { plainUser } from '../../generators/user.js';
import { expectNothing } from '../building-blocks/fence.js';
import { defineScenario } from '../../definitions/scenario.js';
import { step } from '../../trace/step.js';

export const modeValuesSteps = {
  synchronous: step('mode synchronous'),
  unknown: step('unknown mode'),
};

export const modeValues = defineScenario({
  name: 'mode-values',
  title: 'sends the mode synchronous, and a mode that does not exist',
  needs: { binding: 'request-mode' },
  inputs: () => [requestMode.synchronous, 'eventually', 'x-batch', 'async'],
  exercise: async (mode, session) => {
    const userName = session.userName();
    const known = mode === requestMode.synchronous;
    const answer = await session.send({
      method: 'POST',
      url: '/Users',
      purpose: known ? 'create' : 'refusal',
      variant: known ? modeValuesSteps.synchronous : modeValuesSteps.unknown,
      subject: userName,
      headers: [[header.requestMode, mode]],
      body: plainUser(userName),
    });
    if (answer.response.status >= 400) await expectNothing(session, userName);
  },
});
