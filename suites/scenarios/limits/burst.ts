/**
 * Sends requests as fast as it can until the target throttles or the budget ends, keeps up the pressure for a moment,
 * and then waits as long as it is asked to. Run alone: while a limiter is exhausted, nothing else can be judged.
 */
import { urn } from '../../../schemas/names.js';
import { inParallel } from '../../concurrency/in-parallel.js';
import type { Exchange } from '../../../schemas/types.js';
import { askedToWaitMs } from '../../session/exchange-sender.js';
import { Blocked, type Session, type SubmitPlan, type Submitted } from '../../session/session.js';
import { servedBindings } from '../../target/served-bindings.js';
import { isAnswered } from '../../trace/trace.js';
import { isThrottled } from '../../trace/trace-view.js';
import { asyncCreate } from '../request-mode/async-user.js';
import { bulkPlan } from '../bulk/bulk-plan.js';
import { defineScenario } from '../scenario.js';

/** Requests in flight. */
const width = 16;
/** One request in so many is a create, the others are reads: enough to see, not much to clean up. */
const createEvery = 10;
/** One request in so many is an asynchronous bulk request, so that the queue fills, too. */
const workEvery = 4;
/** After the first throttled answer: requests of a wave, and milliseconds between waves and in all. */
const pressure = { wave: 16, pauseMs: 50, shortestMs: 300, longestMs: 1500 };
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
  readonly throttledNames: string[] = [];
  sent = 0;
  /** Requests that were admitted before the first that was not. */
  admittedAtFirst = 0;
  refused: Exchange | undefined;
  private last: Exchange | undefined;
  private asked = 0;

  constructor(private readonly session: Session) {}

  get isOver(): boolean {
    return this.sent >= this.session.burstBudget;
  }

  /** The newest throttled answer. */
  get lastThrottled(): Exchange | undefined {
    return this.last;
  }

  async one(): Promise<void> {
    this.sent += 1;
    const exchange =
      this.sent % createEvery === 0
        ? await this.create()
        : this.sent % workEvery === 0 && this.session.binding !== undefined && this.session.facts.capabilities.bulk
          ? await this.work()
          : await this.read();
    if (isRefused(exchange)) this.refused ??= exchange;
    if (this.refused === undefined) this.admittedAtFirst += 1;
    if (isAnswered(exchange) && isThrottled(exchange)) this.last = exchange;
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
    const isAsync = this.session.binding !== undefined && this.sent % (2 * createEvery) === 0;
    const plan = asyncCreate(userName, { purpose: 'burst' });
    const { exchange, submitted } = isAsync
      ? await this.session.submitOnce({ ...plan, ...this.nextBinding() })
      : { exchange: await this.session.attempt({ ...plan, purpose: 'burst', once: true }), submitted: undefined };
    if (submitted !== undefined) this.accepted.push(submitted);
    else if (isAnswered(exchange) && isThrottled(exchange)) this.throttledNames.push(userName);
    return exchange;
  }
}

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

/** Keeps the limiter exhausted until a polite poll of the watched request is due. */
const press = async (session: Session, burst: Burst, dueAt: number): Promise<void> => {
  const from = session.elapsed;
  const until = Math.min(from + pressure.longestMs, Math.max(dueAt, from + pressure.shortestMs));
  while (session.elapsed < until && !burst.isOver) {
    const before = burst.lastThrottled;
    await Promise.all(Array.from({ length: pressure.wave }, () => burst.one()));
    // Who is not throttled asks for too little to see the limiter.
    if (burst.lastThrottled !== before) await session.pause(pressure.pauseMs);
  }
  await Promise.all(Array.from({ length: pressure.wave }, () => burst.one()));
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
    const lanes = Array.from({ length: width }, (_, lane) => lane);
    await inParallel(lanes, width, async () => {
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
    for (const userName of made.throttledNames.slice(0, sample)) await session.find(userName);
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
