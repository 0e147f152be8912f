/** STAT-14. meta with resourceType, created, lastModified, location; lastModified never goes back. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach, together } from '../../judging/judge.js';
import { isObject, textOf } from '../../trace/message.js';
import { settling } from '../../scenarios/scenario-sets.js';

const time = (value: unknown): number => (typeof value === 'string' ? Date.parse(value) : Number.NaN);

export const stat14 = defineRequirement({
  id: 'STAT-14',
  since: '1.0',
  level: 'SHOULD',
  title: '`meta` with resourceType, created, lastModified, location; lastModified never goes back',
  source: cite('P-D'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'By `lastModified` a client sees whether a slow request still moves, and by `created` how long it has waited.',
      'Where times go back, it takes an old answer for the newest one.',
    ],
    tested: [
      'Every status resource that is seen should have `meta` with the strings `resourceType` and `location` and the date-times `created` and `lastModified`.',
      '`lastModified` should not be earlier than in an answer that was read before; answers that were in flight together are not compared.',
      'It is a recommendation: the outcome is at most a warning.',
    ],
    fix: [
      'Fill `meta` in the body of the 202, too, with `"resourceType": "ProvisionStatus"` and the URL that is in `Location`.',
      'Set `lastModified` where a count changes, from one clock and never to an earlier value: the clocks of several workers differ by milliseconds.',
    ],
  },
  from: settling,
  judge: (trace) =>
    together(
      ...trace.histories().map(({ sightings }) =>
        judgeEach(sightings, ({ status, exchange }): Finding | undefined => {
          const { meta } = status;
          const fail = (expected: string, actual: string): Finding => ({ expected, actual, exchanges: [exchange] });
          if (!isObject(meta)) return fail('meta', `meta is ${JSON.stringify(meta)}`);
          for (const name of ['resourceType', 'location'] as const) {
            if (typeof meta[name] !== 'string') return fail(`meta.${name}`, `it is ${JSON.stringify(meta[name])}`);
          }
          for (const name of ['created', 'lastModified'] as const) {
            if (Number.isNaN(time(meta[name])))
              return fail(`a date-time as meta.${name}`, `it is ${JSON.stringify(meta[name])}`);
          }
          // Reads in flight together may overtake one another: only what ended before this one began is earlier.
          const later = sightings.find(
            (other) =>
              other.exchange.at + other.exchange.took <= exchange.at &&
              isObject(other.status.meta) &&
              time(other.status.meta.lastModified) > time(meta.lastModified),
          );
          return later === undefined
            ? undefined
            : {
                expected: 'lastModified not to go back',
                actual: `it goes back to ${textOf(meta.lastModified)}`,
                exchanges: [later.exchange, exchange],
              };
        }),
      ),
    ),
});
