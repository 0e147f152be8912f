/** Reads a status with the right and with a wrong `X-Original-Request-ID`. */
import { header } from '../../../schemas/names.js';
import { requestIds } from '../../generators/request-id.js';
import { responseHeader } from '../../trace/message.js';
import { asyncCreate } from '../../session/async-create.js';
import { defineScenario } from '../../definitions/scenario.js';
import { step, type Step } from '../../trace/step.js';

export const originalRequestIdSteps = {
  /** The status read with the X-Request-ID of the 202. */
  right: step('right X-Original-Request-ID'),
  /** A status read with another value. */
  wrong: step('wrong X-Original-Request-ID'),
};

export const originalRequestId = defineScenario({
  name: 'original-request-id',
  title: 'reads a status with the right and with a wrong X-Original-Request-ID',
  needs: { binding: 'request-mode' },
  inputs: () => requestIds.usual,
  exercise: async (like, session) => {
    const requestId = session.requestId(like);
    const submitted = await session.submit(asyncCreate(session.userName(), { requestId }));
    const { submission, exchange } = submitted;
    if (!submission.accepted) return;
    const right = responseHeader(exchange, header.requestId) ?? requestId;
    const read = (variant: Step, value: string) =>
      session.readStatus(submission, { variant, headers: [[header.originalRequestId, value]] });
    const wrongIds = [
      `${right.slice(0, -1)}${right.endsWith('0') ? '1' : '0'}`,
      right.slice(0, -1),
      right.toUpperCase(),
    ].filter((each) => each !== right && each !== '');
    await read(originalRequestIdSteps.right, right);
    for (const id of wrongIds) await read(originalRequestIdSteps.wrong, id);
    await session.settle(submitted);
    await read(originalRequestIdSteps.right, right);
    await read(originalRequestIdSteps.wrong, wrongIds[0] ?? 'x');
  },
});
