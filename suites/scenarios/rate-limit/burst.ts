/**
 * Sends requests as fast as possible until the target throttles or the budget ends, continues for a moment, and then
 * waits as long as Retry-After says. It runs alone: while the limiter is exhausted, nothing else can be judged.
 */
import { inParallel } from '../../concurrency/in-parallel.js';
import type { Exchange } from '../../../schemas/types.js';
import { askedToWaitMs } from '../../trace/asked-to-wait.js';
import { type Session, type Submitted } from '../../session/session.js';
import { isAnswered } from '../../trace/trace.js';
import { isThrottled, succeeded } from '../../trace/answers.js';
import { step, type Step } from '../../trace/step.js';
import { asyncCreate } from '../../session/async-create.js';
import { defineScenario } from '../../definitions/scenario.js';
import { BurstSender, throttledSample } from './burst-sender.js';
import { ThrottledChanges } from './throttled-changes.js';
import { loadAgain } from './load-again.js';
import { Blocked } from '../../errors/errors.js';

/** The steps of the other requests of this scenario; the requests of the burst itself have no step. */
export const burstSteps = {
  /** A request of a second client while the first is throttled. */
  anotherClient: step('another client'),
  /** The first poll of a request that was submitted before the burst, sent after the time of its Retry-After. */
  politePoll: step('polite'),
  /** A request after the Retry-After of the last throttled answer, and one after a second wait of the same length. */
  afterWait: step('after Retry-After'),
  afterSecondWait: step('after Retry-After, again'),
  /** A request some time after an answer of 4xx other than 429, to see whether the target admits requests again. */
  afterRefusal: step('after a refusal'),
};

/** Number of requests in flight. */
const width = 16;
/**
 * For the time after the first throttled answer, in milliseconds: how long a throttled lane waits, how long the burst
 * continues, and how long it continues if no create was throttled yet.
 */
const pressure = { pauseMs: 50, shortestMs: 300, longestMs: 1500, untilCreatesMs: 5000 };
/** Number of requests of another client: one of them may fail because the limiter is shared only for a moment. */
const otherClient = 6;
/** Milliseconds before each request after a refusal without Retry-After. */
const pausesAfterRefusal = [500, 1000, 2000, 4000, 8000];
/** The longest Retry-After, in milliseconds, for which the suite waits. */
const longestWaitMs = 60_000;

/** Runs the function in `width` lanes at the same time. */
const inLanes = async (lane: () => Promise<void>): Promise<void> => {
  await Promise.all(Array.from({ length: width }, lane));
};

const askedWaitMs = (session: Session, exchange: Exchange | undefined): number | undefined =>
  exchange === undefined ? undefined : askedToWaitMs(exchange, session.date);

/** Undefined if the request is blocked: an exhausted limiter is expected in this scenario. */
const unlessBlocked = async <T>(trying: Promise<T>): Promise<T | undefined> => {
  try {
    return await trying;
  } catch (error) {
    if (error instanceof Blocked) return undefined;
    throw error;
  }
};

/** A request that was submitted before the burst, and when its status may be polled (`elapsed` of the session). */
interface Watched {
  readonly submitted: Submitted;
  readonly dueAt: number;
}

/** What was made before the burst. */
interface Prepared {
  readonly watched: Watched | undefined;
  readonly changes: ThrottledChanges | undefined;
}

/** Submits a request before the burst; undefined if the target accepts no asynchronous request. */
const submitWatched = async (session: Session): Promise<Watched | undefined> => {
  if (session.binding === undefined) return undefined;
  const submitted = await unlessBlocked(session.submit(asyncCreate(session.userName())));
  if (submitted?.submission.accepted !== true) return undefined;
  return { submitted, dueAt: session.elapsed + (askedWaitMs(session, submitted.exchange) ?? 0) };
};

/** Keeps the limiter exhausted until creates were throttled, and the first poll of the watched request is due. */
const keepExhausted = async (session: Session, burst: BurstSender, { watched, changes }: Prepared): Promise<void> => {
  const from = session.elapsed;
  const until = Math.min(from + pressure.longestMs, Math.max(watched?.dueAt ?? 0, from + pressure.shortestMs));
  const isEnough = (): boolean =>
    burst.isOver ||
    session.elapsed >= from + pressure.untilCreatesMs ||
    (session.elapsed >= until && burst.hasThrottledCreates);
  await inLanes(async () => {
    // After an admitted request the lane sends the next one at once, to keep the limiter exhausted.
    while (!isEnough())
      if (await burst.sendNext())
        await Promise.all([burst.sendCreateIfNeeded(), changes?.sendNext(), session.pause(pressure.pauseMs)]);
  });
  await inLanes(async () => {
    await burst.sendNext();
  });
};

/**
 * While the limiter is exhausted, the second client sends reads, and the watched request is polled. The first client
 * continues to send, so that a limiter that both clients share stays exhausted.
 */
const sendOthers = async (session: Session, burst: BurstSender, watched: Watched | undefined): Promise<void> => {
  const readAsOther = (): Promise<Exchange> =>
    session.attempt({
      method: 'GET',
      url: '/Users?startIndex=1&count=1',
      purpose: 'burst',
      credential: 'second',
      variant: burstSteps.anotherClient,
      once: true,
    });
  const poll = { purpose: 'poll', variant: burstSteps.politePoll, once: true } as const;
  const others = session.facts.secondCredential ? Math.min(otherClient, burst.admittedAtFirst) : 0;
  await Promise.all([
    ...Array.from({ length: others }, () => [burst.sendNext(), burst.sendNext(), readAsOther()]).flat(),
    watched !== undefined && session.elapsed >= watched.dueAt
      ? unlessBlocked(session.readStatus(watched.submitted.submission, poll))
      : undefined,
  ]);
};

/** Reads once, whatever the answer. */
const readOnce = (session: Session, variant: Step): Promise<Exchange> =>
  session.attempt({ method: 'GET', url: '/Users?startIndex=1&count=1', purpose: 'burst', variant, once: true });

/** Sends requests with growing pauses until one is admitted, after the target refused some for no visible reason. */
const sendAfterRefusal = async (session: Session): Promise<void> => {
  for (const pause of pausesAfterRefusal) {
    await session.pause(pause);
    const exchange = await readOnce(session, burstSteps.afterRefusal);
    if (isAnswered(exchange) && succeeded(exchange)) return;
  }
};

/** Sends one request after the time of Retry-After and, if it is throttled, one more after a second wait. */
const sendAfterWait = async (session: Session, { lastThrottled }: BurstSender): Promise<void> => {
  const wait = askedWaitMs(session, lastThrottled);
  if (lastThrottled === undefined || wait === undefined || wait > longestWaitMs) return;
  for (const variant of [burstSteps.afterWait, burstSteps.afterSecondWait]) {
    await session.pause(wait);
    const exchange = await readOnce(session, variant);
    if (!isAnswered(exchange) || !isThrottled(exchange)) return;
  }
};

/** Follows the accepted requests to their ends, and searches for the users of throttled creates and changes. */
const lookAfterwards = async (session: Session, burst: BurstSender, { watched, changes }: Prepared): Promise<void> => {
  await inParallel(burst.accepted, width, async (submitted) => {
    await session.settle(submitted);
  });
  if (watched !== undefined) await session.settle(watched.submitted);
  await changes?.lookAfterwards();
  for (const names of Object.values(burst.throttledNames))
    for (const userName of names.slice(0, throttledSample / 2)) await session.find(userName);
};

export const burst = defineScenario({
  name: 'burst',
  title: 'sends requests until the target throttles',
  exhausts: true,
  exercise: async (_input, session) => {
    if (session.burstBudget === 0) throw new Blocked('no-burst', 'No burst was sent, because --burst is 0.');
    const changes = await unlessBlocked(ThrottledChanges.prepare(session));
    const watched = await submitWatched(session);
    const begun = session.elapsed;
    const sender = new BurstSender(session);
    await inLanes(async () => {
      while (sender.refused === undefined && !sender.isOver) await sender.sendNext();
    });
    if (sender.refused !== undefined) {
      await keepExhausted(session, sender, { watched, changes });
      await sendOthers(session, sender, watched);
      await sendAfterWait(session, sender);
      if (sender.lastRefusal !== undefined) await sendAfterRefusal(session);
    }
    await lookAfterwards(session, sender, { watched, changes });
    if (sender.lost > 0) await loadAgain(session, sender.lost / sender.sent, width);
    if (sender.refused === undefined) {
      const seconds = ((session.elapsed - begun) / 1000).toFixed(1);
      throw new Blocked(
        'never-throttled',
        `The target never throttled: ${sender.sent} requests, as many at a time as --concurrency allows, were all admitted within ${seconds} s (--burst N allows more).`,
      );
    }
  },
});
