/** Sends a message of the paper over HTTP, follows its status to the end, and sends messages that are not valid. */
import { resolveLocation } from '../../bindings/locations.js';
import { defineScenario } from '../../definitions/scenario.js';
import type { Session } from '../../session/session.js';
import { isObject, responseHeader, responseObject } from '../../trace/message.js';
import { step } from '../../trace/step.js';
import { isAnswered, type Answered } from '../../trace/trace.js';

export const messageSteps = {
  valid: step('valid message'),
  /** Messages that no schema with these members allows. */
  invalid: step('invalid message'),
  /** The last read of the status, when the deadline had passed. */
  overdue: step('overdue'),
};

/** The endpoint if ServiceProviderConfig names none. */
const usualEndpoint = '/integration/messages';

/** Milliseconds between two reads of the status. */
const pauseMs = 500;

const endpointOf = (session: Session): string => {
  const { asyncExtension } = session.facts;
  const named = isObject(asyncExtension) ? asyncExtension.messageEndpoint : undefined;
  return typeof named === 'string' ? named : usualEndpoint;
};

const isCompleted = (read: Answered): boolean => {
  const status = responseObject(read)?.status;
  return isObject(status) && status.completed === true;
};

/** Reads of a status that cannot be read: whether it can be read at once is not asked here (ACC-01). */
const mostUnread = 4;

/** Reads the status until it is completed, cannot be read, or the deadline passes. */
const follow = async (session: Session, location: string): Promise<void> => {
  const until = session.elapsed + session.deadlineMs;
  let unread = 0;
  for (;;) {
    const isLast = session.elapsed >= until;
    const variant = isLast ? { variant: messageSteps.overdue } : {};
    const read = await session.attempt({ method: 'GET', url: location, purpose: 'message-status', ...variant });
    if (!isAnswered(read) || isCompleted(read) || isLast) return;
    if (read.response.status !== 200) unread += 1;
    if (unread === mostUnread) return;
    await session.pause(pauseMs);
  }
};

export const queueMessage = defineScenario({
  name: 'queue-message',
  title: 'sends messages that become asynchronous requests',
  needs: { binding: 'request-mode', feature: 'messageQueue' },
  exercise: async (_input, session) => {
    // A source that nobody has: a real directory must not be synchronised for a test.
    const source = session.groupName();
    const message = { operation: 'SYNC_AD', source, target: 'scim-conformance', batchSize: 10, priority: 'normal' };
    const about = { method: 'POST', url: endpointOf(session), purpose: 'message' } as const;
    try {
      const answer = await session.send({ ...about, variant: messageSteps.valid, body: message });
      const location = responseHeader(answer, 'location');
      const url = location === undefined ? undefined : resolveLocation(location, answer.request.url);
      if (answer.response.status === 202 && url !== undefined) await follow(session, url);
      const invalid = [
        { ...message, operation: undefined },
        { ...message, source: { name: source } },
        { ...message, batchSize: 'many' },
        { ...message, batchSize: -1 },
        [message],
      ];
      for (const body of invalid)
        await session.attempt({ ...about, variant: messageSteps.invalid, isUnusual: true, body });
    } finally {
      // A provider may take the name of the source for that of a user.
      for (const url of (await session.find(`${source}@example.com`)) ?? [])
        await session.attempt({ method: 'DELETE', url, purpose: 'cleanup' });
    }
  },
});
