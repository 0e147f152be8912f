/** STAT-09. The unknown id has the form of a real one, so that a check of the form alone does not refuse it. */
import { validate } from '../../../schemas/validators.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { describeBody, describeViolations } from '../../judging/describe.js';
import { judgeEach, type Finding } from '../../judging/judge.js';
import { statusOfUnknown } from '../../scenarios/request-mode/status-of-unknown.js';
import { responseJson, withoutNulls } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';

const codes = {
  'unknown-id-shown': 'a GET of a status that never existed is answered 2xx',
  'status-wrong': 'a GET of a status that never existed is answered neither 404 nor 2xx',
  'error-invalid': 'the 404 has no valid SCIM error in its body',
};

const finding = (exchange: Answered): Finding<keyof typeof codes> | undefined => {
  const { status } = exchange.response;
  const shown = { expected: '404 with a SCIM error', exchanges: [exchange] };
  if (status !== 404) {
    const code = status >= 200 && status < 300 ? 'unknown-id-shown' : 'status-wrong';
    return { code, ...shown, actual: `the answer is ${status}` };
  }
  const validation = validate('scim/error', withoutNulls(responseJson(exchange)));
  return validation.valid
    ? undefined
    : {
        code: 'error-invalid',
        ...shown,
        actual: `the 404 comes ${describeBody(exchange)}: ${describeViolations(validation.violations)}`,
      };
};

export const stat09 = defineRequirement({
  id: 'STAT-09',
  since: '1.0',
  level: 'MUST',
  title: 'an unknown id answers 404 with a SCIM error',
  source: cite('RFC 7644 §3.12'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'From a 404 a client knows that the status is gone or the id is wrong, and stops.',
      'After a 200, a 400 or a 500 it continues to poll, or reports an outage.',
    ],
    tested: [
      'The suite requests the status of an id that was never issued but has the same form as a real one. The id replaces the real one in `Location`, and in `/provision/{id}/status` if the provider serves that path.',
      'If `Location` does not contain the id, and that path is not served, the outcome is inconclusive.',
      'The answer has to be 404 with a valid SCIM error in the body.',
    ],
    fix: [
      'Look the id up, and answer 404 if it does not exist, whatever its form: a 400 usually comes from a validator in the route that demands a UUID.',
      'Write the body yourself: `{"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "404", "detail": "…"}`; the router’s own 404 is HTML or empty.',
    ],
  },
  codes,
  from: [statusOfUnknown],
  judge: (trace) => judgeEach(trace.answered('status-unknown'), finding),
});
