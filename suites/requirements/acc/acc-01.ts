/** ACC-01. A status that the suite may not read, because it is on another host, says nothing. */
import { header } from '../../../schemas/names.js';
import type { Exchange, Submission } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { isUnavailable } from '../../trace/answers.js';
import { responseHeader } from '../../trace/message.js';
import { isAnswered } from '../../trace/trace.js';
import { settling } from '../../scenarios/scenario-sets.js';

/** The first GET of the status resource that says something of it: not one that was throttled, nor one that was never sent. */
const firstLook = (trace: TraceView, submission: Submission): Exchange | undefined =>
  trace
    .looks(submission)
    .find(
      (exchange) =>
        exchange.credential === 'primary' &&
        !(isAnswered(exchange) && isUnavailable(exchange)) &&
        !trace.isCancelled(submission.n, exchange.n) &&
        !['foreign-origin', 'interrupted'].includes(exchange.failure?.code ?? ''),
    );

/** Whether the Location of a 202 was looked at, or is such that nobody can. */
const isFollowed = (trace: TraceView, submission: Submission): boolean =>
  submission.location === undefined || firstLook(trace, submission) !== undefined;

export const acc01 = defineRequirement({
  id: 'ACC-01',
  since: '1.0',
  level: 'MUST',
  title: 'the 202 has a `Location`, absolute or relative, and a GET of it at once answers 200',
  source: cite('P-S, D2'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      '`Location` is the only way from the 202 to the result.',
      'Where it is missing, or leads to nothing for the first moments, a client takes its request for lost and sends it again.',
    ],
    tested: [
      'Every 202 of the request-mode binding is looked at, whatever the request was.',
      '`Location` has to be there and to be a URI reference; it is resolved against the URL of the request, and fetched at once with the same credential.',
      'That first GET has to answer 200; where it is throttled, it is made again.',
      'No answer within `--timeout` fails, too.',
      'A `Location` on another host is not followed, because the credential is for the target alone: it says nothing, and a run in which no request can be followed to its end is not testable.',
    ],
    fix: [
      'Store the status resource before you send the 202, and where every node reads it: a 404 that goes away after a moment comes from a cache, a replica or a queue that lags behind.',
      'Send an absolute URL, or a path with the whole base path in it: `/provision/7/status` leads to the root of the host.',
      'Behind a proxy, make it of the public host name and scheme.',
    ],
  },
  codes: {
    'location-missing': 'the 202 has no Location',
    'location-not-a-uri': 'the Location of the 202 is no URI reference',
    'status-not-there-at-once': 'a GET of the Location right after the 202 does not answer 200',
  },
  from: settling,
  judge: (trace) =>
    judgeEach(
      trace.acceptances().filter(({ submission }) => isFollowed(trace, submission)),
      ({ submission, exchange }) => {
        const location = responseHeader(exchange, header.location);
        if (location === undefined) {
          return {
            code: 'location-missing',
            expected: 'a Location on the 202',
            actual: 'there is none',
            exchanges: [exchange],
          };
        }
        if (submission.location === undefined) {
          return {
            code: 'location-not-a-uri',
            expected: 'a URI reference as Location',
            actual: `it is «${location}»`,
            exchanges: [exchange],
          };
        }
        const first = firstLook(trace, submission);
        if (first === undefined || first.response?.status === 200) return undefined;
        return {
          code: 'status-not-there-at-once',
          expected: 'a GET of the Location at once to answer 200',
          actual: first.failure?.message ?? `it is answered ${first.response?.status ?? 'nothing'}`,
          exchanges: [exchange, first],
        };
      },
    ),
});
