/** LIFE-02. Answers that overlap in time say nothing of which of them is older: they are not compared. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, together } from '../../judging/judge.js';
import type { StatusSighting } from '../../judging/trace-view.js';
import { settling } from '../../scenarios/scenario-sets.js';
import { endOf, wentBack } from './went-back.js';
import { ofStatusResources } from '../../judging/of-status-resources.js';

/** Pairs of sightings of one submission of which the first was over before the second began. */
const pairsOf = (sightings: readonly StatusSighting[]): [StatusSighting, StatusSighting][] =>
  sightings.slice(1).flatMap((later, index): [StatusSighting, StatusSighting][] => {
    const earlier = sightings
      .slice(0, index + 1)
      .filter(({ exchange }) => endOf(exchange) <= later.exchange.at)
      .at(-1);
    return earlier === undefined ? [] : [[earlier, later]];
  });

export const life02 = defineRequirement({
  id: 'LIFE-02',
  since: '1.0',
  level: 'MUST',
  title: 'success and failed never fall, pending never rises, completed never reverts',
  source: cite('Fig1, P-D'),
  needs: { binding: 'any' },
  guide: {
    why: [
      'A client acts on what it has seen: it goes on when `completed` is true, and reports a failure once.',
      'Where counts go back, it does things twice or on the ground of something that is not so.',
    ],
    tested: [
      'All status resources that are seen of one request are compared in their order: `success` and `failed` may not fall, `pending` may not rise, and `completed` may not turn from true to false.',
      'Answers are compared only where the first had ended before the second was asked for.',
      'The respond-async binding shows no counts and is not judged.',
    ],
    fix: [
      'Usual causes: polls that are answered by replicas or caches of different age, counters that each worker keeps for itself, and a retry that takes back the count of the failed attempt.',
      'Count an operation once, when its result is final, by one atomic write; and answer polls from the place where that is written.',
    ],
  },
  codes: {
    'success-falls': 'success is less than before',
    'failed-falls': 'failed is less than before',
    'pending-rises': 'pending is more than before',
    'completed-reverts': 'completed is false after it was true',
  },
  from: settling,
  judge: ofStatusResources((trace) =>
    together(
      ...trace.histories().map(({ sightings }) =>
        judgeEach(pairsOf(sightings), ([earlier, later]) => {
          const back = wentBack(earlier, later);
          return back === undefined
            ? undefined
            : {
                code: back.code,
                expected: 'the counts and completed to go forward only',
                actual: back.what,
                exchanges: [earlier.exchange, later.exchange],
              };
        }),
      ),
    ),
  ),
});
