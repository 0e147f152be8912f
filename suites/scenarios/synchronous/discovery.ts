/** Reads ServiceProviderConfig, in which the provider advertises its features. */
import { defineScenario } from '../../definitions/scenario.js';

export const discovery = defineScenario({
  name: 'discovery',
  title: 'reads ServiceProviderConfig',
  readsOnly: true,
  exercise: async (_input, session) => {
    await session.send({ method: 'GET', url: '/ServiceProviderConfig', purpose: 'discover' });
  },
});
