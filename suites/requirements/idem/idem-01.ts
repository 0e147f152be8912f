/** IDEM-01. A repeated request counts as a retry even if the first one is already completed or has failed. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, together } from '../../judging/judge.js';
import { safeRetry, safeRetrySteps } from '../../scenarios/features/safe-retry.js';
import { countFound } from '../../trace/searches.js';
import { describeStatus, isSameStatus } from './is-same-status.js';

export const idem01 = defineRequirement({
  id: 'IDEM-01',
  since: '1.0',
  level: 'MUST',
  title: 'the same `X-Request-ID` and body again: the same status resource, no second effect',
  source: cite('Fig1, D3'),
  needs: { binding: 'request-mode', feature: 'idempotency' },
  guide: {
    why: [
      'When a connection breaks, a client does not know whether its request has arrived.',
      'It can send the request again without creating a second user only if the provider recognises it by its `X-Request-ID`.',
    ],
    tested: [
      'A create is sent twice with one `X-Request-ID` and the same JSON, its members in another order. The second is sent at the same moment, right after the first, after the first is completed or has failed, after another body with the id was refused, or after 24 other requests.',
      'A PUT, a PATCH, a DELETE and a bulk request are sent again when they are completed, and a bulk request when it was cancelled.',
      'The second has to be answered 202, or 200, with the status resource of the first: the same `id` or, if one of the bodies has none, the same `Location`.',
      'At most one user of that name may exist afterwards.',
      'Judged only if `features` lists `idempotency` and the first is answered 202.',
    ],
    fix: [
      'Store client, `X-Request-ID` and a hash of method, path and canonical JSON with the request, under a unique index, in the transaction that enqueues it.',
      'If the id is already stored, answer with the stored status resource, whatever its state: also when it is completed or failed.',
      'If two come at the same moment, let the unique index refuse the second: a query before the insert finds neither.',
    ],
  },
  codes: {
    'retry-refused': 'a safe retry is answered neither 202 nor 200',
    'retry-made-a-new-request': 'a safe retry does not lead to the status resource of the first request',
    'done-twice': 'a request and its safe retry create two users',
  },
  from: [safeRetry],
  judge: (trace) => {
    const [first] = trace.variant(safeRetrySteps.first, 'retry');
    const [again] = trace.variant(safeRetrySteps.again, 'retry');
    if (first?.response.status !== 202 || again === undefined) return together();
    const submission = trace.submissions().find(({ exchange }) => exchange === first.n);
    const done = submission === undefined ? undefined : trace.completion(submission)?.poll;
    return judgeEach([again], () => {
      // The poll is shown because the provider may fail only when the first request is already completed.
      const exchanges = [first, ...(done !== undefined && done.n < again.n ? [done] : []), again];
      // 200 is right, too: the provider may answer with the current status of the first request.
      if (again.response.status !== 202 && again.response.status !== 200) {
        return {
          code: 'retry-refused',
          expected: '202 to a safe retry',
          actual: `the answer is ${again.response.status}`,
          exchanges,
        };
      }
      if (isSameStatus(first, again) === false) {
        return {
          code: 'retry-made-a-new-request',
          expected: `the retry to lead to the status resource of the first: ${describeStatus(first)}`,
          actual: `it leads to another: ${describeStatus(again)}`,
          exchanges,
        };
      }
      const search = trace.answered('search').find(({ subject }) => subject === first.subject);
      const count = search === undefined ? undefined : countFound(search);
      return search !== undefined && count !== undefined && count > 1
        ? { code: 'done-twice', expected: 'one user', actual: `there are ${count}`, exchanges: [...exchanges, search] }
        : undefined;
    });
  },
});
