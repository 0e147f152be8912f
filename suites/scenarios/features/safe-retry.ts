/** Sends a request again with the same id (feature `idempotency`). */
import { wordedUser, wordPatch } from '../../generators/worded.js';
import type { Session, SubmitPlan, Submitted } from '../../session/session.js';
import { asyncCreate } from '../../session/async-create.js';
import { isObject } from '../../trace/message.js';
import { bulkPlan } from '../building-blocks/bulk-plan.js';
import { createUser } from '../building-blocks/create-user.js';
import { defineScenario } from '../../definitions/scenario.js';
import { settleAll } from '../building-blocks/settle-all.js';
import { step } from '../../trace/step.js';

export const needs = { binding: 'request-mode', feature: 'idempotency' } as const;

/** The beginning of request ids; the session appends a unique end to each. */
export const usual = '3c0f8f4e-77d5-4a36-9d5c-';

export const safeRetrySteps = {
  first: step('first'),
  /** The same request again. */
  again: step('again'),
};

/** What is sent twice. */
type Kind = 'create' | 'bulk request' | 'replace' | 'patch' | 'delete';

/** When it is sent again. */
type When =
  | 'together'
  | 'at once'
  | 'when completed'
  | 'when failed'
  | 'when cancelled'
  | 'after another body'
  | 'after many others';

interface Retried {
  readonly kind: Kind;
  readonly when: When;
}

/** Numbers of requests: of those after which a provider must still know an id, and of writes of one that can be cancelled. */
const counts = { others: 24, writes: 60 };

const plans: Record<Kind, (session: Session, when: When) => Promise<SubmitPlan>> = {
  create: async (session, when) => {
    // To get a failed request, the scenario creates a user with a name that is taken.
    const userName = when === 'when failed' ? (await createUser(session)).userName : session.userName();
    return asyncCreate(userName, { body: wordedUser(userName, session.word()) });
  },
  'bulk request': async (session, when) => {
    if (when !== 'when cancelled') {
      const userName = session.userName();
      const create = { method: 'POST', path: '/Users', bulkId: 'u', expected: 'success', userName } as const;
      return { ...bulkPlan([{ ...create, data: wordedUser(userName, session.word()) }]), subject: userName };
    }
    // Writes of one user run one after another, so that a cancel comes in time.
    const { userName, path } = await createUser(session);
    const writes = Math.min(counts.writes, session.facts.bulkRoom ?? counts.writes);
    const operations = Array.from({ length: writes }, (_, place) => {
      const data = wordedUser(userName, session.word());
      return { method: 'PUT', path, bulkId: `w${place}`, expected: 'success', data } as const;
    });
    return { ...bulkPlan(operations), subject: userName };
  },
  replace: async (session) => {
    const { userName, path } = await createUser(session);
    const operations = [{ method: 'PUT', path, expected: 'success' }] as const;
    return { method: 'PUT', url: path, body: wordedUser(userName, session.word()), subject: userName, operations };
  },
  patch: async (session) => {
    const { userName, path } = await createUser(session);
    const operations = [{ method: 'PATCH', path, expected: 'success' }] as const;
    return { method: 'PATCH', url: path, body: wordPatch(session.word()), subject: userName, operations };
  },
  delete: async (session) => {
    const { userName, path } = await createUser(session);
    const operations = [{ method: 'DELETE', path, expected: 'success' }] as const;
    return { method: 'DELETE', url: path, subject: userName, operations };
  },
};

/** The same JSON value; the members of all its objects are in another order (profile §7, clarification 8). */
const reordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reordered);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reordered(member)]),
  );
};

/** What happens between the two requests. */
const between: Partial<Record<When, (session: Session, first: Submitted, requestId: string) => Promise<unknown>>> = {
  // It is refused (IDEM-02), and the id still stands for the first request.
  'after another body': async (session, first, requestId) => {
    const userName = session.userName();
    const body = wordedUser(userName, session.word());
    await settleAll(session, [
      first,
      await session.submit(asyncCreate(userName, { requestId, body, purpose: 'retry' })),
    ]);
  },
  'when completed': (session, first) => session.settle(first),
  'when failed': (session, first) => session.settle(first),
  'when cancelled': async (session, first) => {
    await session.readStatus(first.submission, { method: 'DELETE', purpose: 'cancel', isUrgent: true });
    await session.settle(first);
  },
  'after many others': async (session, first) => {
    await session.settle(first);
    const others = Array.from({ length: counts.others }, () =>
      session.complete(asyncCreate(session.userName(), { requestId: session.requestId(usual) })),
    );
    await Promise.all(others);
  },
};

export const safeRetry = defineScenario({
  name: 'safe-retry',
  title: 'repeats a request with the same X-Request-ID',
  needs,
  inputs: ({ capabilities, features }): Retried[] => [
    ...(
      ['together', 'at once', 'when completed', 'when failed', 'after another body', 'after many others'] as const
    ).map((when) => ({
      kind: 'create' as const,
      when,
    })),
    { kind: 'replace', when: 'when completed' },
    { kind: 'delete', when: 'when completed' },
    ...(capabilities.patch ? [{ kind: 'patch', when: 'when completed' } as const] : []),
    ...(capabilities.bulk ? [{ kind: 'bulk request', when: 'when completed' } as const] : []),
    ...(capabilities.bulk && features.includes('cancel')
      ? [{ kind: 'bulk request', when: 'when cancelled' } as const]
      : []),
  ],
  exercise: async ({ kind, when }, session) => {
    const about = { requestId: session.requestId(usual), purpose: 'retry' } as const;
    const plan: SubmitPlan = { ...(await plans[kind](session, when)), ...about, variant: safeRetrySteps.first };
    const again: SubmitPlan = {
      ...plan,
      variant: safeRetrySteps.again,
      ...(plan.body === undefined ? {} : { body: reordered(plan.body) }),
    };
    if (when === 'together') {
      await settleAll(session, await Promise.all([session.submit(plan), session.submit(again)]));
    } else {
      const first = await session.submit(plan);
      if (first.submission.accepted) await between[when]?.(session, first, about.requestId);
      await settleAll(session, [first, await session.submit(again)]);
    }
    if (plan.subject !== undefined) await session.find(plan.subject);
  },
});
