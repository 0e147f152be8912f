/** BULK-04. Judged by the answers at each limit and one over it, and by whether a user of a refused request exists. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, together } from '../../judging/judge.js';
import { bulkLimits, bulkLimitsSteps } from '../../scenarios/bulk/bulk-limits.js';
import { countFound } from '../../trace/searches.js';

export const bulk04 = defineRequirement({
  id: 'BULK-04',
  since: '1.0',
  level: 'MUST',
  title: 'more than `bulk.maxOperations`, or a body over `bulk.maxPayloadSize`, answers 413 and nothing is done',
  source: cite('RFC 7644 §3.7.4'),
  needs: { binding: 'any', capability: 'bulk' },
  alsoSynchronous: true,
  guide: {
    why: [
      'A client divides its work by the advertised limits.',
      'If a request within the limits is refused, or one over the limits is done in part, the client does not know which users exist.',
    ],
    tested: [
      'Asynchronous bulk requests of exactly `bulk.maxOperations` operations and of one more are sent, and bodies of exactly `bulk.maxPayloadSize` bytes and of one more, filled up with spaces and with letters of two bytes.',
      'A request within the limit must not be answered 413; a request over it has to be.',
      'No user of the refused request may exist when a later request is completed.',
      'Limits of more than 5000 operations or 8 MiB are not tried, nor a number of operations that does not fit into `maxPayloadSize`: the outcome is inconclusive.',
      'If the target serves no asynchronous binding, the requests are sent synchronously.',
    ],
    fix: [
      'Compare before anything is put in the queue and before the 202.',
      'Measure the body in bytes as it was received, not in characters and not after parsing.',
      'Check the limits of the proxy and of the framework’s body parser: they are often lower than the advertised ones, or answer 413 in HTML. Advertise the limits that are enforced.',
    ],
  },
  codes: {
    'over-the-limit-not-413': 'a bulk request over an advertised limit is not answered 413',
    'at-the-limit-413': 'a bulk request exactly at an advertised limit is answered 413',
    'refused-has-an-effect': 'a bulk request that was answered 413 was done in part',
  },
  from: [bulkLimits],
  judge: (view) => {
    const submitted = view.answered('submit', 'bulk');
    const at = submitted.filter((exchange) => bulkLimitsSteps.at.valueOf(exchange) !== undefined);
    const over = submitted.filter((exchange) => bulkLimitsSteps.over.valueOf(exchange) !== undefined);
    const refused = over.find(({ response }) => response.status === 413);
    return together(
      judgeEach(over, (exchange) =>
        exchange.response.status === 413
          ? undefined
          : {
              code: 'over-the-limit-not-413',
              expected: `413 to a bulk request one over ${bulkLimitsSteps.over.valueOf(exchange) ?? ''}`,
              actual: `the answer is ${exchange.response.status}`,
              exchanges: [exchange],
            },
      ),
      judgeEach(at, (exchange) =>
        exchange.response.status !== 413
          ? undefined
          : {
              code: 'at-the-limit-413',
              expected: `no 413 to a bulk request at ${bulkLimitsSteps.at.valueOf(exchange) ?? ''}`,
              actual: 'the answer is 413',
              exchanges: [exchange],
            },
      ),
      judgeEach(view.answered('search'), (search) =>
        refused === undefined || (countFound(search) ?? 0) === 0
          ? undefined
          : {
              code: 'refused-has-an-effect',
              expected: 'a request that was answered 413 to have no effect',
              actual: 'a user that it creates exists',
              exchanges: [refused, search],
            },
      ),
    );
  },
});
