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

export interface Learner {
  /** Before a request is sent: the names that it may create. */
  sent(body: unknown): void;
  /** What an answer says exists now, or is gone. */
  answered(exchange: Answered): void;
  /** What a completed submission did. */
  settled(submission: Submission, results: readonly OperationResult[]): void;
  /** What a request did of which nothing is known but its results, whose locations are relative to this URL. */
  created(results: readonly OperationResult[], requestUrl: string): void;
}

/** For the resources that bear the mark of this run. */
export const createLearner = (run: string, baseUrl: string, cleanup: Cleanup): Learner => {
  // Loose about quotes and colons: broken JSON may be taken for whole by the target.
  const users = new RegExp(`userName\\W{1,6}(${markOf(run)}\\d+@example\\.com)`, 'g');
  const groups = new RegExp(`displayName\\W{1,6}(${markOf(run)}\\d+)\\b`, 'g');

  /** A result names a place, and shows nothing of what is there: its name is still to be seen. */
  const created = (results: readonly OperationResult[], requestUrl: string): void => {
    for (const result of results) {
      if (result.status !== '201' || result.location === undefined) continue;
      const location = resolveLocation(result.location, requestUrl);
      if (location !== undefined) cleanup.created(location);
    }
  };

  /** The Location is known even where the body was too long. */
  const createdUnread = (exchange: Answered): void => {
    const location = responseHeader(exchange, header.location);
    const url = location === undefined ? undefined : resolveLocation(location, exchange.request.url);
    if (url !== undefined) cleanup.created(url);
  };

  /** What an answer to GET shows at its URL or, as a list, at the URLs of its resources (RFC 7644 §3.4.2). */
  const read = (exchange: Answered): void => {
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
  };

  return {
    sent: (body) => {
      if (body === undefined) return;
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      for (const [, name] of text.matchAll(users)) if (name !== undefined) cleanup.expect('Users', name);
      for (const [, name] of text.matchAll(groups)) if (name !== undefined) cleanup.expect('Groups', name);
    },
    answered: (exchange) => {
      const { method, url } = exchange.request;
      const { status } = exchange.response;
      const body = responseObject(exchange);
      if (method === 'DELETE' && (status === 204 || status === 404 || status === 410)) cleanup.deleted(url);
      if (method === 'POST' && status === 201 && exchange.response.truncated) createdUnread(exchange);
      if (method === 'GET' && status === 200) read(exchange);
      if (method !== 'POST' || body === undefined) return;
      if (status === 201 && typeof body.id === 'string') {
        const name = [body.userName, body.displayName].find((each): each is string => typeof each === 'string');
        cleanup.created(`${url}/${pathSegment(body.id)}`, name);
      }
      if (status === 200 && Array.isArray(body.schemas) && body.schemas.includes(urn.bulkResponse)) {
        created(operationResults(body), url);
      }
    },
    settled: ({ operations, location = baseUrl }, results) => {
      created(results, location);
      for (const { index, status } of results) {
        const operation = operations[index];
        if (operation?.method === 'DELETE' && status === '204') cleanup.deleted(`${baseUrl}${operation.path}`);
      }
    },
    created: (results, requestUrl) => created(results, requestUrl),
  };
};
