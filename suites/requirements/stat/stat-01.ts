/** STAT-01. Only reads are judged here: ACC-02 judges the body of the 202, and ACC-01 a first read that is not answered 200. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, type Finding } from '../../judging/judge.js';
import { statusDefects, statusDefectsOf, type StatusDefect } from '../../judging/status-defects.js';
import type { TraceView } from '../../judging/trace-view.js';
import { settling } from '../../scenarios/scenario-sets.js';
import type { Answered } from '../../trace/trace.js';

type Code = StatusDefect | 'status-not-readable';

const findUnreadable = (trace: TraceView, exchange: Answered): Finding<Code>[] => {
  if (trace.isCancelled(exchange.submission, exchange.n) || trace.isForgotten(exchange)) return [];
  const firstOf = trace.statusReads(trace.submissions().find(({ n }) => n === exchange.submission))[0];
  if (firstOf === exchange) return [];
  const actual = `the answer is ${exchange.response.status}`;
  return [{ code: 'status-not-readable', expected: '200', actual, exchanges: [exchange] }];
};

export const stat01 = defineRequirement({
  id: 'STAT-01',
  since: '1.0',
  level: 'MUST',
  title:
    "200 with the paper's members and types: four counts, whole numbers of 0 or more, two booleans, the schema URN",
  source: cite('P-C'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'A client sees the progress of its request only in the status resource.',
      'If a count is missing or a string, the client computes wrong numbers, fails to parse the status, or polls forever.',
    ],
    tested: [
      'Every GET of a status resource with the client’s own credential, while it is pending and afterwards, has to answer 200.',
      'The body has to hold `schemas` with `urn:ietf:params:scim:schemas:extension:2.0:Provision:Status`, an `id` that is not empty, `operationsCount` with `total`, `success`, `failed` and `pending` as whole numbers of 0 or more, and `status` with the booleans `completed` and `success`.',
      'A 404 or 410 is right if the request was seen completed before, because a status does not have to be kept forever.',
      'A member that is null counts as absent, and unknown members are ignored; a first GET that is not answered 200 is left to ACC-01.',
    ],
    fix: [
      'Send all four counts and both booleans from the first answer on: as 0 and false; do not send null and do not leave them out.',
      'Convert the values of the database: a big integer or an enumeration is often serialised as a string.',
      'If the answer is not 200, check whether the status is kept long enough: it has to be readable after the request is completed.',
    ],
  },
  codes: { ...statusDefects, 'status-not-readable': 'a read after the first one is not answered 200' },
  from: settling,
  judge: (trace) =>
    judgeEach(
      trace
        .statusReads()
        .filter(({ purpose, credential }) => credential === 'primary' && ['poll', 'status-read'].includes(purpose)),
      (exchange): Finding<Code>[] =>
        exchange.response.status === 200
          ? statusDefectsOf(exchange, 'a valid status resource')
          : findUnreadable(trace, exchange),
    ),
});
