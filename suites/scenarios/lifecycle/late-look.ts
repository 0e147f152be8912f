/** Reads what a request has left some seconds after its completion: a provider that tidies up early loses results. */
import { asyncCreate } from '../../session/async-create.js';
import { defineScenario } from '../../definitions/scenario.js';
import { step } from '../../trace/step.js';
import { bulkPlan, createOperation } from '../building-blocks/bulk-plan.js';

/** Milliseconds after the completion. */
const lateMs = 4000;

export const lateLookSteps = {
  late: step('some seconds after the completion'),
};

export const lateLook = defineScenario({
  name: 'late-look',
  title: 'reads a status some seconds after its request was completed',
  needs: { binding: 'request-mode' },
  waits: true,
  inputs: ({ capabilities: { bulk } }) =>
    ['create', ...(bulk ? ['bulk request'] : [])] as ('create' | 'bulk request')[],
  exercise: async (kind, session) => {
    const operations = [createOperation('b0', session.userName()), createOperation('b1', session.userName(), false)];
    const plan = kind === 'create' ? asyncCreate(session.userName()) : bulkPlan(operations);
    const { submission } = await session.complete(plan);
    if (!submission.accepted) return;
    await session.readStatus(submission);
    await session.pause(lateMs);
    await session.readStatus(submission, { variant: lateLookSteps.late });
  },
});
