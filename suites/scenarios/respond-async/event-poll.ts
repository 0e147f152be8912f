/**
 * Polls for security event tokens in the ways of RFC 8936: without acknowledging, one token at a time, and acknowledging.
 * Only tokens of this run are acknowledged, because other receivers may need the others.
 */
import { type Session, type Submitted } from '../../session/session.js';
import { completionOf, setsAbout } from '../../security-events/security-event-token.js';
import { isObject, responseJsonAsSent } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';
import { asyncCreate } from '../../session/async-create.js';
import { defineScenario } from '../../definitions/scenario.js';
import { settleAll } from '../building-blocks/settle-all.js';
import { step } from '../../trace/step.js';
import { makeEveryChange } from './events-of-a-user.js';
import { Blocked } from '../../errors/errors.js';

export const eventPollSteps = {
  /** Acknowledges the tokens that are left from earlier scenarios. */
  before: step('before'),
  /** Without acknowledging, until a token of each request has come. */
  untilThere: step('until they are there'),
  notAcknowledged: step('not acknowledged'),
  /** With `maxEvents` 1. */
  oneAtMost: step('one at most'),
  /** With `ack` of one token: the others are still waiting. */
  acknowledgingOne: step('acknowledging one'),
  /** With `ack` of all other tokens that came, and `maxEvents` 0. */
  acknowledging: step('acknowledging'),
  /** After they were acknowledged. */
  acknowledged: step('acknowledged'),
};

/** Number of requests whose completion events the scenario waits for. */
const count = 3;

/** The largest number of polls until the events have come, and the growing pauses between them. */
const polls = { most: 40, pauseMs: 30, factor: 1.2, longestMs: 500 };

/** The largest number of polls that acknowledge tokens of earlier scenarios. */
const drainRounds = 100;

/** The names of the completion events for these requests in the answer to a poll. */
const ownIn = (answer: Answered, submitted: readonly Submitted[]): string[] =>
  setsAbout(responseJsonAsSent(answer), new Set(submitted.map(({ submission }) => submission.txn)))
    .filter(({ claims }) => completionOf(claims) !== undefined)
    .map(({ key }) => key);

/** Acknowledges the tokens that are left from earlier scenarios. */
const drain = async (session: Session): Promise<void> => {
  let ack: readonly string[] = [];
  const seen = new Set<string>();
  for (let round = 0; round < drainRounds; round += 1) {
    const { own } = await session.pollEvents(
      { returnImmediately: true, ack },
      { variant: eventPollSteps.before, isEvidence: false },
    );
    // A provider that sends acknowledged tokens again would do so forever.
    if (own.every((key) => seen.has(key))) return;
    own.forEach((key) => seen.add(key));
    ack = own;
  }
};

/** Polls until a token of every request has come. Throws Blocked if some do not come. */
const pollUntilThere = async (session: Session, submitted: readonly Submitted[]): Promise<string[]> => {
  const seen = new Set<string>();
  for (let poll = 0; poll < polls.most; poll += 1) {
    const { exchange } = await session.pollEvents({ returnImmediately: true }, { variant: eventPollSteps.untilThere });
    const body = responseJsonAsSent(exchange);
    if (!isObject(body) || !isObject(body.sets)) {
      throw new Blocked(
        'no-sets',
        `POST ${exchange.request.url} was answered ${exchange.response.status} without «sets».`,
      );
    }
    ownIn(exchange, submitted).forEach((key) => seen.add(key));
    if (seen.size >= submitted.length) return [...seen];
    await session.pause(Math.min(polls.pauseMs * polls.factor ** poll, polls.longestMs));
  }
  throw new Blocked(
    'events-missing',
    `After ${polls.most} polls, only ${seen.size} of ${submitted.length} completion events had come. Tokens for other receivers may be in front of them: give the suite its own stream.`,
  );
};

export const eventPoll = defineScenario({
  name: 'event-poll',
  title: 'polls for security event tokens, and acknowledges them',
  needs: { binding: 'respond-async', delivery: 'poll' },
  // Other polls of the suite would acknowledge the tokens that this scenario waits for.
  alone: true,
  exercise: async (_input, session) => {
    await drain(session);
    await makeEveryChange(session);
    const submitted: Submitted[] = [];
    for (let place = 0; place < count; place += 1) {
      submitted.push(await session.submit(asyncCreate(session.userName())));
    }
    const accepted = submitted.filter(({ submission }) => submission.txn !== undefined);
    if (accepted.length === 0) throw new Blocked('no-set-txn', 'No request was accepted with a Set-Txn.');
    const [first = '', ...ack] = await pollUntilThere(session, accepted);
    await session.pollEvents({ returnImmediately: true }, { variant: eventPollSteps.notAcknowledged });
    await session.pollEvents({ returnImmediately: true, maxEvents: 1 }, { variant: eventPollSteps.oneAtMost });
    await session.pollEvents({ returnImmediately: true, ack: [first] }, { variant: eventPollSteps.acknowledgingOne });
    await session.pollEvents({ returnImmediately: true, maxEvents: 0, ack }, { variant: eventPollSteps.acknowledging });
    await session.pollEvents({ returnImmediately: true }, { variant: eventPollSteps.acknowledged });
    await settleAll(session, accepted);
  },
});
