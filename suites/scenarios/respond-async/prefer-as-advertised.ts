/** Sends `respond-async` whatever `securityEvents.asyncRequest` is, to see whether the advertisement is right (RFC 9967 §4). */
import { header, respondAsync } from '../../../schemas/names.js';
import { plainUser } from '../../generators/user.js';
import { asyncRequestOf } from '../../provider/security-events.js';
import { defineScenario } from '../../definitions/scenario.js';
import { step } from '../../trace/step.js';

export const preferAsAdvertisedSteps = {
  respondAsync: step('Prefer: respond-async'),
};

export const preferAsAdvertised = defineScenario({
  name: 'prefer-as-advertised',
  title: 'sends Prefer: respond-async, whatever is advertised',
  exercise: async (_input, session) => {
    const { facts } = session;
    if (asyncRequestOf(facts) === undefined && facts.bindings['respond-async'] === undefined) return;
    const userName = session.userName();
    await session.send({
      method: 'POST',
      url: '/Users',
      purpose: 'create',
      variant: preferAsAdvertisedSteps.respondAsync,
      subject: userName,
      headers: [[header.prefer, respondAsync]],
      body: plainUser(userName),
    });
  },
});
