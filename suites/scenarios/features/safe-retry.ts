/** The same request id again: with the same body, with another, and from another client (feature `idempotency`). */
import fc from 'fast-check';
import { requestIds } from '../../generators/request-id.js';
import { wordedUser } from '../../generators/worded.js';
import type { Session, SubmitPlan, Submitted } from '../../session/session.js';
import { asyncCreate } from '../request-mode/async-user.js';
import { expectNothing } from '../fence.js';
import { defineScenario } from '../scenario.js';

const needs = { binding: 'request-mode', feature: 'idempotency' } as const;

const settle = async (session: Session, submitted: readonly Submitted[]): Promise<void> => {
  const accepted = submitted.filter(({ submission }) => submission.accepted);
  await Promise.all(accepted.map((each) => session.settle(each)));
};

export const safeRetry = defineScenario({
  name: 'safe-retry',
  title: 'repeats a request with the same X-Request-ID',
  needs,
  inputs: () => fc.record({ like: requestIds.usual, when: fc.constantFrom('together', 'at once', 'when completed') }),
  exercise: async ({ like, when }, session) => {
    const userName = session.userName();
    const requestId = session.requestId(like);
    const body = wordedUser(userName, session.word());
    const plan = asyncCreate(userName, { requestId, body, purpose: 'retry', variant: 'first' });
    // The same JSON, in another order: what is compared is what it means (profile §7, clarification 8).
    const again: SubmitPlan = {
      ...plan,
      variant: 'again',
      body: Object.fromEntries(Object.entries(body).reverse()),
    };
    if (when === 'together') {
      await settle(session, await Promise.all([session.submit(plan), session.submit(again)]));
    } else {
      const first = await session.submit(plan);
      if (when === 'when completed' && first.submission.accepted) await session.settle(first);
      await settle(session, [first, await session.submit(again)]);
    }
    await session.find(userName);
  },
});

export const requestIdReused = defineScenario({
  name: 'request-id-reused',
  title: 'uses one X-Request-ID for two different requests',
  needs,
  inputs: () => requestIds.usual,
  exercise: async (like, session) => {
    const requestId = session.requestId(like);
    const first = await session.submit(
      asyncCreate(session.userName(), { requestId, purpose: 'retry', variant: 'first' }),
    );
    const other = session.userName();
    const second = await session.submit(asyncCreate(other, { requestId, purpose: 'retry', variant: 'another body' }));
    await settle(session, [first, second]);
    await expectNothing(session, other);
  },
});

export const requestIdShared = defineScenario({
  name: 'request-id-shared',
  title: 'lets two clients use one X-Request-ID',
  needs: { ...needs, credential: 'second' },
  inputs: () => requestIds.usual,
  exercise: async (like, session) => {
    const requestId = session.requestId(like);
    const names = [session.userName(), session.userName()];
    const first = await session.submit(
      asyncCreate(names[0] ?? '', { requestId, purpose: 'retry', variant: 'first client' }),
    );
    const second = await session.submit(
      asyncCreate(names[1] ?? '', { requestId, purpose: 'retry', variant: 'second client', credential: 'second' }),
    );
    await settle(session, [first]);
    if (second.submission.accepted) await session.settle(second, 'second');
    for (const name of names) await session.find(name);
  },
});
