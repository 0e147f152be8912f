/** CORE-01 to CORE-06: the synchronous SCIM that the profile stands on. */
import { header, mediaType } from '../../schemas/names.js';
import { validate } from '../../schemas/validators.js';
import { resolveLocation } from '../bindings/request-mode.js';
import {
  atPath,
  hasBody,
  isObject,
  requestJson,
  responseHeader,
  responseJson,
  responseMediaType,
  responseObject,
} from '../trace/message.js';
import type { Answered } from '../trace/trace.js';
import type { TraceView } from '../trace/trace-view.js';
import { describeBody, describeViolations } from './describe.js';
import { judgeEach, together, type Finding, type Judge } from './judge.js';

/** GET /ServiceProviderConfig answers 200 with a valid ServiceProviderConfig. */
export const core01: Judge = (trace) =>
  judgeEach(trace.answered('discover'), (exchange) => {
    const expected = '200 with a valid ServiceProviderConfig (RFC 7643 §5)';
    const fail = (actual: string): Finding => ({ expected, actual, exchanges: [exchange] });
    if (exchange.response.status !== 200) return fail(`the answer is ${exchange.response.status}`);
    const validation = validate('scim/service-provider-config', responseJson(exchange));
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

/** A provider may normalise what it keeps: letter case, white space, Unicode form. */
const normal = (text: string): string => text.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase();

const isAlike = (written: unknown, read: unknown): boolean =>
  typeof written === 'string' && typeof read === 'string' ? normal(written) === normal(read) : written === read;

/** Whether a representation keeps a value that was written, or makes a displayName of the name. */
const keeps = (attribute: string, written: Record<string, unknown>, read: Record<string, unknown>): boolean => {
  const [was, is] = [written[attribute], read[attribute]];
  if (isObject(was) && isObject(is)) {
    return Object.entries(was).every(([name, value]) => is[name] === undefined || isAlike(value, is[name]));
  }
  const parts = attribute === 'displayName' && isObject(written.name) ? written.name : {};
  const isDerived =
    typeof is === 'string' &&
    ['givenName', 'familyName'].every((part) => {
      const value = parts[part];
      return typeof value === 'string' && normal(is).includes(normal(value));
    });
  return isDerived || isAlike(was, is);
};

/** Attributes whose value is simple enough that no provider has a reason to change it. */
const compared = ['userName', 'name', 'displayName', 'externalId', 'active'];

/** A read after a write that succeeded shows what was written; an attribute that the provider keeps nowhere is its own choice. */
const disagreement = (write: Answered, read: Answered): Finding | undefined => {
  const expectedStatus = 200;
  if (read.response.status !== expectedStatus) {
    return {
      expected: `a GET after ${write.request.method} ${write.response.status} to answer 200`,
      actual: `it is answered ${read.response.status}`,
      exchanges: [write, read],
    };
  }
  const written = requestJson(write);
  const shown = responseObject(read);
  if (!isObject(written) || shown === undefined) return undefined;
  const wrong = compared.find(
    (attribute) =>
      written[attribute] !== undefined &&
      (attribute === 'userName' || (shown[attribute] !== undefined && shown[attribute] !== null)) &&
      !keeps(attribute, written, shown),
  );
  return wrong === undefined
    ? undefined
    : {
        expected: `${wrong} to read ${JSON.stringify(written[wrong])}, as written by ${write.request.method}`,
        actual: `it reads ${JSON.stringify(shown[wrong])}`,
        exchanges: [write, read],
      };
};

const statusFinding = (exchange: Answered, allowed: readonly number[]): Finding | undefined =>
  allowed.includes(exchange.response.status)
    ? undefined
    : {
        expected: `${exchange.request.method} to answer ${allowed.join(' or ')}`,
        actual: `the answer is ${exchange.response.status}`,
        exchanges: [exchange],
      };

/** A PATCH that replaced one attribute, and the read after it. */
const patchDisagreement = (patch: Answered, read: Answered): Finding | undefined => {
  const sent = requestJson(patch);
  const operation: unknown = isObject(sent) && Array.isArray(sent.Operations) ? sent.Operations[0] : undefined;
  if (!isObject(operation) || typeof operation.path !== 'string') return undefined;
  const shown = atPath(responseObject(read) ?? {}, operation.path);
  return isAlike(operation.value, shown)
    ? undefined
    : {
        expected: `${operation.path} to read ${JSON.stringify(operation.value)} after PATCH`,
        actual: `it reads ${JSON.stringify(shown)}`,
        exchanges: [patch, read],
      };
};

/** The representation with which a write is answered, where it has one, is that of after the write (RFC 7644 §3.5). */
const ownAnswer = (
  write: Answered,
  compare: (write: Answered, read: Answered) => Finding | undefined,
): Finding | undefined => {
  const finding =
    write.response.status === 200 && typeof responseObject(write)?.id === 'string' ? compare(write, write) : undefined;
  return finding === undefined
    ? undefined
    : { ...finding, expected: `the answer to show ${finding.expected}`, exchanges: [write] };
};

/** What a PATCH does not name stays as it was (RFC 7644 §3.5.2). */
const sideEffect = (trace: TraceView, patch: Answered, read: Answered): Finding | undefined => {
  const before = trace.answered('read').findLast(({ subject, n }) => subject === patch.subject && n < patch.n);
  const [was, is] = [before && responseObject(before), responseObject(read)];
  if (before === undefined || was === undefined || is === undefined) return undefined;
  // A displayName may be made of the name, and the other way round.
  const kept = [
    'userName',
    'externalId',
    ...(patch.variant === 'active' ? ['displayName', 'name.familyName'] : ['active']),
  ];
  const lost = kept.find((path) => atPath(was, path) !== undefined && atPath(is, path) !== atPath(was, path));
  return lost === undefined
    ? undefined
    : {
        expected: `${lost} to stay ${JSON.stringify(atPath(was, lost))} after a PATCH of something else`,
        actual: `it is ${JSON.stringify(atPath(is, lost))}`,
        exchanges: [before, patch, read],
      };
};

const succeeded = (exchange: Answered): boolean => exchange.response.status >= 200 && exchange.response.status < 300;

/**
 * Read, replace, patch and delete work synchronously and agree with one another. A synchronous answer given to an
 * asynchronous write is judged here too (profile §7, clarification 15); an answer of 202 is MODE-02's.
 */
export const core03: Judge = (trace) => {
  const pairs = (purpose: 'create' | 'replace' | 'patch' | 'delete', readVariant: string) =>
    trace
      .answered(purpose)
      .filter(({ response }) => response.status !== 202)
      .map((write) => ({
        write,
        read: trace.variant(readVariant, 'read').find(({ subject, n }) => subject === write.subject && n > write.n),
      }));
  const ofScenario = trace.trace.scenario === 'resource-lifecycle';
  const synchronous = ofScenario
    ? together(
        judgeEach(
          pairs('create', 'after create').filter(({ write }) => succeeded(write)),
          ({ write, read }) => read && disagreement(write, read),
        ),
        judgeEach(
          pairs('replace', 'after replace'),
          ({ write, read }) =>
            statusFinding(write, [200, 204]) ?? ownAnswer(write, disagreement) ?? (read && disagreement(write, read)),
        ),
        judgeEach(
          // That active cannot be patched at all is a provider's own choice; that it seems to be is not.
          pairs('patch', 'after patch').filter(({ write }) => write.variant !== 'active' || succeeded(write)),
          ({ write, read }) =>
            statusFinding(write, [200, 204]) ??
            ownAnswer(write, patchDisagreement) ??
            (read && (patchDisagreement(write, read) ?? sideEffect(trace, write, read))),
        ),
        judgeEach(
          pairs('delete', 'after delete'),
          ({ write, read }) => statusFinding(write, [204]) ?? (read && goneFinding(write, read)),
        ),
      )
    : together();
  const answeredSynchronously = trace
    .submissions()
    .filter(({ accepted, operations }) => !accepted && operations.every(({ expected }) => expected === 'success'))
    .map((submission) => trace.asking(submission))
    .filter(
      ({ purpose, response, request }) => purpose === 'submit' && request.method !== 'POST' && response.status !== 501,
    );
  return together(
    synchronous,
    judgeEach(trace.trace.scenario === 'async-write' ? answeredSynchronously : [], (write) => {
      const read = trace.variant(`after ${write.request.method}`, 'read').find(({ n }) => n > write.n);
      switch (write.request.method) {
        case 'PUT':
          return statusFinding(write, [200, 204]) ?? (read && disagreement(write, read));
        case 'PATCH':
          return statusFinding(write, [200, 204]) ?? (read && patchDisagreement(write, read));
        default:
          return statusFinding(write, [204]) ?? (read && goneFinding(write, read));
      }
    }),
  );
};

const goneFinding = (write: Answered, read: Answered): Finding | undefined =>
  read.response.status === 404
    ? undefined
    : {
        expected: 'a GET of a deleted resource to answer 404 (RFC 7644 §3.6)',
        actual: `it is answered ${read.response.status}`,
        exchanges: [write, read],
      };

/**
 * Every response with a body is application/scim+json. Left to their own requirements: the 202 (ACC-02), reads of a
 * status resource (STAT-07), throttling (RATE-01), and answers to hostile ids and fuzz, which may come from below the
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
    .filter((exchange) => hasBody(exchange) && exchange.response.status !== 202 && exchange.request.method !== 'HEAD');
  return judgeEach(judged, (exchange) =>
    responseMediaType(exchange) === mediaType.scim
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
    const validation = validate('scim/bulk-response', responseJson(exchange));
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
        .map((item) => (isObject(item) ? String(item.bulkId) : ''))
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
    const validation = validate('scim/list-response', responseJson(search));
    if (!validation.valid)
      return fail('a valid ListResponse (RFC 7644 §3.4.2)', describeViolations(validation.violations));
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
