/**
 * CORE-11. An attribute that is never returned is in no answer, whatever the client asks for (RFC 7643 §7). A provider
 * that ignores passwords meets this, too. If no password was accepted, nothing was exercised.
 */
import { urn } from '../../../schemas/names.js';
import { operationResults, statusOf } from '../../bindings/operation-result.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach } from '../../judging/judge.js';
import { isTelling, namesPassword, sentPasswords, type SentPassword } from '../../judging/sent-passwords.js';
import type { TraceView } from '../../judging/trace-view.js';
import { passwordsScenario } from '../../scenarios/security/passwords.js';
import { passwordWrites } from '../../scenarios/synchronous/password-writes.js';
import { hasBody, isObject, type JsonObject, responseJson, responseObject } from '../../trace/message.js';
import { withUsualNames } from '../../trace/spelling.js';
import type { Answered } from '../../trace/trace.js';

const codes = {
  'password-shown': 'the answer to a read, a search or a write shows a user with an attribute `password`',
  'password-shown-in-result':
    'a result of a bulk or asynchronous request, or an event, shows a user with an attribute `password`',
  'value-in-error': 'an error repeats the value of a password that was written',
  'value-elsewhere': 'a successful answer holds the value of a password that was written, but not as `password`',
};

type Code = keyof typeof codes;

/** A password in an answer: an attribute of this name, or the value of a password that was sent. */
type Sighting = { readonly code: Code; readonly name: string } | { readonly code: Code; readonly sent: SentPassword };

/** The place of a value in an answer. */
interface Place {
  /** Whether the protocol puts a resource here, so that it need not have `schemas` to be one. */
  readonly isResource: boolean;
  readonly isResult: boolean;
  readonly isError: boolean;
}

const says = ({ schemas }: JsonObject, wanted: string): boolean => Array.isArray(schemas) && schemas.includes(wanted);

/**
 * Whether an object is a user, so that its member `password` is the attribute. An error that explains what is wrong with
 * a password is not, and neither is an extension, which has its own attributes (RFC 7643 §3.3).
 */
const isUser = (object: JsonObject, { isResource, isError }: Place): boolean =>
  says(object, urn.user) ||
  Object.hasOwn(object, 'userName') ||
  (isResource && !isError && !Array.isArray(object.schemas));

/** The place of a member of an object, according to its name. */
const placeOf = (name: string, holder: JsonObject, { isResult, isError }: Place): Place => {
  if (name === 'response') {
    const failed = Number(statusOf(holder.status)) >= 400;
    return { isResource: !failed, isResult: true, isError: isError || failed };
  }
  return { isResource: ['Resources', 'data', urn.user].includes(name), isResult, isError };
};

/** Null and the empty array count as absent (RFC 7643 §2.5). */
const isUnassigned = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0);

const valuesIn = (text: string, { isError }: Place, secrets: readonly SentPassword[]): Sighting[] =>
  secrets
    .filter(({ password }) => text.includes(password) || text.includes(JSON.stringify(password).slice(1, -1)))
    .map((sent) => ({ code: isError ? 'value-in-error' : 'value-elsewhere', sent }));

const sightingsIn = (value: unknown, outer: Place, secrets: readonly SentPassword[]): Sighting[] => {
  if (typeof value === 'string') return valuesIn(value, outer, secrets);
  if (Array.isArray(value)) return value.flatMap((item) => sightingsIn(item, outer, secrets));
  if (!isObject(value)) return [];
  const place = { ...outer, isError: outer.isError || says(value, urn.error) };
  const isOfUser = isUser(value, place);
  return Object.entries(value).flatMap(([name, member]): Sighting[] => {
    if (!isOfUser || !namesPassword(name)) return sightingsIn(member, placeOf(name, value, place), secrets);
    return isUnassigned(member) ? [] : [{ code: place.isResult ? 'password-shown-in-result' : 'password-shown', name }];
  });
};

/** The passwords in an answer and in the events that it brought, one for each code. */
const sightingsOf = (trace: TraceView, exchange: Answered, secrets: readonly SentPassword[]): Sighting[] => {
  const { status, body } = exchange.response;
  const place: Place = {
    isResource: status < 400,
    isResult: exchange.submission !== undefined,
    isError: status >= 400,
  };
  const json = responseJson(exchange);
  const found = [
    ...(json === undefined ? valuesIn(body, place, secrets) : sightingsIn(json, place, secrets)),
    ...trace
      .tokensBy(exchange)
      .map(({ claims }) => withUsualNames(claims))
      .flatMap((claims) => sightingsIn(claims, { isResource: false, isResult: true, isError: false }, secrets)),
  ];
  return found.filter(({ code }, place) => found.findIndex((other) => other.code === code) === place);
};

const isDone = (status: unknown): boolean => Number(status) >= 200 && Number(status) < 300;

/** Whether the request, or the operation in it, that wrote a password succeeded. */
const isAccepted = (trace: TraceView, { exchange, operation }: SentPassword): boolean => {
  const submission = trace.submissions().find((each) => each.accepted && each.exchange === exchange.n);
  const { status } = exchange.response;
  if (submission === undefined && operation === undefined) return isDone(status) && status !== 202;
  const results =
    submission === undefined
      ? operationResults(responseObject(exchange) ?? {})
      : (trace.completion(submission)?.results ?? []);
  const { index, bulkId } = operation ?? { index: 0, bulkId: undefined };
  const result = bulkId === undefined ? results[index] : results.find((each) => each.bulkId === bulkId);
  return isDone(result?.status);
};

const findingOf = (sighting: Sighting, exchange: Answered, accepted: readonly SentPassword[]): Finding<Code> => {
  const { code } = sighting;
  const written = 'sent' in sighting ? sighting.sent : accepted.findLast((each) => each.exchange.n <= exchange.n);
  const exchanges = [...new Set([...(written === undefined ? [] : [written.exchange]), exchange])];
  return 'sent' in sighting
    ? { code, expected: 'no value of a password in any answer', actual: 'the one that was written is in it', exchanges }
    : { code, expected: 'no `password` in any answer', actual: `the user has «${sighting.name}»`, exchanges };
};

export const core11 = defineRequirement({
  id: 'CORE-11',
  since: '1.1',
  level: 'MUST',
  title: '`password` is in no answer at all',
  source: cite('RFC 7643 §4.1.1, §7'),
  needs: {},
  guide: {
    why: [
      'Everybody who may read users, and every log and cache on the way, gets to know a password that is shown.',
      'Many people use one password for several accounts; and a hash can be cracked.',
    ],
    tested: [
      'Users are written with a `password` by POST, PUT and PATCH, each time with another value; then they are read, searched for, and read with `?attributes=password`.',
      'Passwords are also written in requests that fail, because the name is in use or `userName` is missing, and, if the target supports these, in bulk requests and asynchronous requests.',
      'From the first write with a password that succeeds, no user in an answer may have an attribute `password`, in any letter case and with any value, even a row of asterisks: not in answers to reads, searches and writes, not in results of operations, and not in security event tokens.',
      'The value of a password must not be anywhere in an answer; this includes errors, and passwords that were refused.',
      'A provider that accepts the user and ignores the password passes; if every password is refused, nothing was tested, and the outcome is inconclusive.',
      'A `password` of null counts as absent; `/Schemas`, and errors that explain what is wrong with a password, may name the attribute.',
    ],
    fix: [
      'Remove `password` at the one place where users are written as JSON, for all answers: to reads, searches, POST, PUT and PATCH, in results and in events; `"returned": "never"` in `/Schemas` alone does not do that.',
      'Ignore `password` in `?attributes=`, too.',
      'Check the answer to a create first: often it is the body of the request with an `id` added.',
      'Do not quote a refused value in `detail`: messages of a validator, a password policy or a database often do.',
    ],
  },
  codes,
  from: [passwordWrites, passwordsScenario],
  first: passwordWrites,
  looksAt: 'any',
  judge: (trace) => {
    const sent = sentPasswords(trace);
    const accepted = sent.filter((each) => isAccepted(trace, each));
    const begun = accepted[0]?.exchange.n ?? Infinity;
    const secrets = sent.filter((each) => isTelling(trace, each));
    const looked = (sent.length === 0 ? [] : trace.answered()).filter(hasBody).map((exchange) => ({
      exchange,
      // The value of a refused password is a secret, too.
      found: sightingsOf(trace, exchange, secrets).filter((sighting) => exchange.n >= begun || 'sent' in sighting),
    }));
    return judgeEach(
      looked.filter(({ exchange, found }) => exchange.n >= begun || found.length > 0),
      ({ exchange, found }) => found.map((sighting) => findingOf(sighting, exchange, accepted)),
    );
  },
});
