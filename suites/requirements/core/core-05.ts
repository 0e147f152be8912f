/** CORE-05. A synchronous bulk request answers 200 with one result for each operation. */
import { validate } from '../../../schemas/validators.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { describeViolations } from '../../judging/describe.js';
import { type Finding, judgeEach } from '../../judging/judge.js';
import { synchronousBulk } from '../../scenarios/synchronous/synchronous-bulk.js';
import { isObject, requestJson, responseJson, textOf, withoutNulls } from '../../trace/message.js';
import { isAsynchronous } from './core.js';

export const core05 = defineRequirement({
  id: 'CORE-05',
  since: '1.0',
  level: 'MUST',
  title: 'a synchronous bulk request (where advertised) answers 200 with one result for each operation',
  source: cite('RFC 7644 §3.7'),
  needs: { capability: 'bulk' },
  guide: {
    why: [
      'The answer to a bulk request is all that a client learns of its operations.',
      'Where a result is missing, it does not know whether that user exists, and loses it or creates it twice.',
    ],
    tested: [
      'Synchronous bulk requests of one to five creates are sent, some of which lack `userName`, and one with `X-SCIM-Request-Mode: synchronous`.',
      'The answer has to be 200 with a valid BulkResponse: in each result `method` and, as a string, `status`; in a failed one `response` with a SCIM error.',
      'There has to be one result for each operation, and their `bulkId`s have to be those that were sent, in any order.',
      'A 202 is left to MODE-02; where `bulk.supported` is not true, it is skipped.',
    ],
    fix: [
      'Collect the results of failed operations, too: the usual cause is a loop that ends at the first exception, or a list that only successes are added to.',
      'Copy `method` and `bulkId` of each operation into its result, and write its status as a string, such as `"201"`.',
      'Answer the request itself with 200 even where every operation failed.',
    ],
  },
  from: [synchronousBulk],
  judge: (trace) => {
    const bulks = trace.answered('bulk').filter(({ response }) => !(response.status === 202 && isAsynchronous(trace)));
    return judgeEach(bulks, (exchange) => {
      const fail = (expected: string, actual: string): Finding => ({ expected, actual, exchanges: [exchange] });
      if (exchange.response.status !== 200) return fail('200 OK', `the answer is ${exchange.response.status}`);
      const validation = validate('scim/bulk-response', withoutNulls(responseJson(exchange)));
      if (!validation.valid)
        return fail('a valid BulkResponse (RFC 7644 §3.7.3)', describeViolations(validation.violations));
      const sent = requestJson(exchange);
      const operations: unknown[] = isObject(sent) && Array.isArray(sent.Operations) ? sent.Operations : [];
      const results = validation.value.Operations;
      if (results.length !== operations.length) {
        return fail(`${operations.length} results, one for each operation`, `there are ${results.length}`);
      }
      const bulkIds = (list: readonly unknown[]): string =>
        list
          .map((item) => (isObject(item) ? textOf(item.bulkId) : ''))
          .sort()
          .join(', ');
      return bulkIds(results) === bulkIds(operations)
        ? undefined
        : fail(`the results of bulkIds ${bulkIds(operations)}`, `they are of ${bulkIds(results)}`);
    });
  },
});
