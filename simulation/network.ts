/**
 * The network of a simulation: every message takes its time, so that one may overtake another, and connections break
 * where that is asked for. The seed decides which and when.
 */
import type { HandlerReply, Network } from '../suites/index.js';
import type { Chance } from './chance.js';
import type { VirtualClock } from './virtual-clock.js';

/** What befalls an exchange. */
export type Mishap =
  /** Nothing listens: the request does not arrive. */
  | 'refused'
  /** The connection is reset before the request arrives. */
  | 'reset'
  /** The request arrives and is done, and the connection is reset before the answer does. */
  | 'answer-lost'
  /** The connection ends within the answer. */
  | 'cut'
  /** The request arrives and is done, and nothing comes back for as long as anybody waits. */
  | 'silence';

export interface Trouble {
  readonly mishap: Mishap;
  /** Of the exchanges that are begun meanwhile, from 0 to 1; all where absent. */
  readonly share?: number;
  /** Milliseconds from the beginning of the run; from the beginning where absent. */
  readonly from?: number;
  /** For ever where absent. */
  readonly until?: number;
}

export interface NetworkOptions {
  /** Milliseconds that a message takes one way: at least so many, and at most as many more as `spread` says. */
  readonly latency?: { readonly least: number; readonly spread: number };
  /** None where absent. Of several that befall an exchange, the first does. */
  readonly troubles?: readonly Trouble[];
}

/** As in a data centre. */
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
  const befalls = ({ share = 1, from = 0, until = Infinity }: Trouble): boolean =>
    clock.now() >= from && clock.now() < until && (share === 1 || mishaps.number() < share);
  return async (request, next) => {
    const arrived = clock.waitingFor(`${request.method} ${request.url}`);
    try {
      const mishap = troubles.find(befalls)?.mishap;
      await clock.sleep(latency(), request.signal);
      if (mishap === 'refused' || mishap === 'reset') return { failure: words[mishap] };
      const reply: HandlerReply = await next(request);
      if (mishap === 'silence') {
        await aborted(request.signal);
        return { failure: 'nobody waited for the answer any more' };
      }
      await clock.sleep(latency(), request.signal);
      return mishap === undefined ? reply : { failure: words[mishap] };
    } finally {
      arrived();
    }
  };
};
