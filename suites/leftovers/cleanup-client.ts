/** The requests of the cleanup, as an interface, so that a sweep can be tested without a target. */
import type { Clock, Deadline } from '../client/clock.js';
import type { Exchange } from '../../schemas/types.js';
import type { Endpoint, UnderWay } from './cleanup.js';
import type { Sighting } from './ownership.js';

/** The resources at an endpoint whose names carry the mark of a run. */
export interface Listing {
  readonly urls: readonly string[];
  /** Whether all pages of the list were read. */
  readonly isWhole: boolean;
}

/** Every method may throw Blocked. */
export interface CleanupClient {
  /** Sends DELETE to an absolute URL with the first credential; waits if the target throttles. */
  delete(url: string): Promise<Exchange>;
  /** Deletes several resources in one request; undefined if the target cannot do that. */
  readonly together?: {
    /** At most so many in one request: two or more. */
    readonly most: number;
    /** Takes absolute URLs; returns those that the target reports as deleted. */
    delete(urls: readonly string[]): Promise<readonly string[]>;
  };
  /** Reads the resource at a URL, to see whether the run created it. */
  findOwner(url: string): Promise<Sighting>;
  /** Returns the URLs of the resources with exactly this name; undefined if the target cannot be searched. */
  find(endpoint: Endpoint, name: string): Promise<readonly string[] | undefined>;
  /** Finds all resources of the run that are left. Undefined if the target cannot be searched for them. */
  findRest(endpoint: Endpoint): Promise<Listing | undefined>;
  /** Reads all resources, for a target that cannot be searched; undefined if it can be searched. */
  readAll(endpoint: Endpoint): Promise<Listing | undefined>;
  /** Waits a little for an asynchronous request to end; returns whether it is known to be still pending. */
  awaitEnd(request: UnderWay, signal: AbortSignal): Promise<boolean>;
}

/** How long cleaning up may take. */
export interface Patience extends Pick<Deadline, 'signal' | 'left'> {
  readonly clock: Clock;
}
