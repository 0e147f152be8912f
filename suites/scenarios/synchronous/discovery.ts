/** Reads what the provider says of itself. */
import fc from 'fast-check';
import { defineScenario } from '../scenario.js';

export const discovery = defineScenario({
  name: 'discovery',
  title: 'reads ServiceProviderConfig',
  runs: 'once',
  inputs: () => fc.constant(null),
  exercise: async (_input, session) => {
    await session.send({ method: 'GET', url: '/ServiceProviderConfig', purpose: 'discover' });
  },
});
