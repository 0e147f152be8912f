/** MODE-04. The user is searched for after a later request was completed, so that a queued create had time to be done. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { findsUser } from '../../judging/finds-user.js';
import { judgeEach, type Finding } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { modeValues, modeValuesSteps } from '../../scenarios/request-mode/mode-values.js';
import { responseJson, responseObject } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';

const codes = {
  'unknown-mode-done': 'a request with an unknown mode is done, or accepted',
  'status-wrong': 'a request with an unknown mode is refused, but not with 400',
  'scim-type-wrong': 'the scimType of the 400 to an unknown mode is not invalidValue',
  'refused-and-done': 'a request with an unknown mode is answered 400, but its user exists afterwards',
};

const finding = (trace: TraceView, exchange: Answered): Finding<keyof typeof codes> | undefined => {
  const { status } = exchange.response;
  const shown = { expected: '400 with scimType invalidValue', exchanges: [exchange] };
  if (status !== 400) {
    const code = status >= 200 && status < 300 ? 'unknown-mode-done' : 'status-wrong';
    return { code, ...shown, actual: `the answer is ${status}` };
  }
  const scimType = responseObject(exchange)?.scimType;
  if (scimType !== 'invalidValue') {
    return { code: 'scim-type-wrong', ...shown, actual: `scimType is ${JSON.stringify(scimType)}` };
  }
  const found = trace.answered('search').find(({ subject, n }) => subject === exchange.subject && n > exchange.n);
  return found !== undefined && findsUser(responseJson(found), exchange.subject)
    ? {
        code: 'refused-and-done',
        expected: 'the refused request to have no effect',
        actual: 'the user exists',
        exchanges: [exchange, found],
      }
    : undefined;
};

export const mode04 = defineRequirement({
  id: 'MODE-04',
  since: '1.0',
  level: 'SHOULD',
  title: 'an unknown mode value answers 400 `invalidValue` and nothing is done',
  source: cite('D1'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'A client that misspells the mode, or uses one that the provider does not know, should get an error.',
      'If the value is ignored, the request is done in a way that the client did not ask for.',
    ],
    tested: [
      'Creates are sent with the modes `eventually`, `x-batch` and `async`, and a bulk request with `eventually`.',
      'Each should be answered 400 with `scimType` `invalidValue`.',
      'When a later request is completed, a search should not find the user.',
      'It is a recommendation: the outcome is at most a warning.',
    ],
    fix: [
      'Compare the whole value with `asynchronous` and `synchronous`, and refuse everything else before anything is written; a comparison by prefix accepts `async` as `asynchronous`.',
      'Answer with `{"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "400", "scimType": "invalidValue", "detail": "…"}`.',
    ],
  },
  codes,
  from: [modeValues],
  judge: (trace) =>
    judgeEach(trace.variant(modeValuesSteps.unknown, 'refusal'), (exchange) => finding(trace, exchange)),
});
