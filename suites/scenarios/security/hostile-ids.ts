/** Reads status resources and users with ids that an attacker would try. */
import { defineScenario } from '../../definitions/scenario.js';

/** The header field that an id with a line break would add to the answer. */
export const injectedField = 'X-Injected';

/** Encoded, so that no client or proxy resolves them before they reach the provider. */
const hostileIds = [
  '..%2f..%2f..%2fetc%2fpasswd',
  '%2e%2e%2f%2e%2e%2fServiceProviderConfig',
  '..%5c..%5cwindows%5cwin.ini',
  '%252e%252e%252f',
  'a%2fb',
  '%00',
  'a%00b',
  `%0d%0a${injectedField}:%20yes`,
  '%ff%fe',
  "'%20OR%20'1'='1",
  '%7b%7b7*7%7d%7d',
  'a'.repeat(2000),
  '__proto__',
  'constructor',
];

export const hostileIdsScenario = defineScenario({
  name: 'hostile-ids',
  title: 'reads resources with hostile ids',
  readsOnly: true,
  inputs: () => hostileIds,
  exercise: async (id, session) => {
    await session.attempt({ method: 'GET', url: `/Users/${id}`, purpose: 'hostile-id' });
    if (session.binding === undefined) return;
    await session.attempt({ method: 'GET', url: `/provision/${id}/status`, purpose: 'hostile-id' });
  },
});
