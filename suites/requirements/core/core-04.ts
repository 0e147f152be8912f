/** CORE-04. Every answer of the run is judged, except those that other requirements judge and those whose form is open. */
import { header, mediaType } from '../../../schemas/names.js';
import type { Purpose } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { isFromParser } from '../../judging/below-application.js';
import { judgeEach } from '../../judging/judge.js';
import { hasBody, headerValue, mediaTypesFor, responseHeader, responseMediaType } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';

/** Reads of a status resource are left to STAT-07. */
const leftOut: readonly Purpose[] = [
  'poll',
  'status-read',
  'status-canonical',
  'status-advertised',
  'status-conditional',
];

/** Whether a fuzzed Accept, which no SCIM client sends, may have decided the type of the answer. */
const hasFuzzedAccept = ({ purpose, request }: Answered): boolean =>
  purpose === 'fuzz' &&
  !/^application\/(?:scim\+)?json$/.test(headerValue(request.headers, header.accept) ?? mediaType.scim);

export const core04 = defineRequirement({
  id: 'CORE-04',
  since: '1.0',
  level: 'MUST',
  title: 'every response with a body is `application/scim+json`',
  source: cite('RFC 7644 §3.1, §8.1'),
  needs: {},
  guide: {
    why: [
      'SCIM libraries choose their parser by the content type.',
      'If it is `application/json` or `text/html`, some of them reject a good answer, and others cannot read an error.',
    ],
    tested: [
      'Every answer with a body in the whole run is checked: `Content-Type` has to be `application/scim+json`; parameters such as `charset` are allowed, and so is `application/json` if the request accepts only that (RFC 7644 §3.8).',
      'Answers without a body pass.',
      'Not checked here are 202, status resources, results and events of RFC 9967, throttled answers, answers to an `Accept` that no SCIM client sends, and the refusal of a URL that may come from an HTTP parser below the application (ERR-01 says which).',
    ],
    fix: [
      'Successful answers are rarely wrong: check the errors.',
      'The 404 of an unknown path, the 401 of an authentication filter and the 400 of a JSON parser are made by the framework, as `application/json` or HTML.',
      'Register one error handler for all of them, and set `Content-Type: application/scim+json` in one place for every answer with a body.',
    ],
  },
  codes: {
    'content-type-missing': 'an answer with a body has no Content-Type',
    'content-type-wrong': 'the Content-Type of a successful answer is not application/scim+json',
    'error-content-type-wrong': 'the Content-Type of an error is not application/scim+json',
  },
  from: 'every',
  looksAt: 'any',
  judge: (trace) => {
    const judged = trace
      .answered()
      .filter((exchange) => !leftOut.includes(exchange.purpose) && !hasFuzzedAccept(exchange))
      .filter((exchange) => !isFromParser(exchange))
      // RFC 9967 leaves the form of some answers open.
      .filter((exchange) => trace.isScim(exchange))
      // ACC-02 judges the 202.
      .filter((exchange) => hasBody(exchange) && exchange.response.status !== 202)
      .filter(({ request }) => request.method !== 'HEAD');
    return judgeEach(judged, (exchange) => {
      const contentType = responseHeader(exchange, header.contentType);
      const expected = `Content-Type ${mediaType.scim}`;
      if (contentType === undefined) {
        return { code: 'content-type-missing', expected, actual: 'it is absent', exchanges: [exchange] };
      }
      if (mediaTypesFor(exchange).includes(responseMediaType(exchange) ?? '')) return undefined;
      return {
        code: exchange.response.status < 400 ? 'content-type-wrong' : 'error-content-type-wrong',
        expected,
        actual: `it is ${contentType}`,
        exchanges: [exchange],
      };
    });
  },
});
