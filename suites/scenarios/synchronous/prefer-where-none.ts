/** Asks for `respond-async` where `securityEvents.asyncRequest` is `none` (RFC 9967 §4). */
import { header } from '../../../schemas/names.js';
import { plainUser } from '../../generators/user.js';
import { asyncRequestOf } from '../../target/security-events.js';
import { defineScenario } from '../scenario.js';

export const preferWhereNone = defineScenario({
  name: 'prefer-where-none',
  title: 'sends Prefer: respond-async to a provider that advertises `none`',
  exercise: async (_input, session) => {
    if (asyncRequestOf(session.facts) !== 'none') return;
    const userName = session.userName();
    await session.send({
      method: 'POST',
      url: '/Users',
      purpose: 'create',
      variant: 'Prefer: respond-async',
      subject: userName,
      headers: [[header.prefer, 'respond-async']],
      body: plainUser(userName),
    });
  },
});
