/** Submits requests, reads their status, and then reads what the audit trail says about them. */
import type { Submission } from '../../../schemas/types.js';
import { Blocked } from '../../errors/errors.js';
import { buildUser } from '../../generators/user.js';
import { defineScenario } from '../../definitions/scenario.js';
import { asyncCreate } from '../../session/async-create.js';
import type { Session } from '../../session/session.js';
import { isObject, responseObject } from '../../trace/message.js';
import { step } from '../../trace/step.js';
import { createUser } from '../building-blocks/create-user.js';

export const auditSteps = {
  /** A read of the trail of one request. */
  trail: step('trail'),
};

/** A trail may be written a moment later: so often it is read, with so many milliseconds between. */
const reads = { most: 10, pauseMs: 500 };

/** Number of status reads after the completion. */
const statusReads = 2;

const password = 'Pw1-Conformance-Audit-Trail';

/** The URL of the trail of a request; undefined if the target does not say where it is. */
const trailUrl = (session: Session, id: string): string | undefined => {
  const { asyncExtension } = session.facts;
  const template = isObject(asyncExtension) ? asyncExtension.auditEndpoint : undefined;
  return typeof template === 'string' && template.includes('{id}')
    ? template.replaceAll('{id}', encodeURIComponent(id))
    : undefined;
};

const entriesIn = (body: Record<string, unknown> | undefined): number =>
  Array.isArray(body?.Resources) ? body.Resources.length : 0;

const readTrail = async (session: Session, submission: Submission, id: string, expected: number): Promise<void> => {
  const url = trailUrl(session, id);
  if (url === undefined) throw new Blocked('not-advertised', 'ServiceProviderConfig has no auditEndpoint.');
  for (let read = 1; read <= reads.most; read += 1) {
    const about = { purpose: 'audit', variant: auditSteps.trail, submission: submission.n } as const;
    const answer = await session.attempt({ method: 'GET', url, ...about });
    if (entriesIn(responseObject(answer)) >= expected) return;
    if (read < reads.most) await session.pause(reads.pauseMs);
  }
};

export const auditTrail = defineScenario({
  name: 'audit-trail',
  title: 'reads the audit trail of asynchronous requests',
  needs: { binding: 'request-mode', feature: 'audit' },
  inputs: () => ['a request that succeeds', 'a request that fails'],
  exercise: async (input, session) => {
    const userName = input === 'a request that succeeds' ? session.userName() : (await createUser(session)).userName;
    const body = buildUser(userName, { givenName: 'Audit', familyName: 'Trail', displayName: 'Audit Trail', password });
    const submitted = await session.submit(asyncCreate(userName, { body }));
    const { submission, exchange } = submitted;
    if (!submission.accepted) throw new Blocked('not-accepted', 'The create was not accepted.');
    await session.settle(submitted);
    for (let read = 0; read < statusReads; read += 1) await session.readStatus(submission);
    const id = responseObject(exchange)?.id;
    if (typeof id !== 'string') throw new Blocked('no-id', 'The 202 has no id.');
    const polled = session.entries.filter(
      (entry) => entry.type === 'exchange' && entry.submission === submission.n && entry.request.method === 'GET',
    );
    // The acceptance and the end, and each read.
    await readTrail(session, submission, id, polled.length + 2);
  },
});
