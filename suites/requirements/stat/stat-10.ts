/** STAT-10. DELETE is tried only if `cancel` is not advertised; otherwise CNCL-01 judges it. */
import { isDeepStrictEqual } from 'node:util';
import { header } from '../../../schemas/names.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { describeBody } from '../../judging/describe.js';
import { judgeEach, type Finding } from '../../judging/judge.js';
import { profileMembers } from '../../judging/status-members.js';
import type { TraceView } from '../../judging/trace-view.js';
import { statusMethods, statusMethodsSteps } from '../../scenarios/request-mode/status-methods.js';
import { isNotFound } from '../../trace/answers.js';
import { responseHeader, responseObject } from '../../trace/message.js';
import { isStep } from '../../trace/step.js';
import type { Answered } from '../../trace/trace.js';

const codes = {
  'write-taken': 'POST, PUT or PATCH on a status resource is answered with a status below 400',
  'delete-taken': 'DELETE on a status resource is answered with a status below 400, although cancel is not advertised',
  'server-error': 'a write on a status resource is answered 5xx',
  'refused-and-done': 'a write on a status resource is answered 4xx, but the resource has changed afterwards',
  'not-405': 'a write on a status resource is refused, but not with 405',
  'allow-missing': 'the 405 has no Allow',
  'allow-without-get': 'the Allow of the 405 lists methods, but not GET, by which the status was read',
};

type Code = keyof typeof codes;

/**
 * Whether the status of the completed request was gone before this write (profile §7, clarification 7). If it is gone only
 * afterwards, a DELETE may have removed it; no other method does that.
 */
const isGone = (trace: TraceView, exchange: Answered): boolean => {
  const reads = trace.answered('status-read').filter((read) => read.submission === exchange.submission);
  const before = reads.findLast(({ n }) => n < exchange.n);
  const after = reads.find(({ n }) => n > exchange.n);
  const isForgotten = (read: Answered | undefined): boolean =>
    read !== undefined && isNotFound(read) && trace.isForgotten(read);
  return isForgotten(before) || (exchange.request.method !== 'DELETE' && isForgotten(after));
};

const takenFinding = (exchange: Answered): Finding<Code> | undefined => {
  const { status } = exchange.response;
  const { method } = exchange.request;
  if (status >= 400 && status <= 499) return undefined;
  const taken = method === 'DELETE' ? 'delete-taken' : 'write-taken';
  return {
    code: status >= 500 ? 'server-error' : taken,
    expected: `4xx to ${method} on a status resource`,
    actual: `the answer is ${status}`,
    exchanges: [exchange],
  };
};

const changeFinding = (trace: TraceView, exchange: Answered): Finding<Code> | undefined => {
  if (isStep(exchange, statusMethodsSteps.whilePending)) return undefined;
  const { method } = exchange.request;
  const before = trace.variant(statusMethodsSteps.before, 'status-read')[0];
  const after = trace.variant(statusMethodsSteps.after.of(method), 'status-read')[0];
  if (before === undefined || after === undefined) return undefined;
  const was = responseObject(before);
  const is = responseObject(after);
  if (was === undefined) return undefined;
  return is !== undefined && isDeepStrictEqual(profileMembers(was), profileMembers(is))
    ? undefined
    : {
        code: 'refused-and-done',
        expected: `${method} to change nothing`,
        actual: `a GET of the status resource is answered ${after.response.status} ${describeBody(after)} afterwards`,
        exchanges: [before, exchange, after],
      };
};

/** Allow lists the methods that the resource has (RFC 9110 §10.2.1). An empty one says that it has none for the moment. */
const allowFinding = (exchange: Answered, allow: string): Finding<Code> | undefined => {
  const methods = allow.split(',').map((method) => method.trim().toUpperCase());
  return allow === '' || methods.includes('GET')
    ? undefined
    : {
        code: 'allow-without-get',
        level: 'SHOULD',
        expected: 'Allow with GET, by which the status can be read',
        actual: `it is «${allow}»`,
        exchanges: [exchange],
      };
};

const formFinding = (exchange: Answered): Finding<Code> | undefined => {
  const { status } = exchange.response;
  const is405 = status === 405;
  const allow = responseHeader(exchange, header.allow);
  if (is405 && allow !== undefined) return allowFinding(exchange, allow);
  return {
    code: is405 ? 'allow-missing' : 'not-405',
    level: 'SHOULD',
    expected: `405 with Allow to ${exchange.request.method} on a status resource`,
    actual: is405 ? 'Allow is absent' : `the answer is ${status}`,
    exchanges: [exchange],
  };
};

export const stat10 = defineRequirement({
  id: 'STAT-10',
  since: '1.0',
  level: 'MUST',
  title:
    'POST, PUT, PATCH (and DELETE, unless `cancel` is advertised) on it answer 4xx and change nothing; 405 with `Allow` SHOULD',
  source: cite('RFC 9110 §15.5.6'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'The status is the record of what was done.',
      'If a client can write or delete it, failures can be hidden, and nobody can rely on it.',
    ],
    tested: [
      'POST, PUT and PATCH with a forged body, and DELETE if `cancel` is not advertised, are sent to a completed status resource, and PUT and PATCH to a pending one, and to a completed one under `/provisions/{id}/status` if it can be read there.',
      'Each has to be answered 4xx, and a read of the completed one afterwards has to show the same `id`, counts, booleans, `state` and `Operations` as before.',
      '405 with an `Allow` field is recommended: another 4xx, or a 405 without `Allow` or whose `Allow` lists other methods and not GET, is a warning.',
    ],
    fix: [
      'Register only GET and HEAD for the route, under each of its paths; a generic resource controller gives every path all methods.',
      'Answer 405 with `Allow: GET, HEAD` (and DELETE if requests can be cancelled), before you check the body or its content type.',
    ],
  },
  codes,
  from: [statusMethods],
  judge: (trace) =>
    judgeEach(
      trace.answered('status-method'),
      (exchange) =>
        takenFinding(exchange) ??
        (isGone(trace, exchange) ? undefined : (changeFinding(trace, exchange) ?? formFinding(exchange))),
    ),
});
