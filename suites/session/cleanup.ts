/**
 * Remembers everything that a run may have created on the target and takes it away again: what has a URL is
 * deleted, and a resource of which only the name is known is looked for first. The target is somebody's, and real.
 */
import { pathSegment } from '../bindings/locations.js';
import { inParallel } from '../concurrency/in-parallel.js';
import type { Exchange } from '../../schemas/types.js';
import type { BindingName } from '../catalogue/requirement.js';
import type { Observed } from '../bindings/binding.js';
import { isObject, responseObject } from '../trace/message.js';

/** The endpoints at which the suite creates, and the attribute that names what it creates there. */
export const namedBy = { Users: 'userName', Groups: 'displayName' } as const;

export type Endpoint = keyof typeof namedBy;

/** An asynchronous request that is under way. */
export interface UnderWay {
  readonly binding: BindingName;
  /** Where it is observed; undefined where its events are waited for. */
  readonly location: string | undefined;
  readonly observed: Observed;
}

export interface CleanupClient {
  /** GET or DELETE of an absolute URL with the first credential; obeys throttling. */
  request(method: 'GET' | 'DELETE', url: string): Promise<Exchange>;
  /** Finds resources by exact name; URLs. Undefined where the target cannot be asked. */
  find(endpoint: Endpoint, name: string): Promise<readonly string[] | undefined>;
  /** Finds whatever else of the run is left; URLs. Undefined where the target cannot be asked that. */
  findRest(endpoint: Endpoint): Promise<readonly string[] | undefined>;
  /** Waits a little for an asynchronous request to end, so that it creates nothing after the sweep. */
  awaitEnd(request: UnderWay): Promise<void>;
}

/** Milliseconds for which requests that are still under way are waited for, all together. */
const awaitEndsMs = 10_000;

const keyOf = ({ location, observed }: UnderWay): string => location ?? observed.txn ?? '';

export class Cleanup {
  private readonly urls = new Set<string>();
  private readonly names = new Map<string, Endpoint>();
  private readonly found = new Set<string>();
  private readonly unsettled = new Map<string, UnderWay>();
  private readonly everCreated = new Set<string>();

  /** A resource of this name was sent, and may exist from now on. Names are unique in a run. */
  expect(endpoint: Endpoint, name: string): void {
    if (!this.found.has(name)) this.names.set(name, endpoint);
  }

  /** An asynchronous request is under way, and may create until it is settled. */
  accepted(request: UnderWay): void {
    this.unsettled.set(keyOf(request), request);
  }

  settled(request: UnderWay): void {
    this.unsettled.delete(keyOf(request));
  }

  /** Whether the run has created the resource at this URL, though it may be gone by now. */
  hasCreated(url: string): boolean {
    return this.everCreated.has(url);
  }

  /** A resource exists at this URL; where it bears a known name, that needs no search any more. */
  created(url: string, name?: string): void {
    this.urls.add(url);
    this.everCreated.add(url);
    if (name === undefined) return;
    this.names.delete(name);
    this.found.add(name);
  }

  /** The resource at this URL is gone. */
  deleted(url: string): void {
    this.urls.delete(url);
  }

  /**
   * Deletes what is left, `width` at a time, until `signal` aborts. Returns the URLs and names that could not be
   * deleted or of which nothing could be learnt.
   */
  async sweep(client: CleanupClient, width: number, signal: AbortSignal): Promise<string[]> {
    const leftovers: string[] = [];
    const usedEndpoints = new Set<Endpoint>(['Users', ...this.names.values()]);
    for (const url of this.urls) if (/\/Groups\/[^/]*$/.test(url)) usedEndpoints.add('Groups');
    // A target that completes nothing must not use up the time in which what it made can be deleted.
    const patience = AbortSignal.any([signal, AbortSignal.timeout(awaitEndsMs)]);
    await inParallel([...this.unsettled.values()], width, (request) => client.awaitEnd(request), patience);
    const findRest = async (): Promise<void> => {
      for (const endpoint of signal.aborted ? [] : usedEndpoints) {
        const rest = await client.findRest(endpoint);
        const known = [...this.urls].filter((url) => url.includes(`/${endpoint}/`));
        // A list that shows all that is known to exist is believed about the names of which nothing is known.
        const isWhole = rest !== undefined && known.length > 0 && known.every((url) => rest.includes(url));
        if (isWhole) this.forget(endpoint);
        rest?.filter((url) => !leftovers.includes(url)).forEach((url) => this.urls.add(url));
      }
    };
    await findRest();
    await inParallel(
      [...this.names],
      width,
      async ([name, endpoint]) => {
        const found = await client.find(endpoint, name);
        if (found === undefined) leftovers.push(`${endpoint}: ${name} may exist (the target could not be asked)`);
        else found.forEach((url) => this.urls.add(url));
        this.names.delete(name);
      },
      signal,
    );
    const deleteAll = (): Promise<void> =>
      inParallel(
        [...this.urls],
        width,
        async (url) => {
          const { response } = await client.request('DELETE', url);
          if (response === undefined || (response.status >= 300 && response.status !== 404)) leftovers.push(url);
          this.urls.delete(url);
        },
        signal,
      );
    await deleteAll();
    // A provider that confuses results hides what it created: nothing with the run's mark may stay.
    await findRest();
    await deleteAll();
    // What an abort kept from being tried.
    leftovers.push(...this.urls, ...[...this.names].map(([name, endpoint]) => `${endpoint}: ${name} may exist`));
    this.urls.clear();
    this.names.clear();
    return leftovers;
  }

  private forget(endpoint: Endpoint): void {
    for (const [name, at] of this.names) if (at === endpoint) this.names.delete(name);
  }
}

/** URLs of the resources in a ListResponse (RFC 7644 §3.4.2) whose name, in lower case, is wanted. */
export const namedWhere = (
  list: Exchange,
  endpoint: Endpoint,
  wanted: (name: string) => boolean,
  endpointUrl: string,
): string[] => {
  const body = list.response?.status === 200 ? responseObject(list) : undefined;
  const resources = Array.isArray(body?.Resources) ? body.Resources.filter(isObject) : [];
  return resources
    .filter((resource) => {
      const name = resource[namedBy[endpoint]];
      return typeof name === 'string' && wanted(name.toLowerCase());
    })
    .flatMap(({ id }) => (typeof id === 'string' ? [`${endpointUrl}/${pathSegment(id)}`] : []));
};
