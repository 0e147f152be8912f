/** Sends bodies that are not valid JSON, in both modes, because a queue may accept a body without parsing it. */
import { plainUser } from '../../generators/user.js';
import { bulkPlan } from '../building-blocks/bulk-plan.js';
import { defineScenario, modesOf } from '../../definitions/scenario.js';
import { step } from '../../trace/step.js';

/** Ways to break a JSON text (RFC 8259) so that no parser may accept it. */
const damages: Record<string, (json: string) => string> = {
  'cut short': (json) => json.slice(0, -1),
  'cut in half': (json) => json.slice(0, Math.floor(json.length / 2)),
  'trailing comma': (json) => json.replace(/\}$/, ',}'),
  'two values': (json) => `${json}${json}`,
  'text behind it': (json) => `${json} and more`,
  'missing colon': (json) => json.replace('":', '"'),
  'single quotes': (json) => json.replaceAll('"', "'"),
  'bare word': () => 'scim',
  'control character in a string': (json) => json.replace('scimc-', 'scimc-\u0001'),
};

export const malformedJson = defineScenario({
  name: 'malformed-json',
  title: 'sends bodies that are not valid JSON',
  eachBinding: true,
  inputs: (facts, turn) =>
    Object.keys(damages).flatMap((damage) =>
      modesOf(turn).flatMap((asynchronous) => [
        { damage, asynchronous, url: '/Users' },
        ...(facts.capabilities.bulk && asynchronous && /^(cut|two)/.test(damage)
          ? [{ damage, asynchronous, url: '/Bulk' }]
          : []),
      ]),
    ),
  exercise: async ({ damage, asynchronous, url }, session) => {
    const userName = session.userName();
    const data = plainUser(userName);
    const operation = { method: 'POST', path: '/Users', bulkId: 'u', expected: 'failure', data } as const;
    const json = JSON.stringify(url === '/Users' ? data : bulkPlan([operation]).body);
    await session.send({
      method: 'POST',
      url,
      purpose: 'malformed',
      variant: step(damage),
      subject: userName,
      body: damages[damage]?.(json) ?? '',
      headers: asynchronous ? (session.binding?.ask({}) ?? []) : [],
    });
  },
});
