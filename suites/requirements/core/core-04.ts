/** CORE-04. Answers that other requirements judge, or whose form is left open, are left out. */
import { header, mediaType } from '../../../schemas/names.js';
import type { Purpose } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { hasBody, mediaTypesFor, responseHeader, responseMediaType } from '../../trace/message.js';

/**
 * Left to other requirements: reads of a status resource (STAT-07). Left out: what may be answered below the application
 * (profile §7, clarification 3).
 */
const leftOut: readonly Purpose[] = [
  'hostile-id',
  'fuzz',
  'poll',
  'status-read',
  'status-canonical',
  'status-advertised',
  'status-conditional',
];

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
      'Where it is `application/json` or `text/html`, some of them refuse a good answer, and others cannot read the error in a bad one.',
    ],
    tested: [
      'Every answer with a body in the whole run is looked at: `Content-Type` has to be `application/scim+json`; parameters such as `charset` are allowed, and so is `application/json` where the request asks for that alone (RFC 7644 §3.8).',
      'Answers without a body pass.',
      'Not looked at here are 202, status resources, results and events of RFC 9967, throttled answers, and answers to hostile ids and fuzzed requests, which may come from below the application.',
    ],
    fix: [
      'The good answers are rarely wrong: look at the errors.',
      'The 404 of an unknown path, the 401 of an authentication filter and the 400 of a JSON parser are made by the framework, as `application/json` or HTML.',
      'Register one error handler for all of them, and set `Content-Type: application/scim+json` in one place for every answer with a body.',
    ],
  },
  codes: {
    'content-type-missing': 'an answer with a body has no Content-Type',
    'content-type-wrong': 'a good answer has another Content-Type than application/scim+json',
    'error-content-type-wrong': 'an error has another Content-Type than application/scim+json',
  },
  from: 'every',
  looksAt: 'any',
  judge: (trace) => {
    const judged = trace
      .answered()
      .filter(({ purpose }) => !leftOut.includes(purpose))
      // What RFC 9967 leaves open has another form, or none.
      .filter((exchange) => trace.isScim(exchange))
      // The 202 is ACC-02's.
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
