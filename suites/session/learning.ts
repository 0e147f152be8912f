/** Learns from what is sent and answered what exists on the target, so that it can be taken away again. */
import { header, urn } from '../../schemas/names.js';
import type { Submission, SubmittedOperation } from '../../schemas/types.js';
import type { OperationResult } from '../bindings/binding.js';
import { operationResults } from '../bindings/operation-result.js';
import { resolveLocation, pathSegment } from '../bindings/locations.js';
import { isObject, requestJson, responseHeader, responseObject } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';
import type { Cleanup } from './cleanup.js';

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
  const users = new RegExp(`userName\\W{1,6}(scimc-${run}-\\d+@example\\.com)`, 'g');
  const groups = new RegExp(`displayName\\W{1,6}(scimc-${run}-\\d+)\\b`, 'g');

  const created = (
    results: readonly OperationResult[],
    requestUrl: string,
    operations: readonly SubmittedOperation[] = [],
  ): void => {
    for (const result of results) {
      if (result.status !== '201' || result.location === undefined) continue;
      const location = resolveLocation(result.location, requestUrl);
      if (location !== undefined) cleanup.created(location, operations[result.index]?.userName);
    }
  };

  /** The Location is known even where the body was too long. */
  const createdUnread = (exchange: Answered): void => {
    const location = responseHeader(exchange, header.location);
    const url = location === undefined ? undefined : resolveLocation(location, exchange.request.url);
    const sent = requestJson(exchange);
    const { userName, displayName } = isObject(sent) ? sent : {};
    const name = [userName, displayName].find((each): each is string => typeof each === 'string');
    if (url !== undefined) cleanup.created(url, name);
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
      if (method === 'DELETE' && (status === 204 || status === 404)) cleanup.deleted(url);
      if (method === 'POST' && status === 201 && exchange.response.truncated) createdUnread(exchange);
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
      created(results, location, operations);
      for (const { index, status } of results) {
        const operation = operations[index];
        if (operation?.method === 'DELETE' && status === '204') cleanup.deleted(`${baseUrl}${operation.path}`);
      }
    },
    created: (results, requestUrl) => created(results, requestUrl),
  };
};
