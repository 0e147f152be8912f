/** ACC-04. Only requests that were in flight at the same time are compared, because that is when ids collide. */
import type { Exchange, Submission } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, type Finding } from '../../judging/judge.js';
import { submissionsTogether } from '../../scenarios/request-mode/submissions-together.js';
import { responseObject } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';

interface Acceptance {
  readonly submission: Submission;
  readonly exchange: Answered;
}

/** A member that is null counts as absent (RFC 7643 §2.5). */
const idOf = (exchange: Exchange): unknown => responseObject(exchange)?.id ?? undefined;

const sameLocation = (one: Acceptance, other: Acceptance): boolean =>
  one.submission.location !== undefined && one.submission.location === other.submission.location;

const sameId = (one: Acceptance, other: Acceptance): boolean =>
  idOf(one.exchange) !== undefined && idOf(one.exchange) === idOf(other.exchange);

/** Compares an accepted request with those before it. */
const findShared = (
  one: Acceptance,
  before: readonly Acceptance[],
): Finding<'location-shared' | 'id-shared'> | undefined => {
  const byLocation = before.find((other) => sameLocation(one, other));
  const other = byLocation ?? before.find((each) => sameId(one, each));
  if (other === undefined) return undefined;
  return {
    code: byLocation === undefined ? 'id-shared' : 'location-shared',
    expected: 'its own id and Location for each accepted request',
    actual: `two requests have the id ${JSON.stringify(idOf(one.exchange))} and the Location ${one.submission.location ?? 'none'}`,
    exchanges: [other.exchange, one.exchange],
  };
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
      'If two requests share one status, a client believes that its request is done when only the other one is done.',
      'It reports users as created that do not exist, or it reads the results of another request.',
    ],
    tested: [
      'Two to six creates are submitted at the same moment.',
      'No two of the 202s may have the same `Location`, or the same `id` in their bodies.',
    ],
    fix: [
      'Make a new `id` for each request, from a secure random source.',
      'An `id` made from the time, the client, the endpoint or a hash of the body can be the same for requests that arrive at the same moment.',
      'Check also for a status object that is kept in a shared field and overwritten by each request.',
    ],
  },
  codes: {
    'location-shared': 'two accepted requests have the same Location',
    'id-shared': 'two accepted requests have different Locations, but the same id',
  },
  from: [submissionsTogether],
  judge: (trace) => {
    const acceptances = trace.acceptances();
    return judgeEach(acceptances.slice(1), (one, index) => findShared(one, acceptances.slice(0, index + 1)));
  },
});
