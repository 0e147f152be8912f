/** STAT-07 to STAT-13: how the status resource is served. */
import { isDeepStrictEqual } from 'node:util';
import { header, mediaType } from '../../schemas/names.js';
import { retryAfterMs } from '../client/retry-after.js';
import { validate } from '../../schemas/validators.js';
import {
  isObject,
  requestJson,
  responseHeader,
  responseJson,
  responseMediaType,
  responseObject,
  headerValue,
  mediaTypesFor,
  withoutNulls,
} from '../trace/message.js';
import type { Answered } from '../trace/trace.js';
import type { TraceView } from '../trace/trace-view.js';
import { profileMembers } from './status-members.js';
import { describeBody, describeViolations } from './describe.js';
import { judgeEach, notApplicable, together, type Finding, type Judge } from './judge.js';

/**
 * Served as application/scim+json whatever the Accept. To a client that accepts only application/json, that type is
 * a right answer too (RFC 7644 §3.8).
 */
export const stat07: Judge = (trace) =>
  judgeEach(
    trace
      .statusReads()
      .filter(
        ({ credential, response, variant }) =>
          credential === 'primary' && (response.status === 200 || variant?.startsWith('Accept') === true),
      ),
    (exchange) => {
      const accept = headerValue(exchange.request.headers, header.accept);
      const asked = accept === undefined ? 'without Accept' : `for Accept: ${accept}`;
      const { status } = exchange.response;
      if (status !== 200) return { expected: `200 ${asked}`, actual: `the answer is ${status}`, exchanges: [exchange] };
      const type = responseMediaType(exchange);
      return mediaTypesFor(exchange).includes(type ?? '')
        ? undefined
        : {
            expected: `Content-Type ${mediaType.scim} ${asked}`,
            actual: `it is ${type ?? 'absent'}`,
            exchanges: [exchange],
          };
    },
  );

/** Served at /provision/{id}/status under the base URL. */
export const stat08: Judge = (trace) =>
  judgeEach(trace.answered('status-canonical'), (exchange) => {
    const submission = trace.submissions().find(({ n }) => n === exchange.submission);
    const others =
      submission === undefined ? [] : trace.sightings(submission).filter((each) => each.exchange.n !== exchange.n);
    if (others.length === 0 && trace.hasCut()) return undefined;
    const shown = responseObject(exchange)?.id;
    return exchange.response.status === 200 && others.some(({ status }) => status.id === shown)
      ? undefined
      : {
          expected: 'the status resource at /provision/{id}/status under the base URL',
          actual: `GET of it is answered ${exchange.response.status} and shows ${JSON.stringify(shown)}`,
          exchanges: [exchange],
        };
  });

/** An unknown id answers 404 with a SCIM error. */
export const stat09: Judge = (trace) =>
  judgeEach(trace.answered('status-unknown'), (exchange) => {
    const fail = (actual: string): Finding => ({ expected: '404 with a SCIM error', actual, exchanges: [exchange] });
    if (exchange.response.status !== 404) return fail(`the answer is ${exchange.response.status}`);
    const validation = validate('scim/error', withoutNulls(responseJson(exchange)));
    return validation.valid
      ? undefined
      : fail(`the 404 comes ${describeBody(exchange)}: ${describeViolations(validation.violations)}`);
  });

/** POST, PUT, PATCH (and DELETE, unless cancel is advertised) answer 4xx and change nothing; 405 with Allow SHOULD. */
export const stat10: Judge = (trace) => {
  const before = trace.variant('before', 'status-read')[0];
  return judgeEach(trace.answered('status-method'), (exchange): Finding[] | Finding | undefined => {
    const { status } = exchange.response;
    const { method } = exchange.request;
    if (status < 400 || status > 499) {
      return {
        expected: `4xx to ${method} on a status resource`,
        actual: `the answer is ${status}`,
        exchanges: [exchange],
      };
    }
    const after = trace.variant(`after ${method}`, 'status-read')[0];
    if (before !== undefined && after !== undefined) {
      const was = responseObject(before);
      const is = responseObject(after);
      if (was !== undefined && (is === undefined || !isDeepStrictEqual(profileMembers(was), profileMembers(is)))) {
        return {
          expected: `${method} to change nothing`,
          actual: `the status resource is answered ${after.response.status} ${describeBody(after)} afterwards`,
          exchanges: [before, exchange, after],
        };
      }
    }
    return status === 405 && responseHeader(exchange, header.allow) !== undefined
      ? undefined
      : {
          level: 'SHOULD',
          expected: `405 with Allow to ${method} on a status resource`,
          actual: status === 405 ? 'Allow is absent' : `the answer is ${status}`,
          exchanges: [exchange],
        };
  });
};

/** Retry-After while not completed. */
export const stat11: Judge = (trace) =>
  judgeEach(
    trace
      .sightings()
      .filter(({ seen, status }) => seen === 'read' && isObject(status.status) && status.status.completed === false),
    ({ exchange }) => {
      const value = responseHeader(exchange, header.retryAfter);
      return value !== undefined && retryAfterMs(value, new Date(0)) !== undefined
        ? undefined
        : {
            expected: 'Retry-After while the request is not completed, in whole seconds or as an HTTP date',
            actual: value === undefined ? 'there is none' : `it is «${value}»`,
            exchanges: [exchange],
          };
    },
  );

/** Every password that the exercise sent. */
const passwordsSent = (trace: TraceView): { password: string; exchange: Answered }[] =>
  trace.answered().flatMap((exchange) => {
    const found: string[] = [];
    const visit = (value: unknown): void => {
      if (Array.isArray(value)) value.forEach(visit);
      else if (isObject(value)) {
        for (const [name, member] of Object.entries(value)) {
          if (name === 'password' && typeof member === 'string' && member !== '') found.push(member);
          else visit(member);
        }
      }
    };
    visit(requestJson(exchange));
    return found.map((password) => ({ password, exchange }));
  });

/** No password value that was submitted ever appears in a status resource, nor in any error. */
export const stat12: Judge = (trace) => {
  const sent = passwordsSent(trace);
  const looked = trace
    .answered()
    .filter(
      (exchange) =>
        exchange.response.status >= 400 || exchange.response.status === 202 || exchange.submission !== undefined,
    );
  return judgeEach(sent.length === 0 ? [] : looked, (exchange) => {
    const leaked = sent.find(({ password }) => exchange.response.body.includes(password));
    return leaked === undefined
      ? undefined
      : {
          expected: 'no password in a status resource or an error',
          actual: 'the password that was submitted is in it',
          exchanges: [leaked.exchange, exchange],
        };
  });
};

/** Where it carries an ETag, the tag changes when the state changes, and If-None-Match answers 304. */
export const stat13: Judge = (trace) => {
  const tagged = trace
    .sightings()
    .filter(({ seen }) => seen === 'read')
    .map((sighting) => ({ ...sighting, etag: responseHeader(sighting.exchange, header.etag) }));
  if (tagged.length > 0 && tagged.every(({ etag }) => etag === undefined)) {
    return notApplicable('The status resource carries no ETag.');
  }
  const pairs = tagged.flatMap((sighting, index) => {
    const previous = tagged.slice(0, index).findLast(({ submission }) => submission.n === sighting.submission.n);
    return previous?.etag === undefined || sighting.etag === undefined ? [] : [{ previous, sighting }];
  });
  return together(
    judgeEach(pairs, ({ previous, sighting }) =>
      previous.etag !== sighting.etag ||
      isDeepStrictEqual(profileMembers(previous.status), profileMembers(sighting.status))
        ? undefined
        : {
            expected: 'another ETag when the state has changed',
            actual: `the ETag is ${sighting.etag ?? ''} before and after`,
            exchanges: [previous.exchange, sighting.exchange],
          },
    ),
    judgeEach(trace.answered('status-conditional'), (exchange) =>
      exchange.response.status === 304
        ? undefined
        : {
            expected: '304 to If-None-Match with the current ETag',
            actual: `the answer is ${exchange.response.status}`,
            exchanges: [exchange],
          },
    ),
  );
};
