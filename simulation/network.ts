/**
 * The network of a simulation. Messages have different latencies, so that one can overtake another, and connections
 * break if a test asks for it. The seed decides which messages and when.
 */
import type { HandlerReply, Network } from '../suites/index.js';
import type { Chance } from './chance.js';
import type { VirtualClock } from './virtual-clock.js';

/** A failure of an exchange. */
export type Mishap =
  /** The connection is refused: the request does not arrive. */
  | 'refused'
  /** The connection is reset before the request arrives. */
  | 'reset'
  /** The request arrives and is processed, but the connection is reset before the response arrives. */
  | 'answer-lost'
  /** The connection closes in the middle of the response. */
  | 'cut'
  /** The request arrives and is processed, but no response arrives before the client stops waiting. */
  | 'silence';

export interface Trouble {
  readonly mishap: Mishap;
  /** Part of the exchanges that begin in this time, from 0 to 1. Default: all. */
  readonly share?: number;
  /** Only each exchange of this number in the order in which they begin, such as each third. Default: all. */
  readonly every?: number;
  /** Only exchanges that begin while so many others are under way. Default: all. */
  readonly besides?: number;
  /** Milliseconds from the beginning of the run. Default: 0. */
  readonly from?: number;
  /** Milliseconds from the beginning of the run. Default: no end. */
  readonly until?: number;
}

export interface NetworkOptions {
  /** Milliseconds that a message takes in one direction: at least `least`, and at most `least + spread`. */
  readonly latency?: { readonly least: number; readonly spread: number };
  /** Default: none. If several apply to an exchange, the first one happens. */
  readonly troubles?: readonly Trouble[];
}

/** Typical values of a data centre. */
const usualLatency = { least: 0.2, spread: 3 };

const words: Record<Exclude<Mishap, 'silence'>, string> = {
  refused: 'nothing listens there (connection refused)',
  reset: 'the connection was closed without an answer',
  'answer-lost': 'the connection was closed without an answer',
  cut: 'the connection was closed without a whole answer',
};

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

export const createNetwork = (
  clock: VirtualClock,
  chance: Chance,
  { latency: { least, spread } = usualLatency, troubles = [] }: NetworkOptions = {},
): Network => {
  const [latencies, mishaps] = [chance.of('latency'), chance.of('mishaps')];
  // Most messages are quick, and a few are slow.
  const latency = (): number => least + spread * latencies.number() ** 3;
  let [begun, underWay] = [0, 0];
  const befalls = ({ share = 1, every = 1, besides = 0, from = 0, until = Infinity }: Trouble): boolean =>
    clock.now() >= from &&
    clock.now() < until &&
    begun % every === 0 &&
    underWay > besides &&
    (share === 1 || mishaps.number() < share);
  return async (request, next) => {
    const arrived = clock.waitingFor(`${request.method} ${request.url}`);
    begun += 1;
    underWay += 1;
    try {
      const mishap = troubles.find(befalls)?.mishap;
      await clock.sleep(latency(), request.signal);
      if (mishap === 'refused') return { failure: words.refused, isUnsent: true };
      if (mishap === 'reset') return { failure: words.reset };
      const reply: HandlerReply = await next(request);
      if (mishap === 'silence') {
        await aborted(request.signal);
        return { failure: 'nobody waited for the answer any more' };
      }
      await clock.sleep(latency(), request.signal);
      return mishap === undefined ? reply : { failure: words[mishap] };
    } finally {
      underWay -= 1;
      arrived();
    }
  };
};
