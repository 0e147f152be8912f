/** STAT-10. POST, PUT, PATCH (and DELETE, unless cancel is advertised) answer 4xx and change nothing; 405 with Allow SHOULD. */
import { isDeepStrictEqual } from 'node:util';
import { header } from '../../../schemas/names.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { describeBody } from '../../judging/describe.js';
import { type Finding, judgeEach } from '../../judging/judge.js';
import { statusMethods } from '../../scenarios/request-mode/status-methods.js';
import { responseHeader, responseObject } from '../../trace/message.js';
import { profileMembers } from '../../judging/status-members.js';

export const stat10 = defineRequirement({
  id: 'STAT-10',
  since: '1.0',
  level: 'MUST',
  title:
    'POST, PUT, PATCH (and DELETE, unless `cancel` is advertised) on it answer 4xx and change nothing; 405 with `Allow` SHOULD',
  source: cite('RFC 9110 §15.5.6'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'The status is the record of what was done.',
      'Where a client can write or delete it, failures can be hidden, and nobody can rely on it any more.',
    ],
    tested: [
      'POST, PUT and PATCH with a forged body, and DELETE where `cancel` is not advertised, are sent to a completed status resource.',
      'Each has to be answered 4xx, and a read afterwards has to show the same `id`, counts, booleans, `state` and `Operations` as before.',
      '405 with an `Allow` field is recommended: another 4xx, or a 405 without `Allow`, is a warning.',
    ],
    fix: [
      'Register GET and HEAD for the route and nothing else; a generic resource controller gives every path all methods.',
      'Answer 405 with `Allow: GET, HEAD` (and DELETE where requests can be cancelled), before the body or its content type is looked at.',
    ],
  },
  from: [statusMethods],
  judge: (trace) => {
    const before = trace.variant('before', 'status-read')[0];
    return judgeEach(trace.answered('status-method'), (exchange): Finding[] | Finding | undefined => {
      const { status } = exchange.response;
      const { method } = exchange.request;
      if (status < 400 || status > 499) {
        return {
          expected: `4xx to ${method} on a status resource`,
          actual: `the answer is ${status}`,
          exchanges: [exchange],
        };
      }
      const after = trace.variant(`after ${method}`, 'status-read')[0];
      if (before !== undefined && after !== undefined) {
        const was = responseObject(before);
        const is = responseObject(after);
        if (was !== undefined && (is === undefined || !isDeepStrictEqual(profileMembers(was), profileMembers(is)))) {
          return {
            expected: `${method} to change nothing`,
            actual: `the status resource is answered ${after.response.status} ${describeBody(after)} afterwards`,
            exchanges: [before, exchange, after],
          };
        }
      }
      return status === 405 && responseHeader(exchange, header.allow) !== undefined
        ? undefined
        : {
            level: 'SHOULD',
            expected: `405 with Allow to ${method} on a status resource`,
            actual: status === 405 ? 'Allow is absent' : `the answer is ${status}`,
            exchanges: [exchange],
          };
    });
  },
});
