/**
 * Reads an endpoint that does not exist, and one that cannot be read: the 404 and the 405 are often made by the framework, and
 * have to be SCIM errors, too.
 */
import { defineScenario } from '../../definitions/scenario.js';
import { step } from '../../trace/step.js';

export const unknownPath = defineScenario({
  name: 'unknown-path',
  title: 'reads an endpoint that does not exist, and one that cannot be read',
  readsOnly: true,
  exercise: async (_input, session) => {
    await session.send({
      method: 'GET',
      url: '/ScimConformanceNoSuchEndpoint',
      purpose: 'probe',
      variant: step('unknown path'),
    });
    if (session.facts.capabilities.bulk)
      await session.attempt({ method: 'GET', url: '/Bulk', purpose: 'probe', variant: step('GET of /Bulk') });
  },
});
