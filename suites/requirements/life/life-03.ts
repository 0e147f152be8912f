/**
 * LIFE-03. Counts that go back after completion are left to LIFE-02, a completed status with something pending to STAT-05,
 * and dates in another form to STAT-14. An ETag may change with a member that the profile does not define (STAT-13).
 */
import { isDeepStrictEqual } from 'node:util';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { clip, shown } from '../../judging/describe.js';
import { type Finding, judgeEach, together } from '../../judging/judge.js';
import type { LooseStatus, StatusSighting } from '../../judging/trace-view.js';
import { readDateTime } from '../../trace/date-time.js';
import { isObject, responseObject } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';
import { settling } from '../../scenarios/scenario-sets.js';
import { booleansOf, countsOf, profileMembers } from '../../judging/status-members.js';
import { endOf, wentBack } from './went-back.js';
import { ofStatusResources } from '../../judging/of-status-resources.js';

type Code = 'changed-after-completion' | 'last-modified-changes';

/** Milliseconds of the smallest unit that both times have: a later read may come from a store with whole seconds. */
const precisionOf = (...times: readonly string[]): number => (times.every((time) => time.includes('.')) ? 1 : 1000);

/** Whether two spellings are the same moment, as precisely as both can say it; true if one of them is no time. */
const isSameMoment = (was: unknown, is: unknown): boolean => {
  const [one, other] = [readDateTime(was), readDateTime(is)];
  if (typeof was !== 'string' || typeof is !== 'string' || one === undefined || other === undefined) return true;
  return one.hasZone !== other.hasZone || Math.abs(one.at - other.at) < precisionOf(was, is);
};

const lastModifiedOf = ({ meta }: LooseStatus): unknown => (isObject(meta) ? meta.lastModified : undefined);

/** Compares a status resource with the one that showed the request completed. */
const findChange = (completed: StatusSighting, exchange: Answered): Finding<Code> | undefined => {
  const body = responseObject(exchange);
  if (body === undefined || booleansOf(body)?.completed === false) return undefined;
  const exchanges = [completed.exchange, exchange];
  const [was, is] = [profileMembers(completed.status), profileMembers(body)];
  if (wentBack(completed, { ...completed, exchange, status: body }) !== undefined) return undefined;
  if (!isDeepStrictEqual(was, is))
    return {
      code: 'changed-after-completion',
      expected: 'the status resource to stay as it was when it was completed',
      actual: `it is now ${clip(JSON.stringify(is))}`,
      exchanges,
    };
  const [before, after] = [lastModifiedOf(completed.status), lastModifiedOf(body)];
  return isSameMoment(before, after)
    ? undefined
    : {
        code: 'last-modified-changes',
        expected: `meta.lastModified to stay ${shown(before)}, because the request is completed`,
        actual: `it is now ${shown(after)}`,
        exchanges,
      };
};

export const life03 = defineRequirement({
  id: 'LIFE-03',
  since: '1.0',
  level: 'MUST',
  title: 'after completion the status resource does not change',
  source: cite('P-D'),
  needs: { binding: 'any' },
  guide: {
    why: [
      'Clients store the results when they see `completed`, and may read them again after a crash.',
      'If the results change afterwards, two readers of one request have different information.',
    ],
    tested: [
      'The first read that shows a request completed, with nothing pending, is compared with every later GET that is answered 200. Some of these come a little later, some after four seconds, or after a cancel that came too late.',
      'Compared are `id`, counts, booleans and `state`, and for each result `method`, `bulkId`, `status`, `location`, `version`, and `status`, `scimType` and `id` of its `response`.',
      '`meta.lastModified` has to stay the same moment; only a fraction of a second may get lost.',
      'Not compared are the rest of `meta`, the ETag alone, texts and members that the profile does not define; a 404 or 410 afterwards is not a finding, because a provider does not have to keep a status forever.',
    ],
    fix: [
      'Store the results when the last operation ends, and never write them again.',
      'Usual causes: results that are built from the current resources at each read (so `version` or `location` changes with the user), a clean-up that removes details, and a cancel or a timeout that arrives late.',
      'Set `lastModified` with the result of the last operation: not when the status is read, and not when the job is archived.',
    ],
  },
  codes: {
    'changed-after-completion': 'the status resource changes after it was completed',
    'last-modified-changes': '`meta.lastModified` of a completed status resource is another time in a later answer',
  },
  from: settling,
  judge: ofStatusResources((trace) =>
    together(
      ...trace.histories().map(({ submission, sightings }) => {
        // STAT-05 judges a status that is completed and has something pending.
        const completed = sightings.find(
          ({ status, seen }) =>
            seen === 'read' && booleansOf(status)?.completed === true && (countsOf(status)?.pending ?? 0) === 0,
        );
        if (completed === undefined) return together<Code>();
        const later = trace
          .statusReads(submission)
          .filter(({ at, credential }) => at >= endOf(completed.exchange) && credential === 'primary')
          .filter(({ request }) => request.method === 'GET')
          .filter(({ purpose, response }) => purpose !== 'status-conditional' && response.status === 200);
        return judgeEach(later, (exchange) => findChange(completed, exchange));
      }),
    ),
  ),
});
