/** Creates, replaces, patches and deletes a user with `Prefer: respond-async`, and fetches the result of each. */
import { header } from '../../../schemas/names.js';
import { resolveLocation } from '../../bindings/locations.js';
import { plainUser } from '../../generators/user.js';
import { wordPatch } from '../../generators/worded.js';
import type { Session, SubmitPlan, Submitted } from '../../session/session.js';
import { responseHeader } from '../../trace/message.js';
import { createUser } from '../building-blocks/create-user.js';
import { asyncCreate } from '../../session/async-create.js';
import { defineScenario } from '../../definitions/scenario.js';

const ways = ['POST', 'PUT', 'PATCH', 'DELETE', 'POST of what is there'] as const;

type Way = (typeof ways)[number];

const planFor = async (way: Way, session: Session): Promise<SubmitPlan> => {
  if (way === 'POST') return asyncCreate(session.userName());
  const { userName, path } = await createUser(session);
  if (way === 'POST of what is there') {
    const operation = { method: 'POST', path: '/Users', expected: 'failure', status: '409' } as const;
    return asyncCreate(userName, { variant: way, operations: [operation] });
  }
  const body = way === 'PUT' ? plainUser(userName) : way === 'PATCH' ? wordPatch(session.word()) : undefined;
  return {
    method: way,
    url: path,
    subject: userName,
    ...(body === undefined ? {} : { body }),
    operations: [{ method: way, path, expected: 'success' }],
  };
};

/** Follows the Location of a 202: to the result or, where it is that of the resource itself, to that (RFC 9967 §2.5.1.1). */
export const followLocation = async (session: Session, { submission, exchange }: Submitted): Promise<void> => {
  if (submission.location !== undefined) {
    await session.look(submission, { variant: 'at the end' });
    return;
  }
  const location = responseHeader(exchange, header.location);
  const url = location === undefined ? undefined : resolveLocation(location, exchange.request.url);
  if (url !== undefined && submission.shape === 'single') {
    await session.attempt({ method: 'GET', url, purpose: 'read', variant: 'at the Location of the 202' });
  }
};

export const preferWrite = defineScenario({
  name: 'prefer-write',
  title: 'writes with Prefer: respond-async, and fetches the result',
  needs: { binding: 'respond-async' },
  inputs: ({ capabilities }) => ways.filter((way) => way !== 'PATCH' || capabilities.patch),
  exercise: async (way, session) => {
    const submitted = await session.submit(await planFor(way, session));
    if (!submitted.submission.accepted) return;
    await session.settle(submitted);
    await followLocation(session, submitted);
  },
});
