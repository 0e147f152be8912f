/** STAT-01. 200 with the paper's members and types. What the 202 carries is ACC-02's; an answer other than 200 at once ACC-01's. */
import { validate } from '../../../schemas/validators.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { describeBody, describeViolations } from '../../judging/describe.js';
import { type Finding, judgeEach } from '../../judging/judge.js';
import { responseJson, withoutNulls } from '../../trace/message.js';
import { settling } from '../../scenarios/scenario-sets.js';

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
      'The status resource is all that a client sees of its request.',
      'Where a count is missing or a string, the client computes nonsense, fails to parse it, or polls for ever.',
    ],
    tested: [
      'Every GET of a status resource with the client’s own credential, while it is pending and afterwards, has to answer 200.',
      'The body has to hold `schemas` with `urn:ietf:params:scim:schemas:extension:2.0:Provision:Status`, an `id` that is not empty, `operationsCount` with `total`, `success`, `failed` and `pending` as whole numbers of 0 or more, and `status` with the booleans `completed` and `success`.',
      'A member that is null counts as absent, and unknown members are ignored; that the very first GET is not answered 200 is left to ACC-01.',
    ],
    fix: [
      'Send all four counts and both booleans from the first answer on: 0 and false, not null, and not left out.',
      'Convert what the database gives: a big integer or an enumeration is often serialised as a string.',
      'If the answer is not 200, see whether the status is kept long enough: it has to be readable after the request is completed.',
    ],
  },
  from: settling,
  judge: (trace) => {
    const reads = trace.statusReads().filter(({ purpose }) => purpose === 'poll' || purpose === 'status-read');
    return judgeEach(
      reads.filter(({ credential, variant }) => credential === 'primary' && variant !== 'wrong X-Original-Request-ID'),
      (exchange) => {
        const fail = (expected: string, actual: string): Finding => ({ expected, actual, exchanges: [exchange] });
        const { status } = exchange.response;
        const firstOf = trace.statusReads(trace.submissions().find(({ n }) => n === exchange.submission))[0];
        if (status !== 200 && trace.isCancelled(exchange.submission, exchange.n)) return undefined;
        if (status !== 200) return firstOf === exchange ? undefined : fail('200', `the answer is ${status}`);
        const body = responseJson(exchange);
        if (body === undefined) return fail('a status resource', `the answer comes ${describeBody(exchange)}`);
        const validation = validate('async/provision-status', withoutNulls(body));
        return validation.valid
          ? undefined
          : fail('a valid status resource', describeViolations(validation.violations));
      },
    );
  },
});
