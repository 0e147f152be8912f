/**
 * The binding of RFC 9967: `Prefer: respond-async` → 202 with `Set-Txn` → a completion event for each operation, which
 * comes at the `Location` of the 202, by poll (RFC 8936) or by push (RFC 8935).
 */
import { header, mediaType, respondAsync } from '../../schemas/names.js';
import { resultOf } from '../security-events/result-body.js';
import {
  completionOf,
  namesResource,
  subjectPathOf,
  suffixOf,
  txnOf,
  type TokenContent,
} from '../security-events/security-event-token.js';
import { isObject, responseHeader } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';
import { tooLong, type Binding, type Observed, type OperationResult } from './binding.js';
import { areComplete } from './complete-results.js';
import { resolveLocation, uriReference } from './locations.js';
import { readOperation } from './operation-result.js';

/** Answers that may mean «no result yet»: RFC 9967 does not define one (profile §7, clarification 5). */
const pendingStatuses: readonly number[] = [202, 204, 404];

/** Whether a Location is the URL of the written resource, as in a synchronous answer (RFC 9967 §2.5.1.1, (b)). */
const isResourceLocation = (location: string, requestUrl: string): boolean =>
  location === requestUrl || /\/((Users|Groups)(\/[^/]*)?|Bulk\/?)$/.test(new URL(location).pathname);

/**
 * Whether suffixes count from 1, as in the figures of RFC 9967 (profile D12). EVT-03 judges that; the other judges have
 * to read such suffixes correctly.
 */
export const countsFromOne = (suffixes: readonly (number | undefined)[], operations: number): boolean =>
  operations > 0 && !suffixes.includes(0) && suffixes.includes(operations);

/**
 * The results in completion events, in the order of the operations; undefined while some are missing. The location of a
 * created resource is the one in the payload or, if there is none, the subject of the event.
 */
export const resultsOf = (
  tokens: readonly TokenContent[],
  { operations, txn = '' }: Observed,
  baseUrl: string,
): readonly OperationResult[] | undefined => {
  const events = tokens.flatMap(({ claims }) => {
    const payload = completionOf(claims);
    return isObject(payload) ? [{ claims, payload }] : [];
  });
  const suffixes = events.map(({ claims }) => suffixOf(txnOf(claims), txn));
  const first = countsFromOne(suffixes, operations.length) ? 1 : 0;
  const places = new Map<unknown, number>();
  operations.forEach(({ bulkId }, index) => {
    if (bulkId !== undefined && !places.has(bulkId)) places.set(bulkId, index);
  });
  const byPlace = new Map<number, OperationResult>();
  events.forEach(({ claims, payload }, place) => {
    const suffix = suffixes[place];
    const index = suffix !== undefined ? suffix - first : (places.get(payload.bulkId) ?? place);
    const result = readOperation(payload, index);
    const subject = subjectPathOf(claims);
    const isNamed = subject !== undefined && namesResource(subject) && Number(result.status) < 300;
    const location = result.location ?? (isNamed ? `${baseUrl}${subject}` : undefined);
    if (!byPlace.has(index)) byPlace.set(index, { ...result, ...(location === undefined ? {} : { location }) });
  });
  const results = operations.flatMap((_, index) => byPlace.get(index) ?? []);
  return operations.length > 0 && results.length === operations.length ? results : undefined;
};

export const respondAsyncBinding: Binding = {
  name: 'respond-async',
  // RFC 9967 does not define the media type of the result.
  accept: `${mediaType.securityEventToken}, ${mediaType.scim}, ${mediaType.json}, */*;q=0.1`,
  ask: () => [[header.prefer, respondAsync]],
  location: (accepted) => {
    const location = responseHeader(accepted, header.location);
    const url = location === undefined ? undefined : resolveLocation(location, accepted.request.url);
    const isReference = location !== undefined && uriReference.test(location);
    return url === undefined || !isReference || isResourceLocation(url, accepted.request.url) ? undefined : url;
  },
  observe: (answer: Answered, submission, baseUrl) => {
    const { status } = answer.response;
    if (pendingStatuses.includes(status)) return { state: 'pending' };
    if (status !== 200) return { state: 'unreadable', why: `it was answered ${status}` };
    if (answer.response.truncated) return { state: 'unreadable', why: tooLong };
    const { tokens, operations, form } = resultOf(answer.response);
    if (form === 'nothing') return { state: 'pending' };
    if (form === 'unknown')
      return {
        state: 'unreadable',
        why: 'the body holds neither a security event token nor the result of an operation',
      };
    if (tokens.length === 0) {
      const results = operations.map(readOperation);
      return areComplete(results, submission) ? { state: 'completed', results } : { state: 'pending' };
    }
    const results = resultsOf(tokens, submission, baseUrl);
    return results === undefined ? { state: 'pending' } : { state: 'completed', results };
  },
};
