/** ACC-01. A Location on another host is not judged, because the suite does not send its credential to that host. */
import { header } from '../../../schemas/names.js';
import type { Exchange, Submission } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { isUnavailable } from '../../trace/answers.js';
import { responseHeader } from '../../trace/message.js';
import { isNeverAnswered } from '../../trace/lost-requests.js';
import { isAnswered } from '../../trace/trace.js';
import { settling } from '../../scenarios/scenario-sets.js';

/**
 * The first GET of the status resource that can be judged: it was answered, or the target answers others and never this
 * one, and it was neither throttled nor cancelled before.
 */
const firstStatusRead = (trace: TraceView, submission: Submission): Exchange | undefined =>
  trace
    .statusRequests(submission)
    .find(
      (exchange) =>
        exchange.credential === 'primary' &&
        (isAnswered(exchange) ? !isUnavailable(exchange) : isNeverAnswered(trace.all(), exchange)) &&
        !trace.isCancelled(submission.n, exchange.n) &&
        !(isAnswered(exchange) && trace.isForgotten(exchange)),
    );

/** Whether the Location of a 202 was fetched, or cannot be fetched because it is missing or no URI. */
const isLocationJudged = (trace: TraceView, submission: Submission): boolean =>
  submission.location === undefined || firstStatusRead(trace, submission) !== undefined;

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
      'If it is missing, or answers 404 for the first moments, the client thinks that its request is lost and sends it again.',
    ],
    tested: [
      'Every 202 of the request-mode binding is checked, for every kind of request.',
      '`Location` has to be present and has to be a URI reference; it is resolved against the URL of the request, and fetched at once with the same credential.',
      'That first GET has to answer 200; if it is throttled, it is sent again.',
      'If its connection is lost, or it is not answered within `--timeout`, it is sent again: no answer to any of two to five attempts is a failure if other requests are answered right after them.',
      'A `Location` on another host is not fetched, because the credential is for the target alone, and it is not judged. A run in which no request can be followed to its end is not testable.',
    ],
    fix: [
      'Store the status resource before you send the 202, in a place that every node reads: a 404 that goes away after a moment comes from a cache, a replica or a queue that lags behind.',
      'Send an absolute URL, or a path that includes the whole base path: `/provision/7/status` starts at the root of the host.',
      'Behind a proxy, build it from the public host name and scheme.',
    ],
  },
  codes: {
    'location-missing': 'the 202 has no Location',
    'location-not-a-uri': 'the Location of the 202 is not a URI reference',
    'status-not-there-at-once': 'a GET of the Location right after the 202 does not answer 200',
  },
  from: settling,
  judge: (trace) =>
    judgeEach(
      trace.acceptances().filter(({ submission }) => isLocationJudged(trace, submission)),
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
        const first = firstStatusRead(trace, submission);
        if (first === undefined || first.response?.status === 200) return undefined;
        return {
          code: 'status-not-there-at-once',
          expected: 'a GET of the Location right after the 202 to answer 200',
          actual: first.failure?.message ?? `the answer is ${first.response?.status ?? 'missing'}`,
          exchanges: [exchange, first],
        };
      },
    ),
});
