/** MODE-04. An unknown mode value answers 400 `invalidValue` and nothing is done. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { modeValues } from '../../scenarios/request-mode/mode-values.js';
import { responseJson, responseObject } from '../../trace/message.js';
import { findsUser } from '../../judging/finds-user.js';

export const mode04 = defineRequirement({
  id: 'MODE-04',
  since: '1.0',
  level: 'SHOULD',
  title: 'an unknown mode value answers 400 `invalidValue` and nothing is done',
  source: cite('D1'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'A client that misspells the mode, or uses one that does not exist here, should be told.',
      'Where the value is ignored, its request is done in another way than it asked for.',
    ],
    tested: [
      'Creates are sent with the modes `eventually`, `x-batch` and `async`.',
      'Each should be answered 400 with `scimType` `invalidValue`.',
      'When a later request is completed, the user is searched for and should not be there.',
      'It is a recommendation: the outcome is at most a warning.',
    ],
    fix: [
      'Compare the whole value with `asynchronous` and `synchronous`, and refuse everything else before anything is written; a comparison by prefix takes `async` for `asynchronous`.',
      'Answer with `{"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "400", "scimType": "invalidValue", "detail": "…"}`.',
    ],
  },
  from: [modeValues],
  judge: (trace) =>
    judgeEach(trace.variant('unknown mode', 'refusal'), (exchange) => {
      const { status } = exchange.response;
      const expected = '400 with scimType invalidValue';
      if (status !== 400) return { expected, actual: `the answer is ${status}`, exchanges: [exchange] };
      const scimType = responseObject(exchange)?.scimType;
      if (scimType !== 'invalidValue') {
        return { expected, actual: `scimType is ${JSON.stringify(scimType)}`, exchanges: [exchange] };
      }
      const found = trace.answered('search').find(({ subject, n }) => subject === exchange.subject && n > exchange.n);
      return found !== undefined && findsUser(responseJson(found), exchange.subject)
        ? { expected: 'nothing to be done', actual: 'the user exists', exchanges: [exchange, found] }
        : undefined;
    }),
});
