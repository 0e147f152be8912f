/** STAT-09. */
import { validate } from '../../../schemas/validators.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { describeBody, describeViolations } from '../../judging/describe.js';
import { judgeEach, type Finding } from '../../judging/judge.js';
import { statusOfUnknown } from '../../scenarios/request-mode/status-of-unknown.js';
import { responseJson, withoutNulls } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';

const codes = {
  'unknown-id-shown': 'a GET of a status that never was is answered 2xx',
  'status-wrong': 'a GET of a status that never was is answered neither 404 nor 2xx',
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
      'By a 404 a client knows that the status is gone or the id wrong, and stops.',
      'A 200, a 400 or a 500 keeps it polling, or makes it report an outage.',
    ],
    tested: [
      'The suite asks for the status of an id that was never issued: one of the same form as a real one, in the place of that in `Location`, and in `/provision/{id}/status` where that leads to status resources.',
      'Where `Location` does not show the id, and that path is not served, it is inconclusive.',
      'The answer has to be 404 with a valid SCIM error in the body.',
    ],
    fix: [
      'Look the id up, and answer 404 where there is none, whatever its form: a 400 mostly comes from a validator in the route that demands a UUID.',
      'Make the body yourself: `{"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "404", "detail": "…"}`; the router’s own 404 is HTML or empty.',
    ],
  },
  codes,
  from: [statusOfUnknown],
  judge: (trace) => judgeEach(trace.answered('status-unknown'), finding),
});
