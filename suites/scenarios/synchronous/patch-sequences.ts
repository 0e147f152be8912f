/** Sends random PATCH requests to a user or a group, and reads it before and after each of them. */
import { patchSequences as sequences } from '../../generators/patch-sequence.js';
import { defineScenario } from '../../definitions/scenario.js';
import type { Session } from '../../session/session.js';
import { step } from '../../trace/step.js';
import { sendPatches } from '../building-blocks/send-patches.js';

export const patchSequenceSteps = {
  /** What the provider says of its attributes, so that only what a client can change is judged. */
  schemas: step('schemas of what is patched'),
};

export const readSchemas = async (session: Session): Promise<void> => {
  await session.attempt({ method: 'GET', url: '/Schemas', purpose: 'discover', variant: patchSequenceSteps.schemas });
};

export const patchSequences = defineScenario({
  name: 'patch-sequences',
  title: 'sends random sequences of PATCH requests',
  needs: { capability: 'patch' },
  inputs: ({ capabilities }) => sequences(capabilities.groups),
  exercise: async (sequence, session) => {
    await readSchemas(session);
    await sendPatches(session, sequence);
  },
});
