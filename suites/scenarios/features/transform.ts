/**
 * Bulk requests with rules in `transform` (feature `transform`). For each user that should come of it, a twin with the values
 * that it should have is created synchronously: what the provider does not keep, or keeps in another form, shows in both.
 */
import { plainUser } from '../../generators/user.js';
import { defineScenario } from '../../definitions/scenario.js';
import type { OperationResult } from '../../bindings/binding.js';
import type { Session } from '../../session/session.js';
import { stepFamily } from '../../trace/step.js';
import { bulkOptions, bulkPlan, type BulkOperation } from '../building-blocks/bulk-plan.js';
import { createUser } from '../building-blocks/create-user.js';
import { pathOfResult } from '../building-blocks/look-again.js';
import { transformCases, type CaseName, type TransformedUser } from './transform-cases.js';

export const transformSteps = {
  /** The bulk request; the value is the name of the case. */
  rules: stepFamily('transform, '),
  /** A read of a user after the request; the value is its place in the request. */
  afterwards: stepFamily('transformed user '),
  /** The read of its twin. */
  twin: stepFamily('twin of user '),
};

const dataOf = (userName: string, { attributes, isNameless = false }: TransformedUser): Record<string, unknown> => {
  const whole = { ...plainUser(userName), ...attributes };
  if (!isNameless) return whole;
  const { userName: name, ...rest } = whole;
  // The rule takes the name from there.
  return { ...rest, displayName: name };
};

const readTwin = async (session: Session, user: TransformedUser, place: number): Promise<void> => {
  const { url, userName } = await createUser(session, (name) => ({
    ...plainUser(name),
    ...user.attributes,
    ...user.becomes,
  }));
  const variant = transformSteps.twin.of(String(place));
  await session.attempt({ method: 'GET', url, purpose: 'read', subject: userName, variant });
};

const readAfterwards = async (
  session: Session,
  userName: string,
  { result, place }: { readonly result: OperationResult | undefined; readonly place: number },
): Promise<void> => {
  const found = await session.find(userName);
  const url = found?.[0] ?? pathOfResult(session, result);
  if (url === undefined) return;
  const variant = transformSteps.afterwards.of(String(place));
  await session.attempt({ method: 'GET', url, purpose: 'read', subject: userName, variant });
};

export const transform = defineScenario({
  name: 'transform',
  title: 'submits bulk requests with rules that change users',
  needs: { binding: 'request-mode', feature: 'transform', capability: 'bulk' },
  inputs: () => Object.keys(transformCases) as CaseName[],
  exercise: async (name, session) => {
    const { rules, users } = transformCases[name];
    const some = users.slice(0, session.facts.bulkRoom ?? Infinity);
    const named = some.map((user) => ({ user, userName: session.userName() }));
    const operations = named.map(({ user, userName }, place): BulkOperation => {
      const about = { method: 'POST', path: '/Users', bulkId: `b${place}`, data: dataOf(userName, user) } as const;
      return user.becomes === undefined
        ? { ...about, expected: 'failure' }
        : { ...about, expected: 'success', userName };
    });
    const plan = bulkPlan(operations, bulkOptions({ transform: rules }));
    const submitted = await session.submit({ ...plan, variant: transformSteps.rules.of(name) });
    const { results } = submitted.submission.accepted ? await session.settle(submitted) : { results: [] };
    for (const [place, { user, userName }] of named.entries()) {
      const result = results.find(({ index }) => index === place);
      await readAfterwards(session, userName, { result, place });
      if (user.becomes !== undefined && user.isNameless !== true) await readTwin(session, user, place);
    }
  },
});
