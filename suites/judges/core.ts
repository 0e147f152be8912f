/** CORE-01, 02, 04, 05 and 06: the synchronous SCIM that the profile stands on. */
import { header, mediaType } from '../../schemas/names.js';
import { validate } from '../../schemas/validators.js';
import { resolveLocation } from '../bindings/locations.js';
import {
  hasBody,
  isObject,
  requestJson,
  responseHeader,
  responseJson,
  responseMediaType,
  responseObject,
  textOf,
  withoutNulls,
  mediaTypesFor,
} from '../trace/message.js';
import type { Answered } from '../trace/trace.js';
import { isCut, type TraceView } from '../trace/trace-view.js';
import { succeeded } from './core-agreement.js';
import { describeBody, describeViolations } from './describe.js';
import { judgeEach, type Finding, type Judge } from './judge.js';

/** GET /ServiceProviderConfig answers 200 with a valid ServiceProviderConfig. */
export const core01: Judge = (trace) =>
  judgeEach(trace.answered('discover'), (exchange) => {
    const expected = '200 with a valid ServiceProviderConfig (RFC 7643 §5)';
    const fail = (actual: string): Finding => ({ expected, actual, exchanges: [exchange] });
    if (exchange.response.status !== 200) return fail(`the answer is ${exchange.response.status}`);
    const validation = validate('scim/service-provider-config', withoutNulls(responseJson(exchange)));
    return validation.valid ? undefined : fail(describeViolations(validation.violations));
  });

/**
 * A create without mode header answers 201 with Location, id and meta. An answer of 202 is MODE-02's finding where
 * the target serves an asynchronous binding.
 */
export const core02: Judge = (trace) => {
  const creates = trace
    .answered('create')
    .filter(({ variant, response }) => variant === undefined && !(response.status === 202 && isAsynchronous(trace)));
  return judgeEach(creates, (exchange) => {
    const { status } = exchange.response;
    const fail = (expected: string, actual: string, ...more: Answered[]): Finding => ({
      expected,
      actual,
      exchanges: [...more, exchange],
    });
    if (status !== 201) return fail('201 Created', `the answer is ${status}`);
    const body = responseObject(exchange);
    if (body === undefined) return fail('the created resource in the body', describeBody(exchange));
    const findings: Finding[] = [];
    const location = responseHeader(exchange, header.location);
    if (location === undefined) findings.push(fail('a Location field with the URI of the resource', 'there is none'));
    else if (resolveLocation(location, exchange.request.url) === undefined) {
      findings.push(fail('a Location field with a URI reference', `it is «${location}»`));
    }
    if (typeof body.id !== 'string' || body.id === '')
      findings.push(fail('an id, a string that is not empty', `id is ${JSON.stringify(body.id)}`));
    if (!isObject(body.meta)) findings.push(fail('a meta attribute', `meta is ${JSON.stringify(body.meta)}`));
    const followed = trace.variant('at the Location', 'read').find(({ subject }) => subject === exchange.subject);
    if (followed !== undefined && responseObject(followed)?.id !== body.id) {
      findings.push({
        expected: `a GET of the Location to show the resource ${JSON.stringify(body.id)}`,
        actual: `it was answered ${followed.response.status} ${describeBody(followed)}`,
        exchanges: [exchange, followed],
      });
    }
    return findings;
  });
};

const isAsynchronous = (trace: TraceView): boolean => Object.keys(trace.target.bindings).length > 0;

/**
 * Every response with a body is application/scim+json. Left to their own requirements: the 202 (ACC-02), reads of a
 * status resource (STAT-07), what RFC 9967 leaves open, throttling (RATE-01), and answers to hostile ids and fuzz, which may come from below the
 * application (profile §7, clarification 3).
 */
export const core04: Judge = (trace) => {
  const judged = trace
    .answered()
    .filter(
      ({ purpose }) =>
        ![
          'hostile-id',
          'fuzz',
          'poll',
          'status-read',
          'status-canonical',
          'status-advertised',
          'status-conditional',
        ].includes(purpose),
    )
    .filter((exchange) => trace.isScim(exchange))
    .filter((exchange) => hasBody(exchange) && exchange.response.status !== 202 && exchange.request.method !== 'HEAD');
  return judgeEach(judged, (exchange) =>
    mediaTypesFor(exchange).includes(responseMediaType(exchange) ?? '')
      ? undefined
      : {
          expected: `Content-Type ${mediaType.scim}`,
          actual: `it is ${responseHeader(exchange, header.contentType) ?? 'absent'}`,
          exchanges: [exchange],
        },
  );
};

/** A synchronous bulk request answers 200 with one result for each operation. */
export const core05: Judge = (trace) => {
  const bulks = trace.answered('bulk').filter(({ response }) => !(response.status === 202 && isAsynchronous(trace)));
  return judgeEach(bulks, (exchange) => {
    const fail = (expected: string, actual: string): Finding => ({ expected, actual, exchanges: [exchange] });
    if (exchange.response.status !== 200) return fail('200 OK', `the answer is ${exchange.response.status}`);
    const validation = validate('scim/bulk-response', withoutNulls(responseJson(exchange)));
    if (!validation.valid)
      return fail('a valid BulkResponse (RFC 7644 §3.7.3)', describeViolations(validation.violations));
    const sent = requestJson(exchange);
    const operations: unknown[] = isObject(sent) && Array.isArray(sent.Operations) ? sent.Operations : [];
    const results = validation.value.Operations;
    if (results.length !== operations.length) {
      return fail(`${operations.length} results, one for each operation`, `there are ${results.length}`);
    }
    const bulkIds = (list: readonly unknown[]): string =>
      list
        .map((item) => (isObject(item) ? textOf(item.bulkId) : ''))
        .sort()
        .join(', ');
    return bulkIds(results) === bulkIds(operations)
      ? undefined
      : fail(`the results of bulkIds ${bulkIds(operations)}`, `they are of ${bulkIds(results)}`);
  });
};

/** A filter `userName eq "…"` finds exactly the matching user. */
export const core06: Judge = (trace) => {
  const created = trace.answered('create').filter(succeeded);
  return judgeEach(trace.answered('search'), (search) => {
    const fail = (expected: string, actual: string): Finding => ({ expected, actual, exchanges: [search] });
    if (search.response.status !== 200)
      return fail('200 with a ListResponse', `the answer is ${search.response.status}`);
    const validation = validate('scim/list-response', withoutNulls(responseJson(search)));
    if (!validation.valid)
      return fail('a valid ListResponse (RFC 7644 §3.4.2)', describeViolations(validation.violations));
    // Whose creation was answered with too much has an id that nobody knows.
    const isUnknown = trace
      .all()
      .some((exchange) => exchange.purpose === 'create' && isCut(exchange) && exchange.subject === search.subject);
    if (isUnknown) return undefined;
    const match = created.find(({ subject }) => subject === search.subject);
    const wanted = match === undefined ? [] : [responseObject(match)?.id];
    const found = (validation.value.Resources ?? []).map((resource) => (isObject(resource) ? resource.id : undefined));
    const same = found.length === wanted.length && found.every((id, index) => id === wanted[index]);
    if (!same) return fail(`to find ${JSON.stringify(wanted)}`, `it finds ${JSON.stringify(found)}`);
    return validation.value.totalResults === wanted.length
      ? undefined
      : fail(`totalResults ${wanted.length}`, `it is ${validation.value.totalResults}`);
  });
};
