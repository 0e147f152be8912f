/** Learns from what is sent and answered what exists on the target, so that it can be taken away again. */
import { header, urn } from '../../schemas/names.js';
import type { Submission } from '../../schemas/types.js';
import type { OperationResult } from '../bindings/binding.js';
import { operationResults } from '../bindings/operation-result.js';
import { resolveLocation, pathSegment } from '../bindings/locations.js';
import { isObject, responseHeader, responseObject } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';
import type { Cleanup } from './cleanup.js';
import { markOf, ownNameIn, sightingOf } from './ownership.js';

export interface LearnerOptions {
  /** Whose mark the resources bear. */
  readonly run: string;
  readonly baseUrl: string;
  readonly cleanup: Cleanup;
}

export class Learner {
  private readonly mark: string;
  private readonly names: RegExp;

  constructor(private readonly options: LearnerOptions) {
    this.mark = markOf(options.run);
    // Loose about quotes and colons: broken JSON may be taken for whole by the target.
    this.names = new RegExp(
      `userName\\W{1,6}(${this.mark}\\d+@example\\.com)|displayName\\W{1,6}(${this.mark}\\d+)\\b`,
      'g',
    );
  }

  /** The body of a request that is about to be sent: the names that it may create. */
  sent(body: string): void {
    if (!body.includes(this.mark)) return;
    const { cleanup } = this.options;
    for (const [, user, group] of body.matchAll(this.names)) {
      if (user !== undefined) cleanup.expect('Users', user);
      if (group !== undefined) cleanup.expect('Groups', group);
    }
  }

  /** What an answer says exists now, or is gone. */
  answered(exchange: Answered): void {
    const { method, url } = exchange.request;
    const { status } = exchange.response;
    if (method === 'DELETE' && [204, 404, 410].includes(status)) this.options.cleanup.deleted(url);
    if (method === 'GET' && status === 200) this.read(exchange);
    if (method === 'POST') this.posted(exchange);
  }

  /** What a completed submission did. */
  settled({ operations, location }: Submission, results: readonly OperationResult[]): void {
    const { baseUrl, cleanup } = this.options;
    this.created(results, location ?? baseUrl);
    for (const { index, status } of results) {
      const operation = operations[index];
      if (operation?.method === 'DELETE' && status === '204') cleanup.deleted(`${baseUrl}${operation.path}`);
    }
  }

  /** What a request did of which nothing is known but its results, whose locations are relative to this URL. */
  created(results: readonly OperationResult[], requestUrl: string): void {
    for (const result of results) {
      if (result.status !== '201' || result.location === undefined) continue;
      // A result names a place, and shows nothing of what is there: its name is still to be seen.
      const location = resolveLocation(result.location, requestUrl);
      if (location !== undefined) this.options.cleanup.created(location);
    }
  }

  private posted(exchange: Answered): void {
    const { cleanup } = this.options;
    const { url } = exchange.request;
    const { status, truncated } = exchange.response;
    if (status === 201 && truncated) this.createdUnread(exchange);
    const body = responseObject(exchange);
    if (body === undefined) return;
    if (status === 201 && typeof body.id === 'string') {
      const name = [body.userName, body.displayName].find((each): each is string => typeof each === 'string');
      cleanup.created(`${url}/${pathSegment(body.id)}`, name);
    }
    if (status === 200 && Array.isArray(body.schemas) && body.schemas.includes(urn.bulkResponse))
      this.created(operationResults(body), url);
  }

  /** The Location is known even where the body was too long. */
  private createdUnread(exchange: Answered): void {
    const location = responseHeader(exchange, header.location);
    const url = location === undefined ? undefined : resolveLocation(location, exchange.request.url);
    if (url !== undefined) this.options.cleanup.created(url);
  }

  /** What an answer to GET shows at its URL or, as a list, at the URLs of its resources (RFC 7644 §3.4.2). */
  private read(exchange: Answered): void {
    const { run, cleanup } = this.options;
    const { url } = exchange.request;
    const listed = responseObject(exchange)?.Resources;
    const sighting = sightingOf(exchange, run);
    if (sighting.whose === 'ours') cleanup.showed(url, sighting.name);
    if (sighting.whose === 'foreign') cleanup.showedAnother(url);
    const [endpointUrl] = url.split('?', 1);
    for (const resource of Array.isArray(listed) ? listed.filter(isObject) : []) {
      const name = ownNameIn(resource, run);
      if (name !== undefined && typeof resource.id === 'string')
        cleanup.showed(`${endpointUrl}/${pathSegment(resource.id)}`, name);
    }
  }
}
