/** STAT-07. For a client that accepts only application/json, this type is right as well (RFC 7644 §3.8). */
import { header, mediaType } from '../../../schemas/names.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, type Judgement, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import {
  statusRepresentations,
  statusRepresentationsSteps,
} from '../../scenarios/request-mode/status-representations.js';
import { followed } from '../../scenarios/scenario-sets.js';
import { headerValue, mediaTypesFor, responseMediaType } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';

/** An answer other than 200 is judged only if the read tests a value of Accept; STAT-01 judges the others. */
const isJudged = (exchange: Answered): boolean =>
  exchange.credential === 'primary' &&
  (exchange.response.status === 200 || statusRepresentationsSteps.accept.valueOf(exchange) !== undefined);

const judgeReads = (trace: TraceView): Judgement<'accept-refused' | 'content-type-wrong'> =>
  judgeEach(
    trace.statusReads().filter((exchange) => isJudged(exchange) && !trace.isForgotten(exchange)),
    (exchange) => {
      const accept = headerValue(exchange.request.headers, header.accept);
      const condition = accept === undefined ? 'without Accept' : `for Accept: ${accept}`;
      const { status } = exchange.response;
      if (status !== 200)
        return {
          code: 'accept-refused',
          expected: `200 ${condition}`,
          actual: `the answer is ${status}`,
          exchanges: [exchange],
        };
      const type = responseMediaType(exchange);
      return mediaTypesFor(exchange).includes(type ?? '')
        ? undefined
        : {
            code: 'content-type-wrong',
            expected: `Content-Type ${mediaType.scim} ${condition}`,
            actual: `it is ${type ?? 'absent'}`,
            exchanges: [exchange],
          };
    },
  );

/** Every general-purpose server has to answer HEAD as GET, without the body (RFC 9110 §9.1). */
const judgeHead = (trace: TraceView): Judgement<'head-refused'> =>
  judgeEach(
    trace
      .variant(statusRepresentationsSteps.head, 'status-method')
      .filter((exchange) => exchange.response.status >= 400 && !trace.isForgotten(exchange)),
    (exchange) => ({
      code: 'head-refused',
      level: 'SHOULD',
      expected: '200 to HEAD, as to GET',
      actual: `the answer is ${exchange.response.status}`,
      exchanges: [exchange],
    }),
  );

export const stat07 = defineRequirement({
  id: 'STAT-07',
  since: '1.0',
  level: 'MUST',
  title: 'served as `application/scim+json` for `Accept: application/scim+json`, `application/json`, `*/*` and none',
  source: cite('P-S, RFC 7644 §3.8'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'Clients and tools send different `Accept` fields, and some send none.',
      'If a provider answers 406, or with another type, many of them cannot poll it.',
    ],
    tested: [
      'A completed status resource is read with `Accept: application/scim+json`, `application/json`, `*/*` and without the field; each has to answer 200.',
      '`Content-Type` has to be `application/scim+json`; for `application/json` alone, that type is right as well.',
      'HEAD should be answered as GET: if it is refused, that is only a warning.',
      'The polls of other asynchronous requests are judged in the same way.',
    ],
    fix: [
      'Register `application/scim+json` as a type that the handler produces, or exclude the status resource from content negotiation and always send that type.',
      'A framework that knows JSON only as `application/json` answers 406, or sends that type; a missing `Accept` means that every type is accepted.',
      'Let the route of GET answer HEAD, too: some frameworks do so only if they are told.',
    ],
  },
  codes: {
    'accept-refused': 'a read with one of the values of Accept is not answered 200',
    'head-refused': 'a HEAD of the status is refused, although a GET is answered 200',
    'content-type-wrong': 'the Content-Type of the status resource is wrong or missing',
  },
  from: [...followed, statusRepresentations],
  looksAt: 'any',
  judge: (trace) => together(judgeReads(trace), judgeHead(trace)),
});
