/**
 * Sends requests as fast as it can until the target throttles or the budget ends, keeps up the pressure for a moment,
 * and then waits as long as it is asked to. Run alone: while a limiter is exhausted, nothing else can be judged.
 */
import { inParallel } from '../../concurrency/in-parallel.js';
import type { Exchange } from '../../../schemas/types.js';
import { askedToWaitMs } from '../../trace/asked-to-wait.js';
import { type Session, type Submitted } from '../../session/session.js';
import { isAnswered } from '../../trace/trace.js';
import { isThrottled } from '../../trace/answers.js';
import { step } from '../../trace/step.js';
import { asyncCreate } from '../../session/async-create.js';
import { defineScenario } from '../../definitions/scenario.js';
import { BurstSender, isRefused, throttledSample } from './burst-sender.js';
import { Blocked } from '../../errors/errors.js';

/** What is sent beside the requests of the burst itself, which have no step. */
export const burstSteps = {
  /** A request of a second client while the first is throttled. */
  anotherClient: step('another client'),
  /** The first poll of a request that was submitted before the burst, no sooner than its Retry-After asked. */
  politePoll: step('polite'),
  /** A request after the wait that the last throttled answer asked for, and one after the same wait again. */
  afterWait: step('after Retry-After'),
  afterSecondWait: step('after Retry-After, again'),
};

/** Requests in flight. */
const width = 16;
/**
 * After the first throttled answer, in milliseconds: how long a lane that is throttled waits, how long the pressure is
 * kept up, and how long where no create was throttled yet.
 */
const pressure = { pauseMs: 50, shortestMs: 300, longestMs: 1500, untilCreatesMs: 5000 };
/** Requests of another client: one of them may find the token that has just come in. */
const otherClient = 6;
/** Milliseconds that the suite is ready to wait because a 429 asks for it. */
const longestWaitMs = 60_000;

/** Does the same in as many lanes as there are to be requests in flight. */
const inLanes = async (lane: () => Promise<void>): Promise<void> => {
  await Promise.all(Array.from({ length: width }, lane));
};

const askedWaitMs = (session: Session, exchange: Exchange | undefined): number | undefined =>
  exchange === undefined ? undefined : askedToWaitMs(exchange, session.date);

/** Undefined where the target lets nothing through: a limiter that is exhausted is what the burst is about. */
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

/** Undefined where no asynchronous request is taken. */
const watch = async (session: Session): Promise<Watched | undefined> => {
  if (session.binding === undefined) return undefined;
  const submitted = await unlessBlocked(session.submit(asyncCreate(session.userName())));
  if (submitted?.submission.accepted !== true) return undefined;
  return { submitted, dueAt: session.elapsed + (askedWaitMs(session, submitted.exchange) ?? 0) };
};

/** Keeps the limiter exhausted until creates were throttled, and a polite poll of the watched request is due. */
const press = async (session: Session, burst: BurstSender, watched: Watched | undefined): Promise<void> => {
  const from = session.elapsed;
  const until = Math.min(from + pressure.longestMs, Math.max(watched?.dueAt ?? 0, from + pressure.shortestMs));
  const isEnough = (): boolean =>
    burst.isOver ||
    session.elapsed >= from + pressure.untilCreatesMs ||
    (session.elapsed >= until && burst.hasThrottledCreates);
  await inLanes(async () => {
    // A lane that is not refused sends at once again: it asks for too little to see the limiter.
    while (!isEnough())
      if (isRefused(await burst.one())) await Promise.all([burst.insist(), session.pause(pressure.pauseMs)]);
  });
  await inLanes(async () => {
    await burst.one();
  });
};

/**
 * While the limiter is exhausted, the second client asks for something, and the watched request is polled. The first
 * client goes on beside them: it takes what comes in meanwhile, where both clients have one limiter.
 */
const askBeside = async (session: Session, burst: BurstSender, watched: Watched | undefined): Promise<void> => {
  const askAsOther = (): Promise<Exchange> =>
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
    ...Array.from({ length: others }, () => [burst.one(), burst.one(), askAsOther()]).flat(),
    watched !== undefined && session.elapsed >= watched.dueAt
      ? unlessBlocked(session.look(watched.submitted.submission, poll))
      : undefined,
  ]);
};

/** One request after the wait that was asked for, and where that is throttled, one more after the same wait again. */
const comeBack = async (session: Session, { lastThrottled }: BurstSender): Promise<void> => {
  const wait = askedWaitMs(session, lastThrottled);
  if (lastThrottled === undefined || wait === undefined || wait > longestWaitMs) return;
  for (const variant of [burstSteps.afterWait, burstSteps.afterSecondWait]) {
    await session.pause(wait);
    const exchange = await session.attempt({
      method: 'GET',
      url: '/Users?startIndex=1&count=1',
      purpose: 'burst',
      variant,
      once: true,
    });
    if (!isAnswered(exchange) || !isThrottled(exchange)) return;
  }
};

/** Follows what was accepted to its end, and looks for what was throttled. */
const lookAfterwards = async (session: Session, burst: BurstSender, watched: Watched | undefined): Promise<void> => {
  await inParallel(burst.accepted, width, async (submitted) => {
    await session.settle(submitted);
  });
  if (watched !== undefined) await session.settle(watched.submitted);
  const { sync, async } = burst.throttledNames;
  for (const names of [sync, async])
    for (const userName of names.slice(0, throttledSample / 2)) await session.find(userName);
};

export const burst = defineScenario({
  name: 'burst',
  title: 'sends requests until the target throttles',
  alone: true,
  exercise: async (_input, session) => {
    if (session.burstBudget === 0) throw new Blocked('no-burst', 'No burst was made, because --burst is 0.');
    const watched = await watch(session);
    const begun = session.elapsed;
    const made = new BurstSender(session);
    await inLanes(async () => {
      while (made.refused === undefined && !made.isOver) await made.one();
    });
    if (made.refused !== undefined) {
      await press(session, made, watched);
      await askBeside(session, made, watched);
      await comeBack(session, made);
    }
    await lookAfterwards(session, made, watched);
    if (made.refused === undefined) {
      const seconds = ((session.elapsed - begun) / 1000).toFixed(1);
      throw new Blocked(
        'never-throttled',
        `The target never throttled: ${made.sent} requests, ${width} at a time, were all admitted within ${seconds} s (--burst N allows more).`,
      );
    }
  },
});
