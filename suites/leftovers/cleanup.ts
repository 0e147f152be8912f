/**
 * Remembers everything that a run may have created on the target, so that it can be taken away again. What an answer
 * says was created is a candidate, and no more: a provider that confuses its results names what is somebody else's.
 */
import { pathSegment } from '../bindings/locations.js';
import type { Exchange } from '../../schemas/types.js';
import type { BindingName } from '../contract/binding-name.js';
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

const keyOf = ({ location, observed }: UnderWay): string => location ?? observed.txn ?? '';

interface Named {
  readonly name: string;
  readonly endpoint: Endpoint;
}

export class Cleanup {
  /** What may have to be deleted, and the name that its own creation said it has. */
  private readonly urls = new Map<string, Named | undefined>();
  /** Where a resource of the run was seen by a read or in a list, and its name where that is known. */
  private readonly shown = new Map<string, string | undefined>();
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

  /** Whether an answer said that the run has created the resource at this URL, though it may be gone by now. */
  hasCreated(url: string): boolean {
    return this.everCreated.has(url);
  }

  /**
   * An answer says that a resource exists at this URL; where it shows the resource with a known name, that needs no
   * search any more.
   */
  created(url: string, name?: string): void {
    this.everCreated.add(url);
    const endpoint = name === undefined ? undefined : this.names.get(name);
    const named = name === undefined || endpoint === undefined ? undefined : { name, endpoint };
    this.urls.set(url, named ?? this.urls.get(url));
    if (name !== undefined) this.forgetName(name);
  }

  /** A read or a list showed a name of the run at this URL. */
  showed(url: string, name: string): void {
    this.shown.set(url, name);
  }

  /** A read showed at this URL what is not the run's. */
  showedAnother(url: string): void {
    this.shown.delete(url);
  }

  /** A resource of the run was found at this URL. */
  add(url: string): void {
    if (!this.urls.has(url)) this.urls.set(url, undefined);
    if (!this.shown.has(url)) this.shown.set(url, undefined);
  }

  /** The resource at this URL is gone. */
  deleted(url: string): void {
    const name = this.shown.get(url);
    if (name !== undefined) this.forgetName(name);
    this.urls.delete(url);
    this.shown.delete(url);
  }

  /** There is no resource of the run at this URL: what was said to be there has to be searched for. */
  refuted(url: string): void {
    const named = this.urls.get(url);
    this.urls.delete(url);
    this.shown.delete(url);
    if (named === undefined) return;
    this.found.delete(named.name);
    this.names.set(named.name, named.endpoint);
  }

  /** URLs that have to be deleted, and those of which only an answer says so. */
  remaining(): { own: string[]; candidates: string[] } {
    const urls = [...this.urls.keys()];
    return { own: urls.filter((url) => this.shown.has(url)), candidates: urls.filter((url) => !this.shown.has(url)) };
  }

  /** Whether a resource of the run was seen at this URL. */
  isOwn(url: string): boolean {
    return this.shown.has(url);
  }

  /** Names of what may exist, at a URL that is not known. */
  unfound(): [name: string, endpoint: Endpoint][] {
    const shown = new Set([...this.urls.keys()].map((url) => this.shown.get(url)));
    return [...this.names].filter(([name]) => !shown.has(name));
  }

  underWay(): UnderWay[] {
    return [...this.unsettled.values()];
  }

  endpoints(): Set<Endpoint> {
    const used = new Set<Endpoint>(['Users', ...this.names.values()]);
    for (const url of this.urls.keys()) if (/\/Groups\/[^/]*$/.test(url)) used.add('Groups');
    return used;
  }

  /** This name needs no search any more. */
  forgetName(name: string): void {
    this.names.delete(name);
    this.found.add(name);
  }

  /** Nothing unknown is left at this endpoint but what is still under way. */
  forget(endpoint: Endpoint): void {
    const pending = new Set(
      this.underWay().flatMap(({ observed }) => observed.operations.map((each) => each.userName)),
    );
    for (const [name, at] of this.names) if (at === endpoint && !pending.has(name)) this.names.delete(name);
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
