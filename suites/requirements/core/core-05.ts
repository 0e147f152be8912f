/** CORE-05. The results may come in any order: the bulkId of each one names its operation. */
import { validate } from '../../../schemas/validators.js';
import { operationResults, withPlainStatus } from '../../bindings/operation-result.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { describeViolations } from '../../judging/describe.js';
import { judgeEach, type Finding } from '../../judging/judge.js';
import { objectAsStatus } from '../../judging/object-as-status.js';
import { missingUser } from '../../judging/reported-create.js';
import type { TraceView } from '../../judging/trace-view.js';
import { servesAsynchronous } from '../../provider/served-bindings.js';
import { synchronousBulkChanges } from '../../scenarios/synchronous/synchronous-bulk-changes.js';
import { synchronousBulkGroups } from '../../scenarios/synchronous/synchronous-bulk-groups.js';
import { synchronousBulk, synchronousBulkSteps } from '../../scenarios/synchronous/synchronous-bulk.js';
import {
  isObject,
  operationsIn,
  requestJson,
  responseJson,
  responseObject,
  textOf,
  withoutNulls,
} from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';
import { bulkChangeCodes, judgeBulkChanges } from './changes/bulk-changes-as-asked.js';
import { bulkGroupCodes, judgeBulkGroups } from './changes/bulk-groups-as-asked.js';

/** The body of an answer, in which the status of each result is a string if it can be read as one. */
const withPlainStatuses = (body: unknown): unknown =>
  isObject(body) && Array.isArray(body.Operations)
    ? { ...body, Operations: body.Operations.map(withPlainStatus) }
    : body;

/** The bulkIds of operations or results, in an order that does not depend on theirs. */
const bulkIdsOf = (list: readonly unknown[]): string =>
  list
    .map((item) => (isObject(item) ? textOf(item.bulkId) : ''))
    .sort()
    .join(', ');

const codes = {
  'bulk-not-200': 'a bulk request is not answered 200',
  'bulk-response-invalid': 'the answer is not a valid BulkResponse',
  'result-count-wrong': 'there are more or fewer results than operations',
  'created-not-there': 'a user whose create is reported as 201 does not exist',
  'bulk-ids-wrong': 'the results do not have the bulkIds of the operations',
  ...bulkChangeCodes,
  ...bulkGroupCodes,
};

const findWrong = (exchange: Answered): Finding<keyof typeof codes> | undefined => {
  const { status } = exchange.response;
  const exchanges = [exchange];
  if (status !== 200) {
    return { code: 'bulk-not-200', expected: '200 OK', actual: `the answer is ${status}`, exchanges };
  }
  const validation = validate('scim/bulk-response', withPlainStatuses(withoutNulls(responseJson(exchange))));
  if (!validation.valid) {
    const actual = describeViolations(validation.violations);
    return {
      code: 'bulk-response-invalid',
      expected: 'a valid BulkResponse (RFC 7644 §3.7.3)',
      actual,
      exchanges,
    };
  }
  const operations = operationsIn(requestJson(exchange));
  const results = validation.value.Operations;
  if (results.length !== operations.length) {
    const expected = `${operations.length} results, one for each operation`;
    return { code: 'result-count-wrong', expected, actual: `there are ${results.length}`, exchanges };
  }
  const [sent, shown] = [bulkIdsOf(operations), bulkIdsOf(results)];
  return sent === shown
    ? undefined
    : {
        code: 'bulk-ids-wrong',
        expected: `results with the bulkIds ${sent}`,
        actual: `they have ${shown}`,
        exchanges,
      };
};

/** The users that this answer reports as created, and that are not there. */
const findMissing = (trace: TraceView, exchange: Answered): Finding<keyof typeof codes>[] => {
  const names = new Map(
    operationsIn(requestJson(exchange)).flatMap((operation): [string, string][] => {
      const { bulkId, data } = isObject(operation) ? operation : {};
      const userName = isObject(data) ? data.userName : undefined;
      return typeof bulkId === 'string' && typeof userName === 'string' ? [[bulkId, userName]] : [];
    }),
  );
  return operationResults(responseObject(exchange) ?? {}).flatMap(({ status, bulkId = '' }) => {
    const userName = names.get(bulkId);
    if (status !== '201' || userName === undefined) return [];
    const missing = missingUser(trace, userName, { step: synchronousBulkSteps.created, since: exchange.n });
    if (missing === undefined) return [];
    const expected = `${userName}, whose create is reported as 201, to exist`;
    return [{ code: 'created-not-there', expected, actual: missing.actual, exchanges: [exchange, ...missing.shown] }];
  });
};

export const core05 = defineRequirement({
  id: 'CORE-05',
  since: '1.0',
  level: 'MUST',
  title: 'a synchronous bulk request (where advertised) answers 200 with one result for each operation',
  source: cite('RFC 7644 §3.7'),
  needs: { capability: 'bulk' },
  guide: {
    why: [
      'A client learns the outcome of its operations only from the answer to the bulk request.',
      'If a result is missing, it does not know whether that user exists, and either has no account for the person or creates two.',
    ],
    tested: [
      'Synchronous bulk requests of one to five creates are sent, some of which lack `userName`, and one with `X-SCIM-Request-Mode: synchronous`.',
      'The answer has to be 200 with a valid BulkResponse: in each result `method` and, as a string, `status`; in a failed one `response` with a SCIM error.',
      'A `status` such as `{"code": "201"}`, which is in an example of RFC 7644 §3.7.2, is read, and makes the outcome ambiguous.',
      'There has to be one result for each operation, and their `bulkId`s have to be those that were sent, in any order.',
      'Each user whose create is reported as 201 has to exist: at the location of the result, or in a search.',
      'One more request of many operations creates, replaces, patches (where advertised) and deletes users. What its results report as done has to be seen in reads: every attribute that the same create or PUT alone keeps, the value of the PATCH, and 404 after the DELETE. Operations that are refused are not judged.',
      'A request does the same to groups, whose members have to be those that the same write alone leaves. If an asynchronous binding is served, a group that names a new user by `bulkId:` has to have this member; otherwise BULK-02 judges this.',
      'A 202 is left to MODE-02; if `bulk.supported` is not true, the requirement is skipped.',
    ],
    fix: [
      'Collect the results of failed operations, too: the usual cause is a loop that ends at the first exception, or a list to which only successes are added.',
      'Copy `method` and `bulkId` of each operation into its result, and write its status as a string, such as `"201"`.',
      'Run each operation by the code that serves the same method alone, for PUT, PATCH and DELETE and for groups, too, and commit it before its result is reported.',
      'Answer the request itself with 200 even if every operation failed.',
    ],
  },
  codes,
  from: [synchronousBulk, synchronousBulkChanges, synchronousBulkGroups],
  judge: (trace) => {
    if (trace.isOf(synchronousBulkChanges)) return judgeBulkChanges(trace);
    if (trace.isOf(synchronousBulkGroups)) return judgeBulkGroups(trace);
    const answers = trace
      .answered('bulk')
      // If the target serves an asynchronous binding, MODE-02 or PREF-09 judges a 202.
      .filter(({ response }) => !(response.status === 202 && servesAsynchronous(trace.target)));
    const results = answers.flatMap((exchange) => operationsIn(responseJson(exchange)));
    return {
      ...judgeEach(answers, (exchange) => findWrong(exchange) ?? findMissing(trace, exchange)),
      ambiguities: objectAsStatus(results),
    };
  },
});
