/** CORE-01. A client reads ServiceProviderConfig first. Members that are null count as absent (RFC 7643 §2.5). */
import { validate } from '../../../schemas/validators.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { findingsByDefect } from '../../judging/findings-by-defect.js';
import { type Finding, judgeEach } from '../../judging/judge.js';
import { discovery } from '../../scenarios/synchronous/discovery.js';
import { responseJson, withoutNulls } from '../../trace/message.js';

const codes = {
  'config-not-200': 'GET /ServiceProviderConfig does not answer 200',
  'config-not-an-object': 'ServiceProviderConfig is not a JSON object',
  'schemas-wrong': '`schemas` of ServiceProviderConfig is missing, or lacks its URN',
  'capability-wrong':
    'a capability such as `patch`, or its `supported`, or one of its limits is missing or has a wrong type',
  'authentication-schemes-wrong': '`authenticationSchemes` is not a list of schemes with type, name and description',
  'member-wrong': 'another member of ServiceProviderConfig has a wrong type',
};

type Code = keyof typeof codes;

const codeOfMember: Readonly<Record<string, Code>> = {
  '': 'config-not-an-object',
  schemas: 'schemas-wrong',
  authenticationSchemes: 'authentication-schemes-wrong',
  patch: 'capability-wrong',
  bulk: 'capability-wrong',
  filter: 'capability-wrong',
  changePassword: 'capability-wrong',
  sort: 'capability-wrong',
  etag: 'capability-wrong',
};

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
      'If it is missing or lacks a member, the client has to guess, and learns the truth from requests that fail.',
    ],
    tested: [
      'The suite sends `GET /ServiceProviderConfig`.',
      'The answer has to be 200, and its body has to hold `schemas` with the URN of ServiceProviderConfig, an object with a boolean `supported` for each of `patch`, `bulk`, `filter`, `changePassword`, `sort` and `etag`, and the list `authenticationSchemes`, whose items have `type`, `name` and `description`.',
      'If `bulk` is supported, `maxOperations` and `maxPayloadSize` have to be whole numbers; if `filter` is supported, `maxResults`.',
      'Other members are ignored.',
    ],
    fix: [
      'Most often a member was left out because the feature is not supported: list it nevertheless, with `"supported": false`.',
      'Send numbers as numbers and booleans as booleans, not as strings.',
      'Send `authenticationSchemes` as a list, `[]` if there are none.',
      'Serve the resource under the SCIM base URL, beside `/Users`.',
    ],
  },
  codes,
  from: [discovery],
  judge: (trace) =>
    judgeEach(trace.answered('discover'), (exchange): readonly Finding<Code>[] => {
      const shown = { expected: '200 with a valid ServiceProviderConfig (RFC 7643 §5)', exchanges: [exchange] };
      const { status } = exchange.response;
      if (status !== 200) return [{ code: 'config-not-200', ...shown, actual: `the answer is ${status}` }];
      const validation = validate('scim/service-provider-config', withoutNulls(responseJson(exchange)));
      return validation.valid
        ? []
        : findingsByDefect(validation.violations, (member) => codeOfMember[member] ?? 'member-wrong', shown);
    }),
});
