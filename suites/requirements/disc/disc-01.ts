/** DISC-01. Only the form of the extension is judged here; DISC-02 judges whether the provider does what it advertises. */
import { urn } from '../../../schemas/names.js';
import { validate } from '../../../schemas/validators.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { findingsByDefect } from '../../judging/findings-by-defect.js';
import { judgeEach, type Finding } from '../../judging/judge.js';
import { discovery } from '../../scenarios/synchronous/discovery.js';
import { responseObject, withoutNulls } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';

const codes = {
  'extension-missing': 'ServiceProviderConfig has no async extension',
  'extension-not-an-object': 'the async extension is not a JSON object',
  'request-modes-wrong': '`requestModes` is missing, or not a list of strings with synchronous or asynchronous in it',
  'status-endpoint-wrong': '`statusEndpoint` is not a string with {id} in it',
  'retention-wrong': '`statusRetentionSeconds` is not a whole number of 0 or more',
  'features-wrong': '`features` is not a list of strings',
};

const codeOfMember: Readonly<Record<string, keyof typeof codes>> = {
  requestModes: 'request-modes-wrong',
  statusEndpoint: 'status-endpoint-wrong',
  statusRetentionSeconds: 'retention-wrong',
  features: 'features-wrong',
};

const defects = (exchange: Answered): Finding<keyof typeof codes>[] => {
  const extension = responseObject(exchange)?.[urn.asyncServiceProviderConfig];
  const expected = `the extension ${urn.asyncServiceProviderConfig}`;
  if (extension === undefined || extension === null) {
    return [{ code: 'extension-missing', expected, actual: 'it is absent', exchanges: [exchange] }];
  }
  const validation = validate('async/service-provider-config', withoutNulls(extension));
  return validation.valid
    ? []
    : findingsByDefect(validation.violations, (member) => codeOfMember[member] ?? 'extension-not-an-object', {
        expected: `${expected} to be valid`,
        exchanges: [exchange],
      });
};

export const disc01 = defineRequirement({
  id: 'DISC-01',
  since: '1.0',
  level: 'SHOULD',
  title: 'the async extension of ServiceProviderConfig is present and valid',
  source: cite('D9'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'A client that finds the extension knows that it may ask for asynchronous answers, where their status is, and which features the provider has.',
      'Without the extension, the client has to find this out by trial requests on real data.',
    ],
    tested: [
      'ServiceProviderConfig, if it is answered 200, should hold the member `urn:ietf:params:scim:schemas:extension:async:2.0:ServiceProviderConfig`.',
      'In it, `requestModes` has to be a list of strings with `synchronous` or `asynchronous` in it, in any letter case, and other modes are ignored; `statusEndpoint`, where present, a string with `{id}` in it; `statusRetentionSeconds` a whole number; `features` a list of strings.',
      'It is a recommendation: the outcome is at most a warning. A target that does not serve the request-mode binding is not judged.',
    ],
    fix: [
      'Add the member to ServiceProviderConfig; `{"requestModes": ["synchronous", "asynchronous"], "statusEndpoint": "/provision/{id}/status"}` is enough.',
      'If the member is already there, check the types: a retention such as `"24h"` is not a number of seconds, and a mode such as `async` is none.',
    ],
  },
  codes,
  from: [discovery],
  judge: (trace) =>
    judgeEach(
      trace.answered('discover').filter(({ response }) => response.status === 200),
      defects,
    ),
});
