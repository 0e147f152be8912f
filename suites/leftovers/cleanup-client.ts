/** What cleaning up asks of the target, as an interface: a sweep can be tried without one. */
import type { Clock, Deadline } from '../client/clock.js';
import type { Exchange } from '../../schemas/types.js';
import type { Endpoint, UnderWay } from './cleanup.js';
import type { Sighting } from './ownership.js';

/** What bears the mark of a run at an endpoint. */
export interface Listing {
  readonly urls: readonly string[];
  /** Whether the list was read to its end. */
  readonly isWhole: boolean;
}

/** Every one of them may throw Blocked. */
export interface CleanupClient {
  /** DELETE of an absolute URL with the first credential; obeys throttling. */
  delete(url: string): Promise<Exchange>;
  /** Deletes several in one request; absent where that is not to be tried. */
  readonly together?: {
    /** Two or more. */
    readonly most: number;
    /** Absolute URLs; returns those that are said to be gone. */
    delete(urls: readonly string[]): Promise<readonly string[]>;
  };
  /** Reads what is at a URL. */
  whose(url: string): Promise<Sighting>;
  /** Finds resources by exact name; URLs. Undefined where the target cannot be asked. */
  find(endpoint: Endpoint, name: string): Promise<readonly string[] | undefined>;
  /** Finds whatever else of the run is left. Undefined where the target cannot be asked that. */
  findRest(endpoint: Endpoint): Promise<Listing | undefined>;
  /** Reads all that there is, where nothing can be searched for; undefined where it can. */
  readAll(endpoint: Endpoint): Promise<Listing | undefined>;
  /** Waits a little for an asynchronous request to end; whether it is known to be under way still. */
  awaitEnd(request: UnderWay, signal: AbortSignal): Promise<boolean>;
}

/** How long cleaning up may take. */
export interface Patience extends Pick<Deadline, 'signal' | 'left'> {
  readonly clock: Clock;
}
