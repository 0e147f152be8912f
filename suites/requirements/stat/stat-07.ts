/** STAT-07. To a client that accepts only application/json, that type is a right answer, too (RFC 7644 §3.8). */
import { header, mediaType } from '../../../schemas/names.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import {
  statusRepresentations,
  statusRepresentationsSteps,
} from '../../scenarios/request-mode/status-representations.js';
import { followed } from '../../scenarios/scenario-sets.js';
import { headerValue, mediaTypesFor, responseMediaType } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';

/** What is not answered 200 is judged only where the Accept is what the read is about: STAT-01 judges the rest. */
const isAbout = (exchange: Answered): boolean =>
  exchange.credential === 'primary' &&
  (exchange.response.status === 200 || statusRepresentationsSteps.accept.valueOf(exchange) !== undefined);

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
      'A provider that answers 406, or another type, cannot be polled by half of them.',
    ],
    tested: [
      'A completed status resource is read with `Accept: application/scim+json`, `application/json`, `*/*` and without the field; each has to answer 200.',
      '`Content-Type` has to be `application/scim+json`; for `application/json` alone, that type is right as well.',
      'The polls of ordinary asynchronous requests are looked at in the same way.',
    ],
    fix: [
      'Register `application/scim+json` as a type that the handler produces, or take the status resource out of content negotiation and always send that type.',
      'A framework that knows JSON only as `application/json` answers 406, or sends that type; a missing `Accept` means that anything is welcome.',
    ],
  },
  codes: {
    'accept-refused': 'a read with one of the values of Accept is not answered 200',
    'content-type-wrong': 'the status resource comes with another Content-Type, or none',
  },
  from: [...followed, statusRepresentations],
  looksAt: 'any',
  judge: (trace) =>
    judgeEach(trace.statusReads().filter(isAbout), (exchange) => {
      const accept = headerValue(exchange.request.headers, header.accept);
      const asked = accept === undefined ? 'without Accept' : `for Accept: ${accept}`;
      const { status } = exchange.response;
      if (status !== 200)
        return {
          code: 'accept-refused',
          expected: `200 ${asked}`,
          actual: `the answer is ${status}`,
          exchanges: [exchange],
        };
      const type = responseMediaType(exchange);
      return mediaTypesFor(exchange).includes(type ?? '')
        ? undefined
        : {
            code: 'content-type-wrong',
            expected: `Content-Type ${mediaType.scim} ${asked}`,
            actual: `it is ${type ?? 'absent'}`,
            exchanges: [exchange],
          };
    }),
});
