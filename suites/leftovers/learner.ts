/** Learns from requests and answers which resources exist on the target, so that the cleanup can delete them. */
import { header, urn } from '../../schemas/names.js';
import type { Submission } from '../../schemas/types.js';
import type { OperationResult } from '../bindings/binding.js';
import { operationResults } from '../bindings/operation-result.js';
import { resolveLocation, pathSegment } from '../bindings/locations.js';
import { isObject, responseHeader, responseObject } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';
import type { Cleanup } from './cleanup.js';
import { clientOf, type Client } from './creators.js';
import { markOf, ownNameIn, sightingOf } from './ownership.js';

export interface LearnerOptions {
  /** The run whose mark the resources carry. */
  readonly run: string;
  readonly baseUrl: string;
  readonly cleanup: Cleanup;
}

export class Learner {
  private readonly mark: string;
  private readonly names: RegExp;

  constructor(private readonly options: LearnerOptions) {
    this.mark = markOf(options.run);
    // Quotes and colons are matched loosely, because the target may accept broken JSON.
    this.names = new RegExp(
      `userName\\W{1,6}(${this.mark}\\d+@example\\.com)|displayName\\W{1,6}(${this.mark}\\d+)\\b`,
      'gi',
    );
  }

  /** Takes the names that a request may create from its body, before a client sends it. */
  sent(body: string, client: Client): void {
    if (!body.toLowerCase().includes(this.mark)) return;
    const { cleanup } = this.options;
    for (const [, user, group] of body.matchAll(this.names)) {
      if (user !== undefined) cleanup.expect('Users', user);
      if (group !== undefined) cleanup.expect('Groups', group);
      const name = user ?? group;
      if (name !== undefined) cleanup.creators.sends(name, client);
    }
  }

  /** Learns from an answer what exists now, or is deleted. */
  answered(exchange: Answered): void {
    const { method, url } = exchange.request;
    const { status } = exchange.response;
    if (exchange.purpose === 'webhook') this.webhook(exchange);
    else if (method === 'DELETE' && [204, 404, 410].includes(status)) this.options.cleanup.deleted(url);
    if (method === 'GET' && status === 200) this.read(exchange);
    if (method === 'POST' && exchange.purpose !== 'webhook') this.posted(exchange);
  }

  private registeredUrl(exchange: Answered): string | undefined {
    const location = responseHeader(exchange, header.location);
    const id = responseObject(exchange)?.id;
    if (location !== undefined) return resolveLocation(location, exchange.request.url);
    return typeof id === 'string' ? `${exchange.request.url}/${pathSegment(id)}` : undefined;
  }

  /** A webhook is no resource: it has no name, and it is deleted at the URL that the answer to its registration gave. */
  private webhook(exchange: Answered): void {
    const { method, url } = exchange.request;
    const { status } = exchange.response;
    const { webhooks } = this.options.cleanup;
    if (method === 'DELETE' && status < 300) webhooks.delete(url);
    const registered = method === 'POST' && status < 300 ? this.registeredUrl(exchange) : undefined;
    if (registered !== undefined) webhooks.add(registered);
  }

  /** Learns from the results of a completed submission. */
  settled({ operations, location }: Submission, results: readonly OperationResult[]): void {
    const { baseUrl, cleanup } = this.options;
    for (const result of results)
      this.created([result], location ?? baseUrl, cleanup.creators.of(operations[result.index]?.userName ?? ''));
    for (const { index, status } of results) {
      const operation = operations[index];
      if (operation?.method === 'DELETE' && status === '204') cleanup.deleted(`${baseUrl}${operation.path}`);
    }
  }

  /** Learns from results of requests of one client; their locations are relative to this URL. */
  created(results: readonly OperationResult[], requestUrl: string, client: Client = 'primary'): void {
    const { cleanup } = this.options;
    for (const result of results) {
      if (result.status !== '201' || result.location === undefined) continue;
      // A result gives only the URL, so that the name of the resource is still unknown.
      const location = resolveLocation(result.location, requestUrl);
      if (location === undefined) continue;
      cleanup.created(location);
      cleanup.creators.owns(location, client);
    }
  }

  private posted(exchange: Answered): void {
    const { cleanup } = this.options;
    const client = clientOf(exchange.credential);
    const { url } = exchange.request;
    const { status, truncated } = exchange.response;
    const body = responseObject(exchange);
    if (status === 201 && (truncated || typeof body?.id !== 'string')) this.createdUnread(exchange);
    if (body === undefined) return;
    if (status === 201 && typeof body.id === 'string') {
      const name = [body.userName, body.displayName].find((each): each is string => typeof each === 'string');
      const created = `${url}/${pathSegment(body.id)}`;
      cleanup.created(created, name);
      cleanup.creators.owns(created, client);
    }
    if (status === 200 && Array.isArray(body.schemas) && body.schemas.includes(urn.bulkResponse))
      this.created(operationResults(body), url, client);
  }

  /** Uses the Location if the body does not show the id, for example because it was too long to be read. */
  private createdUnread(exchange: Answered): void {
    const location = responseHeader(exchange, header.location);
    const url = location === undefined ? undefined : resolveLocation(location, exchange.request.url);
    if (url === undefined) return;
    this.options.cleanup.created(url);
    this.options.cleanup.creators.owns(url, clientOf(exchange.credential));
  }

  /** Learns from an answer to GET, which shows one resource or a list of them (RFC 7644 §3.4.2). */
  private read(exchange: Answered): void {
    const { run, cleanup } = this.options;
    const { url } = exchange.request;
    const listed = responseObject(exchange)?.Resources;
    const sighting = sightingOf(exchange, run);
    if (sighting.owner === 'this run') this.showed(url, sighting.name);
    if (sighting.owner === 'other') cleanup.showedAnother(url);
    const [endpointUrl] = url.split('?', 1);
    for (const resource of Array.isArray(listed) ? listed.filter(isObject) : []) {
      const name = ownNameIn(resource, run);
      if (name !== undefined && typeof resource.id === 'string')
        this.showed(`${endpointUrl}/${pathSegment(resource.id)}`, name);
    }
  }

  private showed(url: string, name: string): void {
    const { cleanup } = this.options;
    cleanup.showed(url, name);
    cleanup.creators.owns(url, cleanup.creators.of(name));
  }
}
