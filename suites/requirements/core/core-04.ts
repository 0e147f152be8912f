/** CORE-04. * Every response with a body is application/scim+json. Left to their own requirements: the 202 (ACC-02), reads of a
 * status resource (STAT-07), what RFC 9967 leaves open, throttling (RATE-01), and answers to hostile ids and fuzz, which may come from below the
 * application (profile §7, clarification 3).
 */
import { header, mediaType } from '../../../schemas/names.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { hasBody, mediaTypesFor, responseHeader, responseMediaType } from '../../trace/message.js';

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
      'Given `application/json` or `text/html`, some of them refuse a good answer, and others do not find the error in a bad one.',
    ],
    tested: [
      'Every answer with a body in the whole run is looked at: `Content-Type` has to be `application/scim+json`; parameters such as `charset` are allowed, and so is `application/json` where the request asks for that alone (RFC 7644 §3.8).',
      'Answers without a body pass.',
      'Left to other requirements, or out of it altogether: 202, status resources, results and events of RFC 9967, throttled answers, and answers to hostile ids and fuzzed requests, which may come from below the application.',
    ],
    fix: [
      'The good answers are rarely wrong: look at the errors.',
      'The 404 of an unknown path, the 401 of an authentication filter and the 400 of a JSON parser are made by the framework, as `application/json` or HTML.',
      'Register one error handler for all of them, and set `Content-Type: application/scim+json` in one place for every answer with a body.',
    ],
  },
  from: 'every',
  looksAt: 'any',
  judge: (trace) => {
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
      .filter(
        (exchange) => hasBody(exchange) && exchange.response.status !== 202 && exchange.request.method !== 'HEAD',
      );
    return judgeEach(judged, (exchange) =>
      mediaTypesFor(exchange).includes(responseMediaType(exchange) ?? '')
        ? undefined
        : {
            expected: `Content-Type ${mediaType.scim}`,
            actual: `it is ${responseHeader(exchange, header.contentType) ?? 'absent'}`,
            exchanges: [exchange],
          },
    );
  },
});
