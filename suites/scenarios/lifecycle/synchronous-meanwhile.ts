/** Makes synchronous requests while a large asynchronous one is pending: they must not wait for it. */
import { urn } from '../../../schemas/names.js';
import { plainUser } from '../../generators/user.js';
import { plainGroup } from '../../generators/worded.js';
import { asyncCreate } from '../../session/async-create.js';
import { createUser } from '../building-blocks/create-user.js';
import { defineScenario } from '../../definitions/scenario.js';
import type { Exchange } from '../../../schemas/types.js';
import type { RequestPlan, Session } from '../../session/session.js';
import { isAnswered } from '../../trace/trace.js';
import { step } from '../../trace/step.js';

const size = 100;

export const synchronousMeanwhileSteps = {
  /** When nothing asynchronous is pending, to measure how long each request takes. */
  idle: step('idle'),
  /** While the asynchronous request is pending. */
  pending: step('pending'),
  /** The status of that request, before and after. */
  before: step('before'),
  after: step('after'),
  /** When it is completed, if some requests were not served while it was pending. */
  done: step('done'),
};

const steps = synchronousMeanwhileSteps;

/** How often a request that is not served is sent while the asynchronous one is pending. */
export const triesMeanwhile = 3;

/** Whether it got no answer, or 503. */
export const isUnserved = (exchange: Exchange): boolean => !isAnswered(exchange) || exchange.response.status === 503;

/** Sends a request until it is served, without any wait, because the other request is pending only for a while. */
const insist = async (session: Session, request: RequestPlan): Promise<boolean> => {
  for (let tried = 0; tried < triesMeanwhile; tried += 1) {
    const exchange = await session.attempt({ ...request, variant: steps.pending, once: true });
    // A DELETE that got no answer may have been done: then the next one would be answered 404.
    if (!isUnserved(exchange) || (request.method === 'DELETE' && !isAnswered(exchange))) return true;
  }
  return false;
};

type Make = () => Promise<readonly RequestPlan[]>;

const purpose = 'meanwhile' as const;

/** What is requested, each time anew. No two requests have the same method: the judge knows them by it. */
const kinds: Readonly<Record<'of a user' | 'of others', (session: Session) => Promise<Make>>> = {
  'of a user': async (session) => {
    const { userName, url } = await createUser(session);
    const about = { purpose, subject: userName };
    return () =>
      Promise.resolve([
        { method: 'GET', url, ...about },
        { method: 'PUT', url, ...about, body: plainUser(userName) },
        { method: 'POST', url: '/Users', ...about, body: plainUser(session.userName()) },
      ]);
  },
  'of others': async (session) => {
    const { patch, groups } = session.facts.capabilities;
    // One for each time that it is requested: nothing may be created while the asynchronous request is pending.
    const doomed = [await createUser(session), await createUser(session), await createUser(session)];
    const { userName, url } = await createUser(session);
    return async () => {
      const { userName: gone, url: goneUrl } = doomed.pop() ?? (await createUser(session));
      const displayName = session.groupName();
      const Operations = [{ op: 'replace', path: 'displayName', value: session.word() }];
      const body = { schemas: [urn.patchOp], Operations };
      return [
        ...(patch ? [{ method: 'PATCH', url, purpose, subject: userName, body }] : []),
        ...(groups
          ? [{ method: 'POST', url: '/Groups', purpose, subject: displayName, body: plainGroup(displayName, []) }]
          : []),
        { method: 'DELETE', url: goneUrl, purpose, subject: gone },
      ];
    };
  },
};

export const synchronousMeanwhile = defineScenario({
  name: 'synchronous-meanwhile',
  title: 'makes synchronous requests while an asynchronous one is pending',
  needs: { binding: 'any' },
  // The time of an answer can be judged only if no other requests run.
  alone: true,
  inputs: () => ['of a user', 'of others'] as const,
  exercise: async (kind, session) => {
    const requests = await kinds[kind](session);
    for (const request of await requests()) await session.attempt({ ...request, variant: steps.idle });
    const { bulk } = session.facts.capabilities;
    const userNames = Array.from({ length: Math.min(size, session.facts.bulkRoom ?? size) }, () => session.userName());
    const submitted = await session.submit(
      bulk
        ? {
            method: 'POST',
            url: '/Bulk',
            shape: 'bulk',
            body: {
              schemas: [urn.bulkRequest],
              Operations: userNames.map((name, index) => ({
                method: 'POST',
                path: '/Users',
                bulkId: `b${index}`,
                data: plainUser(name),
              })),
            },
            operations: userNames.map((name, index) => ({
              method: 'POST',
              path: '/Users',
              bulkId: `b${index}`,
              expected: 'success',
              userName: name,
            })),
          }
        : asyncCreate(session.userName()),
    );
    if (!submitted.submission.accepted) return;
    await session.readStatus(submitted.submission, { variant: steps.before, isUrgent: true });
    let isServed = true;
    for (const request of await requests()) isServed = (await insist(session, request)) && isServed;
    await session.readStatus(submitted.submission, { variant: steps.after, isUrgent: true });
    await session.settleWhenDone(submitted);
    if (isServed) return;
    for (const request of await requests()) await session.attempt({ ...request, variant: steps.done, once: true });
  },
});
