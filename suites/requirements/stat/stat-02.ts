/** STAT-02. Only ids that are strings are compared: ACC-02 and STAT-01 judge a missing id. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, together } from '../../judging/judge.js';
import { settling } from '../../scenarios/scenario-sets.js';

export const stat02 = defineRequirement({
  id: 'STAT-02',
  since: '1.0',
  level: 'MUST',
  title: '`id` is the same in the 202 body and in every read',
  source: cite('P-C'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'A client stores each of its requests under the `id`.',
      'If the `id` changes, the next answer seems to be about another request, and the client loses its own.',
    ],
    tested: [
      'The `id` in the body of the 202 and in every later read of the same `Location` are compared: they have to be the same string.',
    ],
    fix: [
      'Usually the 202 shows the id of the job in the queue, and the read shows the id of a database row, or of an attempt, which changes with each retry.',
      'Make one id when the request is accepted, store it with the request, and show it everywhere.',
    ],
  },
  codes: { 'id-changed': 'the id of a status resource differs from the id in the first answer' },
  from: settling,
  judge: (trace) =>
    together(
      ...trace.histories().map(({ sightings }) => {
        const [first, ...later] = sightings.filter(({ status }) => typeof status.id === 'string');
        return judgeEach(later, ({ status, exchange }) =>
          first === undefined || status.id === first.status.id
            ? undefined
            : {
                code: 'id-changed',
                expected: `id ${JSON.stringify(first.status.id)}, as in the first answer`,
                actual: `it is ${JSON.stringify(status.id)}`,
                exchanges: [first.exchange, exchange],
              },
        );
      }),
    ),
});
