/** Lets security event tokens be pushed (RFC 8935): acknowledges one, refuses one, and is out of order for a third. */
import { type Session, type Submitted } from '../../session/session.js';
import type { PushAnswer } from '../../session/observe/push-receiver.js';
import { asyncCreate } from '../../session/async-create.js';
import { defineScenario } from '../../definitions/scenario.js';
import { goThroughLife } from './events-of-a-user.js';
import { Blocked } from '../../errors/errors.js';

/** Milliseconds in which tokens are to come, and those of quiet afterwards, waited for at most so long. */
const patienceMs = { first: 10_000, quiet: 700, longest: 3000 };

const refusal: PushAnswer = {
  status: 400,
  body: { err: 'invalid_key', description: 'scim-conformance refuses this one, to see what comes of it.' },
};

/** Waits until these tokens have come, or the time is over. */
const awaitAll = async (session: Session, arrived: ReadonlySet<string>, txns: readonly string[]): Promise<void> => {
  const until = session.elapsed + patienceMs.first;
  while (!txns.every((txn) => arrived.has(txn)) && session.elapsed < until) {
    await session.awaitEvent(until - session.elapsed);
  }
};

/** Waits until nothing has come for a while: what comes again may stand behind much else. */
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
  title: 'lets security event tokens be pushed, and answers them in several ways',
  needs: { binding: 'respond-async', delivery: 'push' },
  // It decides for every token how it is answered.
  alone: true,
  exercise: async (_input, session) => {
    const begun = session.elapsed;
    const arrived = new Set<string>();
    const refused = new Set<string>();
    const failing = new Set<string>();
    let know = (): void => undefined;
    const known = new Promise<void>((resolve) => {
      know = resolve;
    });
    session.answerPushesBy(async (txn) => {
      // A token may come before the 202 that says which it is.
      await known;
      arrived.add(txn);
      if (refused.has(txn)) return refusal;
      return failing.delete(txn) ? { status: 503 } : undefined;
    });
    try {
      await goThroughLife(session);
      const kinds: (Set<string> | undefined)[] = [undefined, refused, failing];
      const submitted: Submitted[] = [];
      for (const kind of kinds) {
        const each = await session.submit(asyncCreate(session.userName()));
        submitted.push(each);
        if (each.submission.txn !== undefined) kind?.add(each.submission.txn);
      }
      know();
      const txns = submitted.flatMap(({ submission }) => submission.txn ?? []);
      await awaitAll(session, arrived, txns);
      await session.recordEvents(begun);
      if (!txns.some((txn) => arrived.has(txn))) {
        throw new Blocked(
          'events-missing',
          'No completion event was pushed: does the provider push to the URL that the suite said it listens at?',
        );
      }
      await untilQuiet(session);
      await session.recordEvents(begun);
    } finally {
      know();
      session.answerPushesBy(() => undefined);
    }
  },
});
