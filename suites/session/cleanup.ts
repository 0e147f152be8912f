/**
 * Remembers everything that a run may have created on the target and takes it away again: what has a URL is
 * deleted, and a user of whom only the name is known is looked for first. The target is somebody's, and real.
 */
import { inParallel } from '../concurrency/in-parallel.js';
import type { Exchange } from '../../schemas/types.js';
import { isObject, responseObject } from '../trace/message.js';

export interface CleanupClient {
  /** GET or DELETE of an absolute URL with the first credential; obeys throttling. */
  request(method: 'GET' | 'DELETE', url: string): Promise<Exchange>;
  /** Finds users by exact userName; URLs. Undefined where the target cannot be asked. */
  find(userName: string): Promise<readonly string[] | undefined>;
  /** Finds whatever else of the run is left; URLs. Undefined where the target cannot be asked that. */
  findRest(): Promise<readonly string[] | undefined>;
  /** Waits a little for an asynchronous request to end, so that it creates nothing after the sweep. */
  awaitEnd(statusUrl: string): Promise<void>;
}

export class Cleanup {
  private readonly urls = new Set<string>();
  private readonly names = new Set<string>();
  private readonly found = new Set<string>();
  private readonly unsettled = new Set<string>();

  /** A user of this name was sent, and may exist from now on. */
  expect(userName: string): void {
    if (!this.found.has(userName)) this.names.add(userName);
  }

  /** An asynchronous request is under way, and may create until it is settled. */
  accepted(statusUrl: string): void {
    this.unsettled.add(statusUrl);
  }

  settled(statusUrl: string): void {
    this.unsettled.delete(statusUrl);
  }

  /** A resource exists at this URL; where it is a user of a known name, the name needs no search any more. */
  created(url: string, userName?: string): void {
    this.urls.add(url);
    if (userName === undefined) return;
    this.names.delete(userName);
    this.found.add(userName);
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
    await inParallel([...this.unsettled], width, signal, (statusUrl) => client.awaitEnd(statusUrl));
    await inParallel([...this.names], width, signal, async (name) => {
      const found = await client.find(name);
      if (found === undefined) leftovers.push(`a user ${name} may exist (the target could not be asked)`);
      else found.forEach((url) => this.urls.add(url));
      this.names.delete(name);
    });
    const deleteAll = (): Promise<void> =>
      inParallel([...this.urls], width, signal, async (url) => {
        const { response } = await client.request('DELETE', url);
        if (response === undefined || (response.status >= 300 && response.status !== 404)) leftovers.push(url);
        this.urls.delete(url);
      });
    await deleteAll();
    // A provider that confuses results hides what it created: nothing with the run's mark may stay.
    const rest = signal.aborted ? undefined : await client.findRest();
    rest?.filter((url) => !leftovers.includes(url)).forEach((url) => this.urls.add(url));
    await deleteAll();
    // What an abort kept from being tried.
    leftovers.push(...this.urls, ...[...this.names].map((name) => `a user ${name} may exist`));
    this.urls.clear();
    this.names.clear();
    return leftovers;
  }
}

/** URLs of the users in a ListResponse (RFC 7644 §3.4.2) whose userName, in lower case, is wanted. */
export const usersWhere = (list: Exchange, wanted: (userName: string) => boolean, usersUrl: string): string[] => {
  const body = list.response?.status === 200 ? responseObject(list) : undefined;
  const resources = Array.isArray(body?.Resources) ? body.Resources.filter(isObject) : [];
  return resources
    .filter((user) => typeof user.userName === 'string' && wanted(user.userName.toLowerCase()))
    .flatMap((user) => (typeof user.id === 'string' ? [`${usersUrl}/${encodeURIComponent(user.id)}`] : []));
};
