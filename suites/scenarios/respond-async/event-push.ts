/** Receives pushed security event tokens (RFC 8935): acknowledges one, refuses one, and answers a third with 503. */
import { type Session, type Submitted } from '../../session/session.js';
import type { PushAnswer } from '../../session/observe/push-receiver.js';
import { asyncCreate } from '../../session/async-create.js';
import { defineScenario } from '../../definitions/scenario.js';
import { makeEveryChange } from './events-of-a-user.js';
import { Blocked } from '../../errors/errors.js';

/**
 * In milliseconds: how long to wait for the tokens, how long a quiet period without a push has to be, and how long to wait
 * for such a period.
 */
const patienceMs = { first: 10_000, quiet: 700, longest: 3000 };

const refusal: PushAnswer = {
  status: 400,
  body: { err: 'invalid_key', description: 'scim-conformance refuses this token as a test.' },
};

/** Waits until these tokens have come, or the time is over. */
const awaitAll = async (session: Session, arrived: ReadonlySet<string>, txns: readonly string[]): Promise<void> => {
  const until = session.elapsed + patienceMs.first;
  while (!txns.every((txn) => arrived.has(txn)) && session.elapsed < until) {
    await session.awaitEvent(until - session.elapsed);
  }
};

/** Waits until no push has come for a while, because a repeated token may come after many others. */
const untilQuiet = async (session: Session): Promise<void> => {
  const until = session.elapsed + patienceMs.longest;
  while (session.elapsed < until) {
    const before = session.elapsed;
    await session.awaitEvent(patienceMs.quiet);
    if (session.elapsed - before >= patienceMs.quiet * 0.95) return;
  }
};

export const eventPush = defineScenario({
  name: 'event-push',
  title: 'receives pushed security event tokens, and answers them in several ways',
  needs: { binding: 'respond-async', delivery: 'push' },
  // It decides how every pushed token is answered, also tokens of other scenarios.
  alone: true,
  exercise: async (_input, session) => {
    const begun = session.elapsed;
    const arrived = new Set<string>();
    const refused = new Set<string>();
    const failing = new Set<string>();
    let markTxnsKnown = (): void => undefined;
    const txnsKnown = new Promise<void>((resolve) => {
      markTxnsKnown = resolve;
    });
    session.answerPushesBy(async (txn) => {
      // A token may come before the 202 with its txn.
      await txnsKnown;
      arrived.add(txn);
      if (refused.has(txn)) return refusal;
      return failing.delete(txn) ? { status: 503 } : undefined;
    });
    try {
      await makeEveryChange(session);
      const kinds: (Set<string> | undefined)[] = [undefined, refused, failing];
      const submitted: Submitted[] = [];
      for (const kind of kinds) {
        const each = await session.submit(asyncCreate(session.userName()));
        submitted.push(each);
        if (each.submission.txn !== undefined) kind?.add(each.submission.txn);
      }
      markTxnsKnown();
      const txns = submitted.flatMap(({ submission }) => submission.txn ?? []);
      await awaitAll(session, arrived, txns);
      await session.recordEvents(begun);
      if (!txns.some((txn) => arrived.has(txn))) {
        throw new Blocked(
          'events-missing',
          'No completion event was pushed. Check that the provider pushes to the URL on which the suite listens.',
        );
      }
      await untilQuiet(session);
      await session.recordEvents(begun);
    } finally {
      markTxnsKnown();
      session.answerPushesBy(() => undefined);
    }
  },
});
