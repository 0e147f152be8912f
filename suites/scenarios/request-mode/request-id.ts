/** Sends request ids of every legal form, to see whether the provider returns them unchanged. */
import { requestIds } from '../../generators/request-id.js';
import type { Submitted } from '../../session/session.js';
import { defineScenario } from '../../definitions/scenario.js';
import { settleAll } from '../building-blocks/settle-all.js';
import { asyncCreate } from '../../session/async-create.js';
import { step } from '../../trace/step.js';

export const requestIdSteps = {
  /** A create with a legal id, which may be unusual. */
  anyId: step('any request id'),
};

/** The longest legal id. It looks percent-encoded, which a provider must not decode. */
const longest = 'a%2Fb%25'.padEnd(128, 'L');

export const requestId = defineScenario({
  name: 'request-id',
  title: 'submits with request ids of every legal form',
  needs: { binding: 'request-mode' },
  inputs: () => requestIds.any,
  exercise: async (id, session) => {
    const submitted: Submitted[] = [];
    for (const like of [id, longest]) {
      const plan = { requestId: session.requestId(like), variant: requestIdSteps.anyId };
      submitted.push(await session.submit(asyncCreate(session.userName(), plan)));
    }
    await settleAll(session, submitted);
  },
});
