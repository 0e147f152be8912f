/**
 * Sends requests as fast as it can until the target throttles or the budget ends, keeps up the pressure for a moment,
 * and then waits as long as it is asked to. Run alone: while a limiter is exhausted, nothing else can be judged.
 */
import { urn } from '../../../schemas/names.js';
import { inParallel } from '../../concurrency/in-parallel.js';
import type { Exchange } from '../../../schemas/types.js';
import { askedToWaitMs } from '../../session/exchange-sender.js';
import { Blocked, type Session, type SubmitPlan, type Submitted } from '../../session/session.js';
import { servedBindings } from '../../provider/served-bindings.js';
import { isAnswered } from '../../trace/trace.js';
import { isThrottled } from '../../trace/answers.js';
import { asyncCreate } from '../../session/async-create.js';
import { bulkPlan } from '../building-blocks/bulk-plan.js';
import { defineScenario } from '../../definitions/scenario.js';

/** Requests in flight. */
const width = 16;
/** One request in so many is a create, the others are reads: enough to see, not much to clean up. */
const createEvery = 10;
/** One request in so many is an asynchronous bulk request, so that the queue fills, too. */
const workEvery = 4;
/**
 * After the first throttled answer, in milliseconds: how long who is throttled waits, how long the pressure is kept up,
 * and how long where no create was throttled yet.
 */
const pressure = { pauseMs: 50, shortestMs: 300, longestMs: 1500, untilCreatesMs: 5000 };
/** Requests of another client: one of them may find the token that has just come in. */
const otherClient = 6;
/** Throttled creates whose effect is looked for. */
const sample = 8;
/** Milliseconds that the suite is ready to wait because a 429 asks for it. */
const longestWaitMs = 60_000;

/** Whether an exchange shows that the target has enough: throttled, failing, or gone. */
const isRefused = (exchange: Exchange): boolean =>
  !isAnswered(exchange) || isThrottled(exchange) || exchange.response.status >= 500;

class Burst {
  readonly accepted: Submitted[] = [];
  /** Names of creates that were throttled, by the way that they were to be done. */
  readonly throttledNames = { sync: [] as string[], async: [] as string[] };
  sent = 0;
  /** Requests that were admitted before the first that was not. */
  admittedAtFirst = 0;
  refused: Exchange | undefined;
  /** The newest throttled answer. */
  lastThrottled: Exchange | undefined;
  private asked = 0;
  private creates = 0;

  constructor(private readonly session: Session) {}

  get isOver(): boolean {
    return this.sent >= this.session.burstBudget;
  }

  /** Whether creates of every kind that there is were throttled: their effect can be looked for. */
  get hasThrottledCreates(): boolean {
    const { sync, async } = this.throttledNames;
    return sync.length > 0 && (async.length > 0 || this.session.binding === undefined);
  }

  /** The next request of the mixture. */
  one(): Promise<Exchange> {
    const place = this.sent + 1;
    if (place % createEvery === 0) return this.count(this.create());
    const canWork = this.session.binding !== undefined && this.session.facts.capabilities.bulk;
    return this.count(place % workEvery === 0 && canWork ? this.work() : this.read());
  }

  /** A create, as long as too few were throttled: who was throttled just now, is likely to be throttled again. */
  async insist(): Promise<void> {
    const { sync, async } = this.throttledNames;
    if (!this.isOver && sync.length + async.length < sample) await this.count(this.create());
  }

  private async count(sending: Promise<Exchange>): Promise<Exchange> {
    this.sent += 1;
    const exchange = await sending;
    if (isRefused(exchange)) this.refused ??= exchange;
    if (this.refused === undefined) this.admittedAtFirst += 1;
    if (isAnswered(exchange) && isThrottled(exchange)) this.lastThrottled = exchange;
    return exchange;
  }

  private read(): Promise<Exchange> {
    return this.session.attempt({ method: 'GET', url: '/Users?startIndex=1&count=1', purpose: 'burst', once: true });
  }

  /** Work for the provider that leaves nothing behind: every operation fails. */
  private async work(): Promise<Exchange> {
    const operation = {
      method: 'POST',
      path: '/Users',
      expected: 'failure',
      status: '400',
      data: { schemas: [urn.user] },
    } as const;
    const plan = bulkPlan([
      { ...operation, bulkId: 'a' },
      { ...operation, bulkId: 'b' },
    ]);
    const { exchange, submitted } = await this.session.submitOnce({ ...plan, ...this.nextBinding(), purpose: 'burst' });
    if (submitted !== undefined) this.accepted.push(submitted);
    return exchange;
  }

  /** A limiter is one for all: the bindings that there are take turns. */
  private nextBinding(): Pick<SubmitPlan, 'over'> {
    const served = servedBindings(this.session.facts);
    const over = served[(this.asked += 1) % served.length];
    return over === undefined ? {} : { over };
  }

  private async create(): Promise<Exchange> {
    const userName = this.session.userName();
    // Every other one synchronously: a limiter may come too late for the one kind and in time for the other.
    const isAsync = this.session.binding !== undefined && (this.creates += 1) % 2 === 0;
    const plan = asyncCreate(userName, { purpose: 'burst' });
    const { exchange, submitted } = isAsync
      ? await this.session.submitOnce({ ...plan, ...this.nextBinding() })
      : { exchange: await this.session.attempt({ ...plan, purpose: 'burst', once: true }), submitted: undefined };
    if (submitted !== undefined) this.accepted.push(submitted);
    else if (isAnswered(exchange) && isThrottled(exchange))
      this.throttledNames[isAsync ? 'async' : 'sync'].push(userName);
    return exchange;
  }
}

/** Does the same in as many lanes as there are to be requests in flight. */
const inLanes = async (lane: () => Promise<void>): Promise<void> => {
  await Promise.all(Array.from({ length: width }, lane));
};

const askedWaitMs = (exchange: Exchange | undefined): number | undefined =>
  exchange === undefined ? undefined : askedToWaitMs(exchange, new Date());

/** A request whose status is polled politely during the burst; undefined where none is taken. */
const watch = async (session: Session): Promise<Submitted | undefined> => {
  if (session.binding === undefined) return undefined;
  try {
    return await session.submit(asyncCreate(session.userName()));
  } catch (error) {
    // A limiter that is exhausted already is what the burst is about.
    if (error instanceof Blocked) return undefined;
    throw error;
  }
};

/** Keeps the limiter exhausted until creates were throttled, and a polite poll of the watched request is due. */
const press = async (session: Session, burst: Burst, dueAt: number): Promise<void> => {
  const from = session.elapsed;
  const until = Math.min(from + pressure.longestMs, Math.max(dueAt, from + pressure.shortestMs));
  const isEnough = (): boolean =>
    burst.isOver ||
    session.elapsed >= from + pressure.untilCreatesMs ||
    (session.elapsed >= until && burst.hasThrottledCreates);
  await inLanes(async () => {
    // Who is not refused asks for too little to see the limiter.
    while (!isEnough())
      if (isRefused(await burst.one())) await Promise.all([burst.insist(), session.pause(pressure.pauseMs)]);
  });
  await inLanes(async () => {
    await burst.one();
  });
};

export const burst = defineScenario({
  name: 'burst',
  title: 'sends requests until the target throttles',
  alone: true,
  exercise: async (_input, session) => {
    if (session.burstBudget === 0) throw new Blocked('No burst was made, because --burst is 0.');
    const watched = await watch(session);
    const dueAt = session.elapsed + (askedWaitMs(watched?.exchange) ?? 0);

    const begun = session.elapsed;
    const made = new Burst(session);
    await inLanes(async () => {
      while (made.refused === undefined && !made.isOver) await made.one();
    });
    if (made.refused !== undefined) {
      await press(session, made, dueAt);
      // The first client goes on beside the other: it takes what comes in meanwhile, where both have one limiter.
      const askAsOther = (): Promise<Exchange> =>
        session.attempt({
          method: 'GET',
          url: '/Users?startIndex=1&count=1',
          purpose: 'burst',
          credential: 'second',
          variant: 'another client',
          once: true,
        });
      const others = session.facts.secondCredential ? Math.min(otherClient, made.admittedAtFirst) : 0;
      await Promise.all([
        ...Array.from({ length: others }, () => [made.one(), made.one(), askAsOther()]).flat(),
        watched?.submission.accepted === true && session.elapsed >= dueAt
          ? session.look(watched.submission, { purpose: 'poll', variant: 'polite', once: true }).catch(() => undefined)
          : undefined,
      ]);
      await comeBack(session, made);
    }
    await inParallel(made.accepted, width, async (submitted) => {
      await session.settle(submitted);
    });
    if (watched?.submission.accepted === true) await session.settle(watched);
    const { sync, async } = made.throttledNames;
    for (const names of [sync, async]) for (const userName of names.slice(0, sample / 2)) await session.find(userName);
    if (made.refused === undefined) {
      const seconds = ((session.elapsed - begun) / 1000).toFixed(1);
      throw new Blocked(
        `The target never throttled: ${made.sent} requests, ${width} at a time, were all admitted within ${seconds} s (--burst N allows more).`,
      );
    }
  },
});

/** One request after the wait that was asked for, and where that is throttled, one more after the same wait again. */
const comeBack = async (session: Session, { lastThrottled }: Burst): Promise<void> => {
  const wait = askedWaitMs(lastThrottled);
  if (lastThrottled === undefined || wait === undefined || wait > longestWaitMs) return;
  for (const variant of ['after Retry-After', 'after Retry-After, again']) {
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
