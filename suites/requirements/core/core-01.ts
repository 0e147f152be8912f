/** CORE-01. What a client reads first: members that are null count as left out (RFC 7643 §2.5). */
import { validate } from '../../../schemas/validators.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { describeViolations } from '../../judging/describe.js';
import { judgeEach } from '../../judging/judge.js';
import { discovery } from '../../scenarios/synchronous/discovery.js';
import { responseJson, withoutNulls } from '../../trace/message.js';

export const core01 = defineRequirement({
  id: 'CORE-01',
  since: '1.0',
  level: 'MUST',
  title: '`GET /ServiceProviderConfig` answers 200 with a valid ServiceProviderConfig',
  source: cite('RFC 7644 §4, RFC 7643 §5'),
  needs: {},
  guide: {
    why: [
      'A client reads ServiceProviderConfig first, to learn whether it may patch, filter or send bulk requests.',
      'Where it is missing or lacks a member, the client has to guess, and finds out by requests that fail.',
    ],
    tested: [
      'The suite sends `GET /ServiceProviderConfig`.',
      'The answer has to be 200, and its body has to hold `schemas` with the URN of ServiceProviderConfig, an object with a boolean `supported` for each of `patch`, `bulk`, `filter`, `changePassword`, `sort` and `etag`, and the list `authenticationSchemes`, whose items have `type`, `name` and `description`.',
      'Where `bulk` is supported, `maxOperations` and `maxPayloadSize` have to be whole numbers; where `filter` is supported, `maxResults`.',
      'Other members are ignored.',
    ],
    fix: [
      'Most often a member was left out because the feature is not there: list it all the same, with `"supported": false`.',
      'Send numbers as numbers and booleans as booleans, not as strings.',
      'Send `authenticationSchemes` as a list, `[]` where there is nothing to say.',
      'Serve the resource under the SCIM base URL, beside `/Users`.',
    ],
  },
  codes: {
    'config-not-200': 'GET /ServiceProviderConfig does not answer 200',
    'config-invalid': 'ServiceProviderConfig lacks a member, or has one of the wrong type',
  },
  from: [discovery],
  judge: (trace) =>
    judgeEach(trace.answered('discover'), (exchange) => {
      const expected = '200 with a valid ServiceProviderConfig (RFC 7643 §5)';
      const { status } = exchange.response;
      if (status !== 200) {
        return { code: 'config-not-200', expected, actual: `the answer is ${status}`, exchanges: [exchange] };
      }
      const validation = validate('scim/service-provider-config', withoutNulls(responseJson(exchange)));
      if (validation.valid) return undefined;
      const actual = describeViolations(validation.violations);
      return { code: 'config-invalid', expected, actual, exchanges: [exchange] };
    }),
});
