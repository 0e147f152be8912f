/** Sends bodies that are no JSON, synchronously and, where the target can, asynchronously. */
import { plainUser } from '../../generators/user.js';
import { defineScenario, modesOf } from '../scenario.js';

/** Ways to break a JSON text (RFC 8259) so that no parser may accept it. */
const damages: Record<string, (json: string) => string> = {
  'cut short': (json) => json.slice(0, -1),
  'cut in half': (json) => json.slice(0, Math.floor(json.length / 2)),
  'trailing comma': (json) => json.replace(/\}$/, ',}'),
  'two values': (json) => `${json}${json}`,
  'missing colon': (json) => json.replace('":', '"'),
  'single quotes': (json) => json.replaceAll('"', "'"),
  'bare word': () => 'scim',
  'control character in a string': (json) => json.replace('scimc-', 'scimc-\u0001'),
};

export const malformedJson = defineScenario({
  name: 'malformed-json',
  title: 'sends bodies that are no JSON',
  inputs: (facts) =>
    Object.keys(damages).flatMap((damage) => modesOf(facts).map((asynchronous) => ({ damage, asynchronous }))),
  exercise: async ({ damage, asynchronous }, session) => {
    const userName = session.userName();
    const json = JSON.stringify(plainUser(userName));
    await session.send({
      method: 'POST',
      url: '/Users',
      purpose: 'malformed',
      variant: damage,
      subject: userName,
      body: damages[damage]?.(json) ?? '',
      headers: asynchronous ? (session.binding?.ask({}) ?? []) : [],
    });
  },
});
