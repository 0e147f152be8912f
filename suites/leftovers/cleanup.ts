/**
 * Remembers everything that a run may have created on the target, so that it can be deleted again. A URL that only an
 * answer reports as created is just a candidate: a faulty provider may report the URL of somebody else's resource.
 */
import { pathSegment } from '../bindings/locations.js';
import type { Exchange } from '../../schemas/types.js';
import type { BindingName } from '../contract/binding-name.js';
import type { Observed } from '../bindings/binding.js';
import { isObject, responseObject } from '../trace/message.js';
import { Creators, type Client } from './creators.js';
import { InDoubt } from './last-look.js';
import { asOwnName } from './ownership.js';

/** The endpoints at which the suite creates resources, and the attribute that holds their name. */
export const namedBy = { Users: 'userName', Groups: 'displayName' } as const;

export type Endpoint = keyof typeof namedBy;

/** An asynchronous request that is still pending. */
export interface UnderWay {
  readonly binding: BindingName;
  /** The URL of its status resource; undefined if the suite waits for its events instead. */
  readonly location: string | undefined;
  readonly observed: Observed;
  /** The client that sent it; the first one if absent. */
  readonly client?: Client;
}

const keyOf = ({ location, observed }: UnderWay): string => location ?? observed.txn ?? '';

interface Named {
  readonly name: string;
  readonly endpoint: Endpoint;
}

export class Cleanup {
  /** URLs that may have to be deleted, each with the name that the answer to its creation gave. */
  private readonly urls = new Map<string, Named | undefined>();
  /** URLs at which a read or a list showed a resource of the run, each with its name if that is known. */
  private readonly shown = new Map<string, string | undefined>();
  private readonly names = new Map<string, Endpoint>();
  private readonly found = new Set<string>();
  private readonly unsettled = new Map<string, UnderWay>();
  private readonly everCreated = new Set<string>();
  /** URLs of the webhooks that the run has registered. */
  readonly webhooks = new Set<string>();
  /** Who asks for what. */
  readonly creators = new Creators();
  readonly inDoubt = new InDoubt();

  /** A request to create a resource with this name is sent: it may exist from now on. Names are unique in a run. */
  expect(endpoint: Endpoint, name: string): void {
    const own = asOwnName(name);
    if (!this.found.has(own)) this.names.set(own, endpoint);
  }

  /** An asynchronous request was accepted, and may create resources until it is settled. */
  accepted(request: UnderWay): void {
    this.unsettled.set(keyOf(request), request);
  }

  settled(request: UnderWay): void {
    this.unsettled.delete(keyOf(request));
  }

  /** Whether an answer reported that the run created the resource at this URL; it may be deleted by now. */
  hasCreated(url: string): boolean {
    return this.everCreated.has(url);
  }

  /**
   * An answer reports that a resource was created at this URL. If the answer also shows a known name, the cleanup need not
   * search for that name any more.
   */
  created(url: string, shown?: string): void {
    const name = shown === undefined ? undefined : asOwnName(shown);
    this.everCreated.add(url);
    const endpoint = name === undefined ? undefined : this.names.get(name);
    const named = name === undefined || endpoint === undefined ? undefined : { name, endpoint };
    this.urls.set(url, named ?? this.urls.get(url));
    if (name !== undefined) this.forgetName(name);
  }

  /** A read or a list showed a name of the run at this URL. */
  showed(url: string, name: string): void {
    this.shown.set(url, asOwnName(name));
  }

  /** A read showed at this URL a resource that the run did not create. */
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

  /** There is no resource of the run at this URL: its name has to be searched for. */
  refuted(url: string): void {
    const named = this.urls.get(url);
    this.urls.delete(url);
    this.shown.delete(url);
    if (named === undefined) return;
    this.found.delete(named.name);
    this.names.set(named.name, named.endpoint);
  }

  /** `own`: URLs that have to be deleted. `candidates`: URLs that only an answer reports as the run's. */
  remaining(): { own: string[]; candidates: string[] } {
    const urls = [...this.urls.keys()];
    return { own: urls.filter((url) => this.shown.has(url)), candidates: urls.filter((url) => !this.shown.has(url)) };
  }

  /** Whether a resource of the run was seen at this URL. */
  isOwn(url: string): boolean {
    return this.shown.has(url);
  }

  /** Names of resources that may exist at an unknown URL. */
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

  /** Forgets the names at this endpoint that are not found yet, except those of pending requests. */
  forget(endpoint: Endpoint): void {
    const pending = new Set(
      this.underWay().flatMap(({ observed }) => observed.operations.map((each) => asOwnName(each.userName ?? ''))),
    );
    for (const [name, at] of this.names) if (at === endpoint && !pending.has(name)) this.names.delete(name);
  }
}

/** URLs of the resources in a ListResponse (RFC 7644 §3.4.2) whose name, in the form of the suite's own names, is wanted. */
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
      return typeof name === 'string' && wanted(asOwnName(name));
    })
    .flatMap(({ id }) => (typeof id === 'string' ? [`${endpointUrl}/${pathSegment(id)}`] : []));
};
