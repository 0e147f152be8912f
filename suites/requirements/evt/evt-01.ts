/** EVT-01. Two different tokens must not share a jti, but the same token may come again. */
import type { ReceivedToken } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { clip, shown } from '../../judging/describe.js';
import type { Ambiguity } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { completionOf } from '../../security-events/security-event-token.js';
import { dateOf } from '../../trace/answers.js';
import { isObject, type JsonObject, textOf } from '../../trace/message.js';
import { answered } from '../../scenarios/scenario-sets.js';
import { eachToken, type TokenFault } from './each-token.js';

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

const codes = {
  'not-a-jwt': 'a security event token comes as plain JSON',
  'claims-unreadable': 'the claims of a security event token are not a JSON object',
  'required-claims-missing': 'iss, iat, jti or events of a security event token is missing or has a wrong type',
  'time-not-in-seconds': 'a time in a security event token (iat, toe, exp, nbf) is not in seconds since 1970',
  'issued-later-than-it-came':
    'iat of a security event token is more than ten minutes after the Date of the answer that brought it',
  'issued-before-its-request':
    'iat of the completion event of a request is more than ten minutes before the Date of the 202 to that request',
  'expired-when-issued': 'a security event token expires (exp) before it is issued (iat), or at the same moment',
  'named-by-another-jti': 'a poll names a security event token by something other than its jti',
  'jti-repeated': 'two different security event tokens have the same jti',
};

type Code = keyof typeof codes;

/** A push whose body is not a token is left to EVT-08. */
const unreadable = ({ via }: ReceivedToken, jwt: string): TokenFault<Code> | undefined =>
  via === 'push'
    ? undefined
    : { code: 'claims-unreadable', expected: 'a JWT whose claims are a JSON object', actual: `it is ${clip(jwt)}` };

const missingClaims = ({ iss, iat, jti, events }: JsonObject): TokenFault<Code> | undefined => {
  const missing = [
    ...(isText(iss) ? [] : ['iss']),
    ...(typeof iat === 'number' ? [] : ['iat']),
    ...(isText(jti) ? [] : ['jti']),
    ...(isObject(events) && Object.keys(events).length > 0 ? [] : ['events']),
  ];
  return missing.length === 0
    ? undefined
    : {
        code: 'required-claims-missing',
        expected: 'iss, iat, jti and events in a SET',
        actual: `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing or of another type`,
      };
};

/** Claims that are a NumericDate (RFC 7519 §4.1, RFC 8417 §2.2). */
const times = ['iat', 'toe', 'exp', 'nbf'];

/** As seconds this is the year 5138; as milliseconds, 1973. */
const tooLate = 1e11;

/** A NumericDate is in seconds since 1970 (RFC 7519 §2). */
const otherUnit = (claims: JsonObject): TokenFault<Code> | undefined => {
  const name = times.find((each) => typeof claims[each] === 'number' && Math.abs(claims[each]) >= tooLate);
  return name === undefined
    ? undefined
    : {
        code: 'time-not-in-seconds',
        expected: `${name} of a SET in seconds since 1970 (RFC 7519 §2)`,
        actual: `it is ${shown(claims[name])}`,
      };
};

/** Seconds by which clocks of one provider may differ. */
const skew = 600;

/** A token cannot be issued after the answer that brings it, by the provider's own clock (RFC 8417 §2.2, RFC 9110 §6.6.1). */
const issuedLater = (
  trace: TraceView,
  { exchange }: ReceivedToken,
  { iat }: JsonObject,
): TokenFault<Code> | undefined => {
  const date = dateOf(trace.exchangeAt(exchange)) / 1000;
  return typeof iat !== 'number' || !(iat > date + skew)
    ? undefined
    : {
        code: 'issued-later-than-it-came',
        expected: `iat of a SET no later than the Date of the answer that brought it, ${date}`,
        actual: `it is ${iat}`,
      };
};

/** What tells of the completion of a request cannot be issued before the request came, by the provider's own clock. */
const issuedEarlier = (
  trace: TraceView,
  { submission }: ReceivedToken,
  claims: JsonObject,
): TokenFault<Code> | undefined => {
  const asked = trace.submissions().find(({ n }) => n === submission);
  if (asked === undefined || completionOf(claims) === undefined) return undefined;
  const date = dateOf(trace.exchangeOf(asked)) / 1000;
  return typeof claims.iat !== 'number' || !(claims.iat < date - skew)
    ? undefined
    : {
        code: 'issued-before-its-request',
        expected: `iat of a completion event no earlier than the Date of the 202 to its request, ${date}`,
        actual: `it is ${claims.iat}`,
      };
};

/** A token must not be accepted once its `exp` is reached (RFC 7519 §4.1.4). */
const neverValid = ({ iat, exp }: JsonObject): TokenFault<Code> | undefined =>
  typeof iat === 'number' && typeof exp === 'number' && exp <= iat
    ? {
        code: 'expired-when-issued',
        expected: `exp of a SET after its iat, ${iat} (RFC 7519 §4.1.4)`,
        actual: `it is ${exp}`,
      }
    : undefined;

/** Names at a result URI are not judged, because RFC 9967 does not define its form. */
const misnamed = ({ key, via }: ReceivedToken, { jti }: JsonObject): TokenFault<Code> | undefined =>
  key === undefined || key === jti || via === 'result'
    ? undefined
    : {
        code: 'named-by-another-jti',
        expected: 'a poll to name a SET by its jti',
        actual: `it names one «${key}» whose jti is «${textOf(jti)}»`,
      };

/** Whether a result URI shows the claims of an event as plain JSON: RFC 9967 does not define the form of its answers. */
const isPlainResult = ({ jwt, via }: ReceivedToken): boolean => jwt === undefined && via === 'result';

const plainResult: Ambiguity = {
  point: 'the form of an event at a result URI',
  readings: ['a JWT, because it is a security event token (RFC 8417 §2)', 'any form, because RFC 9967 defines none'],
  seen: 'sends the claims of the event as plain JSON',
};

export const evt01 = defineRequirement({
  id: 'EVT-01',
  since: '1.0',
  level: 'MUST',
  title: 'each SET has `iss`, `iat`, `jti`, `events`; `jti` never repeats',
  source: cite('RFC 8417 §2.2'),
  needs: { binding: 'respond-async' },
  guide: {
    why: [
      'A receiver checks who issued a token, when, and whether it has seen it before.',
      'Without `iss`, `iat` or a unique `jti` it has to throw the token away, and the result with it.',
    ],
    tested: [
      'Every security event token that is seen, at a result URI, by poll or by push, has to be a JWT whose claims are a JSON object.',
      '`iss` and `jti` have to be strings that are not empty, `iat` a number, `events` an object that is not empty; in a poll, the name of the token has to be its `jti`.',
      'A time (`iat`, and where they are there `toe`, `exp` and `nbf`) has to be in seconds since 1970: a value that lies after the year 5000 is one in milliseconds.',
      'By the `Date` of the answer that brought the token, `iat` must not lie more than ten minutes in the future; by the `Date` of the 202, that of a completion event must not lie more than ten minutes before the request; and `exp`, if it is there, must lie after `iat`.',
      'Two different tokens must not have the same `jti`; the same token may come again.',
      'Skipped if results come without tokens. Claims as plain JSON at a result URI are reported as ambiguous, because RFC 9967 does not define its form.',
    ],
    fix: [
      'Set the four claims in the one place that issues tokens, `iat` in whole seconds since 1970, in UTC, as a number.',
      'Make a new `jti` for each token, such as a random UUID: not the `txn` and not the id of the request, which several tokens share.',
      'Send a compact JWT, not its claims as JSON; without a signature, `alg` is `none`.',
    ],
  },
  codes,
  from: answered,
  judge: (trace) => {
    const first = new Map<unknown, ReceivedToken>();
    const judgement = eachToken(trace, (token): TokenFault<Code> | undefined => {
      if (isPlainResult(token)) return undefined;
      const { jwt, claims } = token;
      if (jwt === undefined) {
        const expected = 'a security event token as a JWT (RFC 8417 §2)';
        return { code: 'not-a-jwt', expected, actual: 'it is plain JSON' };
      }
      if (claims === undefined) return unreadable(token, jwt);
      const fault =
        missingClaims(claims) ??
        otherUnit(claims) ??
        issuedLater(trace, token, claims) ??
        issuedEarlier(trace, token, claims) ??
        neverValid(claims) ??
        misnamed(token, claims);
      if (fault !== undefined) return fault;
      const { jti } = claims;
      const earlier = first.get(jti);
      first.set(jti, earlier ?? token);
      // The same SET may come again, by another way or because it was not acknowledged.
      return earlier === undefined || JSON.stringify(earlier.claims) === JSON.stringify(claims)
        ? undefined
        : { code: 'jti-repeated', expected: 'a different jti for each SET', actual: `two have «${textOf(jti)}»` };
    });
    return trace.tokens().some(isPlainResult) ? { ...judgement, ambiguities: [plainResult] } : judgement;
  },
});
