/** Sends bodies that are not valid JSON, in both modes, because a queue may accept a body without parsing it. */
import type { SubmittedOperation } from '../../../schemas/types.js';
import { plainUser } from '../../generators/user.js';
import { wordPatch } from '../../generators/worded.js';
import type { Session } from '../../session/session.js';
import { bulkPlan, createOperation } from '../building-blocks/bulk-plan.js';
import { createUser } from '../building-blocks/create-user.js';
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

/** The request whose body is damaged. */
type Damaged = 'create' | 'bulk request' | 'replace' | 'patch';

interface Whole {
  readonly method: SubmittedOperation['method'];
  readonly url: string;
  readonly subject: string;
  readonly body: unknown;
}

const whole: Record<Damaged, (session: Session) => Promise<Whole>> = {
  create: (session) => {
    const subject = session.userName();
    return Promise.resolve({ method: 'POST', url: '/Users', subject, body: plainUser(subject) });
  },
  'bulk request': (session) => {
    const subject = session.userName();
    const { body } = bulkPlan([createOperation('u', subject)]);
    return Promise.resolve({ method: 'POST', url: '/Bulk', subject, body });
  },
  replace: async (session) => {
    const { path, userName } = await createUser(session);
    return { method: 'PUT', url: path, subject: userName, body: plainUser(userName) };
  },
  patch: async (session) => {
    const { path, userName } = await createUser(session);
    return { method: 'PATCH', url: path, subject: userName, body: wordPatch('Malformed') };
  },
};

export const malformedJson = defineScenario({
  name: 'malformed-json',
  title: 'sends bodies that are not valid JSON',
  eachBinding: true,
  inputs: ({ capabilities }, turn) =>
    Object.keys(damages).flatMap((damage) =>
      modesOf(turn).flatMap((asynchronous) => {
        const others: Damaged[] = [
          ...(capabilities.bulk && asynchronous ? (['bulk request'] as const) : []),
          'replace',
          ...(capabilities.patch ? (['patch'] as const) : []),
        ];
        return ['create' as const, ...(/^(cut short|two)/.test(damage) ? others : [])].map((of) => ({
          damage,
          asynchronous,
          of,
        }));
      }),
    ),
  exercise: async ({ damage, asynchronous, of }, session) => {
    const { method, url, subject, body } = await whole[of](session);
    const about = {
      method,
      url,
      purpose: 'malformed',
      variant: step(damage),
      subject,
      body: damages[damage]?.(JSON.stringify(body)) ?? '',
    } as const;
    const binding = asynchronous ? session.binding : undefined;
    if (binding?.name !== 'respond-async') {
      await session.send({ ...about, headers: binding?.ask({}) ?? [] });
      return;
    }
    // RFC 9967 shows a syntax error in a completion event; in request-mode it may only be found at once (profile D8).
    const shape = of === 'bulk request' ? 'bulk' : 'single';
    const operations = [{ method, path: url, expected: 'failure', status: '400' }] as const;
    const submitted = await session.submit({ ...about, shape, operations });
    if (submitted.submission.accepted) await session.settle(submitted);
  },
});
