/** MODE-06. If two reads without the header differ already, the body is not compared. */
import { isDeepStrictEqual } from 'node:util';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { modeOnRead, modeOnReadSteps } from '../../scenarios/request-mode/mode-on-read.js';
import { responseJson } from '../../trace/message.js';

export const mode06 = defineRequirement({
  id: 'MODE-06',
  since: '1.0',
  level: 'MUST',
  title: 'on GET the header changes nothing',
  source: cite('P-B'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'Many clients set the header once for all their requests.',
      'If a GET then answers 202, or with another representation, these clients cannot read anything.',
    ],
    tested: [
      'A user, a user that does not exist, ServiceProviderConfig, a completed status resource and a filtered list are each read three times: without the header, with `X-SCIM-Request-Mode: asynchronous`, and without it again.',
      'Status code and JSON body have to be the same with the header as without it.',
      'If the two reads without the header differ from each other, the body is not compared.',
    ],
    fix: [
      'Apply the mode to POST, PUT, PATCH and DELETE only.',
      'The usual cause is a filter that checks the header before it checks the method, or a cache key that includes the header.',
    ],
  },
  codes: {
    'status-differs': 'the status of a GET with the mode header differs from the status without it',
    'body-differs': 'the body of a GET with the mode header differs from the body without it',
  },
  from: [modeOnRead],
  judge: (trace) =>
    judgeEach(trace.variant(modeOnReadSteps.withMode, 'read'), (withMode) => {
      const [without, again] = trace
        .variant(modeOnReadSteps.withoutMode, 'read')
        .filter(({ subject }) => subject === withMode.subject);
      // A status resource may be gone after its completion was seen (profile §7, clarification 7).
      if (without === undefined || trace.isForgotten(again ?? withMode)) return undefined;
      if (withMode.response.status !== without.response.status) {
        return {
          code: 'status-differs',
          expected: `${without.response.status}, as without the header`,
          actual: `the answer is ${withMode.response.status}`,
          exchanges: [without, withMode],
        };
      }
      const isSteady = again === undefined || isDeepStrictEqual(responseJson(without), responseJson(again));
      return !isSteady || isDeepStrictEqual(responseJson(withMode), responseJson(without))
        ? undefined
        : {
            code: 'body-differs',
            expected: 'the same body as without the header',
            actual: 'the bodies differ',
            exchanges: [without, withMode],
          };
    }),
});
