/** Reads an endpoint that does not exist: its 404 is often made by the framework, and has to be a SCIM error, too. */
import { defineScenario } from '../../definitions/scenario.js';
import { step } from '../../trace/step.js';

export const unknownPath = defineScenario({
  name: 'unknown-path',
  title: 'reads an endpoint that does not exist',
  readsOnly: true,
  exercise: async (_input, session) => {
    await session.send({
      method: 'GET',
      url: '/ScimConformanceNoSuchEndpoint',
      purpose: 'probe',
      variant: step('unknown path'),
    });
  },
});
