/** SEC-06. A provider must look ids up, and never use them to build a file path or a header field. A 5xx is left to ERR-09. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { hostileIdsScenario, injectedField } from '../../scenarios/security/hostile-ids.js';
import { responseHeader } from '../../trace/message.js';

export const sec06 = defineRequirement({
  id: 'SEC-06',
  since: '1.0',
  level: 'MUST',
  title: 'hostile ids (traversal, encoded separators, very long, control characters) answer 4xx',
  source: cite('P-Sec'),
  needs: {},
  guide: {
    why: [
      'An id is the part of a URL that anybody can choose.',
      'If `../` or a line break is not filtered, an attacker reaches files, other routes or the header fields of the answer.',
    ],
    tested: [
      '`/Users/{id}` and `/provision/{id}/status` are requested with encoded traversals (`..%2f`), separators, null bytes, line breaks, invalid UTF-8, quotes, template brackets, 2000 characters, `__proto__` and `constructor`.',
      'Each has to be answered 4xx, and the id must not create a header field of the answer.',
      'A 5xx is left to ERR-09; the form of the error is not judged, because it may come from a layer below the application.',
    ],
    fix: [
      'Look ids up in the store, as a bound parameter, and answer 404 if there is no such resource; do not use ids in paths, file names, templates or field values.',
      'Decode the path once, after you have split it at its slashes.',
      'Use maps without a prototype (`Map`, `Object.create(null)`) for lookups by id.',
    ],
  },
  codes: {
    'field-made-of-the-id': 'a line break in an id adds a header field to the answer',
    'hostile-id-not-4xx': 'a request with a hostile id is not answered 4xx',
  },
  from: [hostileIdsScenario],
  looksAt: 'any',
  judge: (trace) =>
    judgeEach(trace.answered('hostile-id'), (exchange) => {
      const { status } = exchange.response;
      if (responseHeader(exchange, injectedField) !== undefined) {
        return {
          code: 'field-made-of-the-id',
          expected: 'no header field made from the id',
          actual: `the answer has ${injectedField}`,
          exchanges: [exchange],
        };
      }
      // ERR-09 judges a 5xx.
      if (status >= 400) return undefined;
      return {
        code: 'hostile-id-not-4xx',
        expected: '4xx to a hostile id',
        actual: `the answer is ${status}`,
        exchanges: [exchange],
      };
    }),
});
