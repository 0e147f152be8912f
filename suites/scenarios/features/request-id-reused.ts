/** Uses a request id for two different requests, and lets two clients use the same one (feature `idempotency`). */
import { header, urn } from '../../../schemas/names.js';
import { plainUser } from '../../generators/user.js';
import { requestIds } from '../../generators/request-id.js';
import { wordedUser } from '../../generators/worded.js';
import type { Session, SubmitPlan, Submitted } from '../../session/session.js';
import { asyncCreate } from '../../session/async-create.js';
import { bulkPlan, type BulkOperation } from '../building-blocks/bulk-plan.js';
import { createUser } from '../building-blocks/create-user.js';
import { expectNothing } from '../building-blocks/fence.js';
import { defineScenario } from '../../definitions/scenario.js';
import { settleAll } from '../building-blocks/settle-all.js';
import { step, type Step } from '../../trace/step.js';
import { needs, usual } from './safe-retry.js';

/** So long that a provider that keeps only the beginning of an id confuses two of them. */
const long = 'a'.repeat(100);

export const requestIdReusedSteps = {
  first: step('first'),
  /** Another request with the id of the first: to another path, or with another body. */
  anotherBody: step('another body'),
  /** The same operations in another order, with the id of the first. */
  anotherOrder: step('another order'),
  /** An invalid request with a new id. */
  refused: step('refused'),
  /** A valid request with the id of the one that was refused. */
  afterRefusal: step('after the refusal'),
  /** A request whose id differs from that of the first only in its last characters, or in letter case. */
  anotherId: step('another id'),
};

/** Operations whose JSON is some ten thousand characters long. */
const longBulk = 40;

const reuses: Record<string, (session: Session) => Promise<void>> = {
  'for another user': async (session) => {
    const requestId = session.requestId(usual);
    const plan = asyncCreate(session.userName(), { requestId, purpose: 'retry', variant: requestIdReusedSteps.first });
    const first = await session.submit(plan);
    const other = session.userName();
    const second = await session.submit(
      asyncCreate(other, { requestId, purpose: 'retry', variant: requestIdReusedSteps.anotherBody }),
    );
    await settleAll(session, [first, second]);
    await expectNothing(session, other);
    // A synchronous request with the same id has to be answered synchronously (MODE-02).
    const body = plainUser(session.userName());
    const headers: [string, string][] = [[header.requestId, requestId]];
    await session.attempt({ method: 'POST', url: '/Users', purpose: 'create', headers, body });
  },
  'with another value inside': async (session) => {
    const requestId = session.requestId(usual);
    const userName = session.userName();
    const plan = asyncCreate(userName, { requestId, purpose: 'retry', variant: requestIdReusedSteps.first });
    const first = await session.submit(plan);
    const body = { ...plainUser(userName), name: { givenName: 'Another', familyName: 'Test' } };
    const subject = `${userName} with another name`;
    const second = await session.submit({ ...plan, body, subject, variant: requestIdReusedSteps.anotherBody });
    await settleAll(session, [first, second]);
  },
  'for another resource': async (session) => {
    // The body is the same.
    const requestId = session.requestId(usual);
    const [one, other] = [await createUser(session), await createUser(session)];
    const body = wordedUser(one.userName, session.word());
    const planOf = (path: string, variant: Step): SubmitPlan => ({
      ...{ method: 'PUT', url: path, body, requestId, purpose: 'retry', variant },
      operations: [{ method: 'PUT', path, expected: variant === requestIdReusedSteps.first ? 'success' : 'failure' }],
    });
    const first = await session.submit({ ...planOf(one.path, requestIdReusedSteps.first), subject: one.userName });
    const second = await session.submit(planOf(other.path, requestIdReusedSteps.anotherBody));
    await settleAll(session, [first, second]);
  },
  'for a delete of another user': async (session) => {
    // Neither has a body.
    const requestId = session.requestId(usual);
    const users = [await createUser(session), await createUser(session)];
    const submitted: Submitted[] = [];
    for (const [place, { path }] of users.entries()) {
      const variant = place === 0 ? requestIdReusedSteps.first : requestIdReusedSteps.anotherBody;
      const operations = [{ method: 'DELETE', path, expected: place === 0 ? 'success' : 'failure' }] as const;
      submitted.push(
        await session.submit({ method: 'DELETE', url: path, requestId, purpose: 'retry', variant, operations }),
      );
    }
    await settleAll(session, submitted);
  },
  'with another end of a long bulk request': async (session) => {
    const count = Math.min(longBulk, session.facts.bulkRoom ?? longBulk);
    // A single operation has no other order.
    if (count < 2) return;
    const { userName, path } = await createUser(session);
    const writes = Array.from({ length: count }, (_, place): BulkOperation => {
      const data = wordedUser(userName, session.word());
      return { method: 'PUT', path, bulkId: `w${place}`, expected: 'success', data };
    });
    const about = { requestId: session.requestId(usual), purpose: 'retry', subject: userName } as const;
    const submit = (operations: readonly BulkOperation[], variant: Step): Promise<Submitted> =>
      session.submit({ ...bulkPlan(operations), ...about, variant });
    const last = { ...writes.at(-1), data: wordedUser(userName, session.word()) } as BulkOperation;
    await settleAll(session, [
      await submit(writes, requestIdReusedSteps.first),
      await submit([...writes.slice(0, -1), last], requestIdReusedSteps.anotherBody),
      await submit(writes.toReversed(), requestIdReusedSteps.anotherOrder),
    ]);
  },
  'in other letters': async (session) => {
    const requestId = session.requestId('aB');
    const other = [...requestId].map((letter) =>
      letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
    );
    const about = { purpose: 'retry' } as const;
    const first = await session.submit(
      asyncCreate(session.userName(), { ...about, requestId, variant: requestIdReusedSteps.first }),
    );
    const another = asyncCreate(session.userName(), {
      ...about,
      requestId: other.join(''),
      variant: requestIdReusedSteps.anotherId,
    });
    await settleAll(session, [first, await session.submit(another)]);
  },
  'after it was refused': async (session) => {
    const requestId = session.requestId(usual);
    const about = { requestId, purpose: 'retry' } as const;
    const userName = session.userName();
    const operations = [{ method: 'POST', path: '/Users', expected: 'failure', status: '400' }] as const;
    const body = { schemas: [urn.user], displayName: 'Nameless' };
    const first = await session.submit(
      asyncCreate(userName, { ...about, body, operations, variant: requestIdReusedSteps.refused }),
    );
    const second = await session.submit(
      asyncCreate(userName, { ...about, variant: requestIdReusedSteps.afterRefusal }),
    );
    await settleAll(session, [first, second]);
  },
  'after it came with no JSON': async (session) => {
    const requestId = session.requestId(usual);
    const about = { requestId, purpose: 'retry' } as const;
    const userName = session.userName();
    const operations = [{ method: 'POST', path: '/Users', expected: 'failure', status: '400' }] as const;
    const broken = {
      method: 'POST',
      url: '/Users',
      ...about,
      body: '{"userName":',
      operations,
      variant: requestIdReusedSteps.refused,
    } as const;
    const first = await session.submit(broken);
    const second = await session.submit(
      asyncCreate(userName, { ...about, variant: requestIdReusedSteps.afterRefusal }),
    );
    await settleAll(session, [first, second]);
  },
  'up to its last character': async (session) => {
    const like = `${session.word()}${long}`;
    const requestId = session.requestId(like);
    const about = { purpose: 'retry' } as const;
    const first = await session.submit(
      asyncCreate(session.userName(), { ...about, requestId, variant: requestIdReusedSteps.first }),
    );
    const another = asyncCreate(session.userName(), {
      ...about,
      requestId: session.requestId(like),
      variant: requestIdReusedSteps.anotherId,
    });
    await settleAll(session, [first, await session.submit(another)]);
  },
};

export const requestIdReused = defineScenario({
  name: 'request-id-reused',
  title: 'uses one X-Request-ID, or nearly one, for two different requests',
  needs,
  inputs: ({ capabilities: { bulk } }) => Object.keys(reuses).filter((how) => bulk || !how.includes('bulk request')),
  exercise: async (how, session) => {
    await reuses[how]?.(session);
  },
});

export const requestIdSharedSteps = {
  firstClient: step('first client'),
  secondClient: step('second client'),
  /** A request of the second client with an id of its own. */
  secondClientAlone: step('second client, alone'),
};

export const requestIdShared = defineScenario({
  name: 'request-id-shared',
  title: 'lets two clients use one X-Request-ID',
  needs: { ...needs, credential: 'second' },
  inputs: () => requestIds.usual,
  exercise: async (like, session) => {
    const requestId = session.requestId(like);
    const names = [session.userName(), session.userName()];
    const first = await session.submit(
      asyncCreate(names[0] ?? '', { requestId, purpose: 'retry', variant: requestIdSharedSteps.firstClient }),
    );
    const second = await session.submit(
      asyncCreate(names[1] ?? '', {
        requestId,
        purpose: 'retry',
        variant: requestIdSharedSteps.secondClient,
        credential: 'second',
      }),
    );
    await settleAll(session, [first]);
    if (second.submission.accepted) await session.settle(second, 'second');
    // A credential that may not write at all is refused here, too.
    const alone = session.userName();
    const control = await session.submit(
      asyncCreate(alone, {
        requestId: session.requestId(like),
        purpose: 'retry',
        variant: requestIdSharedSteps.secondClientAlone,
        credential: 'second',
      }),
    );
    if (control.submission.accepted) await session.settle(control, 'second');
    for (const name of names) await session.find(name);
  },
});
