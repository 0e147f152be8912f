/** LIFE-02. Answers that overlap in time are not compared, because it is unknown which of them is older. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, together } from '../../judging/judge.js';
import type { StatusSighting } from '../../judging/trace-view.js';
import { settling } from '../../scenarios/scenario-sets.js';
import { endOf, wentBack } from './went-back.js';
import { ofStatusResources } from '../../judging/of-status-resources.js';

/** Pairs of sightings of one submission; in each pair the first answer had ended before the second request began. */
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
      'A client acts on the status that it sees: it continues when `completed` is true, and reports a failure once.',
      'If counts go back, it acts twice, or on information that is wrong.',
    ],
    tested: [
      'All answers with the status of one request are compared in their order: `success` and `failed` must not fall, `pending` must not rise, and `completed` must not change from true to false.',
      'Two answers are compared only if the first had ended before the second request was sent.',
      'The respond-async binding has no counts and is not judged.',
    ],
    fix: [
      'Usual causes: polls that are answered from replicas or caches of different age, a separate counter in each worker, and a retry that subtracts the count of the failed attempt.',
      'Count an operation once, when its result is final, with one atomic write; and answer polls from the place to which it is written.',
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
                expected: 'the counts and completed never to go back',
                actual: back.what,
                exchanges: [earlier.exchange, later.exchange],
              };
        }),
      ),
    ),
  ),
});
