/** ACC-04. Each accepted request has its own id and Location. */
import type { Exchange } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach } from '../../judging/judge.js';
import { submissionsTogether } from '../../scenarios/request-mode/submissions-together.js';
import { isObject, responseJson } from '../../trace/message.js';

const idOf = (exchange: Exchange): unknown => {
  const body = responseJson(exchange);
  return isObject(body) ? body.id : undefined;
};

export const acc04 = defineRequirement({
  id: 'ACC-04',
  since: '1.0',
  level: 'MUST',
  title: 'each accepted request has its own `id` and `Location`',
  source: cite('P-D'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'Where two requests share one status, a client takes the end of the one for the end of the other.',
      'It reports users as created that are not, or reads the results of somebody else.',
    ],
    tested: [
      'Two to six creates are submitted at the same moment.',
      'No two of the 202s may have the same `Location`, or the same `id` in their bodies.',
    ],
    fix: [
      'Make the `id` anew for each request, from a secure random source.',
      'Made of the time, the client, the endpoint or a hash of the body, it is the same for requests that come at the same moment.',
      'Look also for a status object that is kept in a shared field and filled anew by each request.',
    ],
  },
  from: [submissionsTogether],
  judge: (trace) => {
    const acceptances = trace.acceptances();
    return judgeEach(acceptances.slice(1), ({ submission, exchange }) => {
      const others = acceptances.filter((other) => other.submission.n < submission.n);
      const same = others.find(
        (other) =>
          (submission.location !== undefined && other.submission.location === submission.location) ||
          (idOf(exchange) !== undefined && idOf(exchange) === idOf(other.exchange)),
      );
      return same === undefined
        ? undefined
        : {
            expected: 'its own id and Location for each accepted request',
            actual: `two requests have the id ${JSON.stringify(idOf(exchange))} and the Location ${submission.location ?? 'none'}`,
            exchanges: [same.exchange, exchange],
          };
    });
  },
});
