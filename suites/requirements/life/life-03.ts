/** LIFE-03. What goes back after completion is LIFE-02's; what contradicts itself when it is completed is STAT-05's. */
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
      'Where they change afterwards, two readers of one request know different things.',
    ],
    tested: [
      'The first read that shows a request completed, with nothing pending, is compared with every later GET that is answered 200, some of them a little later or after a cancel that came too late.',
      'Compared are `id`, counts, booleans and `state`, and of each result `method`, `bulkId`, `status`, `location`, `version` and, of its `response`, `status`, `scimType` and `id`.',
      'Not compared are `meta`, texts and members that the profile does not know; a 404 or 410 afterwards is no finding, because a status need not be kept for ever.',
    ],
    fix: [
      'Store the results when the last operation ends, and never write them again.',
      'Usual causes: results that are rendered from the live resources at each read (so that `version` or `location` changes when the user does), a clean-up that drops details, and a cancel or a timeout that arrives late.',
    ],
  },
  codes: { 'changed-after-completion': 'the status resource changes after it was completed' },
  from: settling,
  judge: ofStatusResources((trace) =>
    together(
      ...trace.histories().map(({ submission, sightings }) => {
        // Completed with something pending contradicts itself, and that is STAT-05's.
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
                actual: `it is ${clip(JSON.stringify(is))}`,
                exchanges: [completed.exchange, exchange],
              };
        });
      }),
    ),
  ),
});
