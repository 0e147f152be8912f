/** BULK-04. More than bulk.maxOperations, or a body over bulk.maxPayloadSize, answers 413 and nothing is done. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, together } from '../../judging/judge.js';
import { bulkLimits } from '../../scenarios/bulk/bulk-limits.js';
import { countFound } from '../../trace/searches.js';

export const bulk04 = defineRequirement({
  id: 'BULK-04',
  since: '1.0',
  level: 'MUST',
  title: 'more than `bulk.maxOperations`, or a body over `bulk.maxPayloadSize`, answers 413 and nothing is done',
  source: cite('RFC 7644 §3.7.4'),
  needs: { binding: 'any', capability: 'bulk' },
  guide: {
    why: [
      'A client splits its work by the limits that are advertised.',
      'Where a request that keeps them is refused, or one that breaks them is done in part, it does not know what exists.',
    ],
    tested: [
      'Asynchronous bulk requests of exactly `bulk.maxOperations` operations and of one more are sent, and bodies of exactly `bulk.maxPayloadSize` bytes and of one more, filled up with spaces and with letters of two bytes.',
      'What keeps the limit may not be answered 413; what is over it has to be.',
      'A user in the refused request may not exist when a later request is completed.',
      'Limits of more than 5000 operations or 8 MiB are not tried, nor a number of operations that does not fit into `maxPayloadSize`: inconclusive.',
    ],
    fix: [
      'Compare before anything is put in the queue and before the 202.',
      'Measure the body in bytes as it was received, not in characters and not after parsing.',
      'Check the limits of the proxy and of the framework’s body parser: they are often lower than what is advertised, or answer 413 in HTML. Advertise what is enforced.',
    ],
  },
  from: [bulkLimits],
  judge: (trace) =>
    together(
      judgeEach(
        trace.answered('submit').filter(({ variant }) => /^(at|over) max/.test(variant ?? '')),
        (exchange) => {
          const { status } = exchange.response;
          const over = exchange.variant?.startsWith('over') === true;
          const what = `a bulk request ${over ? 'one ' : ''}${exchange.variant ?? ''}`;
          if (over && status !== 413)
            return { expected: `413 to ${what}`, actual: `the answer is ${status}`, exchanges: [exchange] };
          return !over && status === 413
            ? { expected: `${what} to be taken`, actual: 'the answer is 413', exchanges: [exchange] }
            : undefined;
        },
      ),
      judgeEach(trace.answered('search'), (search) => {
        const refused = trace
          .answered('submit')
          .find(({ variant, response }) => variant?.startsWith('over') === true && response.status === 413);
        return refused !== undefined && (countFound(search) ?? 0) > 0
          ? {
              expected: 'nothing to be done of a request that was answered 413',
              actual: 'a user of it exists',
              exchanges: [refused, search],
            }
          : undefined;
      }),
    ),
});
