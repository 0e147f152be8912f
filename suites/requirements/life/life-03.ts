/** LIFE-03. Counts that go back after completion are left to LIFE-02, and a completed status with something pending to STAT-05. */
import { isDeepStrictEqual } from 'node:util';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { clip } from '../../judging/describe.js';
import { type Finding, judgeEach, together } from '../../judging/judge.js';
import { responseObject } from '../../trace/message.js';
import { settling } from '../../scenarios/scenario-sets.js';
import { booleansOf, countsOf, profileMembers } from '../../judging/status-members.js';
import { endOf, wentBack } from './went-back.js';
import { ofStatusResources } from '../../judging/of-status-resources.js';

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
      'The first read that shows a request completed, with nothing pending, is compared with every later GET that is answered 200. Some of these come a little later, or after a cancel that came too late.',
      'Compared are `id`, counts, booleans and `state`, and for each result `method`, `bulkId`, `status`, `location`, `version`, and `status`, `scimType` and `id` of its `response`.',
      'Not compared are `meta`, texts and members that the profile does not define; a 404 or 410 afterwards is not a finding, because a provider does not have to keep a status forever.',
    ],
    fix: [
      'Store the results when the last operation ends, and never write them again.',
      'Usual causes: results that are built from the current resources at each read (so `version` or `location` changes with the user), a clean-up that removes details, and a cancel or a timeout that arrives late.',
    ],
  },
  codes: { 'changed-after-completion': 'the status resource changes after it was completed' },
  from: settling,
  judge: ofStatusResources((trace) =>
    together(
      ...trace.histories().map(({ submission, sightings }) => {
        // STAT-05 judges a status that is completed and has something pending.
        const completed = sightings.find(
          ({ status, seen }) =>
            seen === 'read' && booleansOf(status)?.completed === true && (countsOf(status)?.pending ?? 0) === 0,
        );
        if (completed === undefined) return together<'changed-after-completion'>();
        const later = trace
          .statusReads(submission)
          .filter(({ at, credential }) => at >= endOf(completed.exchange) && credential === 'primary')
          .filter(({ request }) => request.method === 'GET')
          .filter(({ purpose, response }) => purpose !== 'status-conditional' && response.status === 200);
        return judgeEach(later, (exchange): Finding<'changed-after-completion'> | undefined => {
          const body = responseObject(exchange);
          if (body === undefined || booleansOf(body)?.completed === false) return undefined;
          const [was, is] = [profileMembers(completed.status), profileMembers(body)];
          const wentBackToo = wentBack(completed, { ...completed, exchange, status: body }) !== undefined;
          return wentBackToo || isDeepStrictEqual(was, is)
            ? undefined
            : {
                code: 'changed-after-completion',
                expected: 'the status resource to stay as it was when it was completed',
                actual: `it is now ${clip(JSON.stringify(is))}`,
                exchanges: [completed.exchange, exchange],
              };
        });
      }),
    ),
  ),
});
