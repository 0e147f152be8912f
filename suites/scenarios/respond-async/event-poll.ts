/**
 * Polls for security event tokens as RFC 8936 lets a receiver do: without acknowledging, one at a time, acknowledging.
 * Only tokens of this run are acknowledged.
 */
import { type Session, type Submitted } from '../../session/session.js';
import { completionOf, setsAbout } from '../../security-events/security-event-token.js';
import { isObject, responseJson } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';
import { asyncCreate } from '../../session/async-create.js';
import { defineScenario } from '../../definitions/scenario.js';
import { settleAll } from '../building-blocks/settle-all.js';
import { step } from '../../trace/step.js';
import { goThroughLife } from './events-of-a-user.js';
import { Blocked } from '../../errors/errors.js';

export const eventPollSteps = {
  /** Takes what is left of earlier scenarios out of the way. */
  before: step('before'),
  /** Without acknowledging, until a token of each request has come. */
  untilThere: step('until they are there'),
  notAcknowledged: step('not acknowledged'),
  /** With `maxEvents` 1. */
  oneAtMost: step('one at most'),
  /** With `ack` of all tokens that came, and `maxEvents` 0. */
  acknowledging: step('acknowledging'),
  /** After they were acknowledged. */
  acknowledged: step('acknowledged'),
};

/** Requests whose completion events are waited for. */
const count = 3;

/** Polls until they are there, and milliseconds between them. */
const looks = { most: 40, pauseMs: 30, factor: 1.2, longestMs: 500 };

/** Polls that take what is left of earlier scenarios. */
const drainRounds = 100;

/** The names of the tokens that these requests are answered by, in an answer. */
const ownIn = (answer: Answered, submitted: readonly Submitted[]): string[] =>
  setsAbout(responseJson(answer), new Set(submitted.map(({ submission }) => submission.txn)))
    .filter(({ claims }) => completionOf(claims) !== undefined)
    .map(({ key }) => key);

/** Takes what is left of earlier scenarios out of the way. */
const drain = async (session: Session): Promise<void> => {
  let ack: readonly string[] = [];
  const seen = new Set<string>();
  for (let round = 0; round < drainRounds; round += 1) {
    const { own } = await session.pollEvents(
      { returnImmediately: true, ack },
      { variant: eventPollSteps.before, isEvidence: false },
    );
    // What was acknowledged and comes all the same is there for ever.
    if (own.every((key) => seen.has(key))) return;
    own.forEach((key) => seen.add(key));
    ack = own;
  }
};

/** Polls until a token of every request has come. Throws Blocked where that does not happen. */
const pollUntilThere = async (session: Session, submitted: readonly Submitted[]): Promise<string[]> => {
  const seen = new Set<string>();
  for (let look = 0; look < looks.most; look += 1) {
    const { exchange } = await session.pollEvents({ returnImmediately: true }, { variant: eventPollSteps.untilThere });
    const body = responseJson(exchange);
    if (!isObject(body) || !isObject(body.sets)) {
      throw new Blocked(
        'no-sets',
        `POST ${exchange.request.url} was answered ${exchange.response.status} without «sets».`,
      );
    }
    ownIn(exchange, submitted).forEach((key) => seen.add(key));
    if (seen.size >= submitted.length) return [...seen];
    await session.pause(Math.min(looks.pauseMs * looks.factor ** look, looks.longestMs));
  }
  throw new Blocked(
    'events-missing',
    `After ${looks.most} polls, ${seen.size} of ${submitted.length} completion events had come. Tokens of others may stand before them: a stream of its own is needed.`,
  );
};

export const eventPoll = defineScenario({
  name: 'event-poll',
  title: 'polls for security event tokens, and acknowledges them',
  needs: { binding: 'respond-async', delivery: 'poll' },
  // Whoever else polls would take away what it looks for.
  alone: true,
  exercise: async (_input, session) => {
    await drain(session);
    await goThroughLife(session);
    const submitted: Submitted[] = [];
    for (let place = 0; place < count; place += 1) {
      submitted.push(await session.submit(asyncCreate(session.userName())));
    }
    const accepted = submitted.filter(({ submission }) => submission.txn !== undefined);
    if (accepted.length === 0) throw new Blocked('no-set-txn', 'No request was accepted with a Set-Txn.');
    const ack = await pollUntilThere(session, accepted);
    await session.pollEvents({ returnImmediately: true }, { variant: eventPollSteps.notAcknowledged });
    await session.pollEvents({ returnImmediately: true, maxEvents: 1 }, { variant: eventPollSteps.oneAtMost });
    await session.pollEvents({ returnImmediately: true, maxEvents: 0, ack }, { variant: eventPollSteps.acknowledging });
    await session.pollEvents({ returnImmediately: true }, { variant: eventPollSteps.acknowledged });
    await settleAll(session, accepted);
  },
});
