/** SEC-05. If ids can be guessed, one missing access check exposes every request. */
import type { Exchange, Submission } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { manyAtOnce } from '../../scenarios/lifecycle/many-at-once.js';
import { responseObject } from '../../trace/message.js';
import { isSequential, leastSpread, spreadOf } from './guessable.js';

/** Longer ids are cut to this number of characters. */
const longestId = 1000;

/** The smallest number of different ids from which a spread is estimated. */
const sampleSize = 20;

/** The id of a status resource or of a result. */
const idOf = ({ txn }: Submission, exchange: Exchange): string | undefined => {
  const id = responseObject(exchange)?.id;
  return typeof id === 'string' ? id.slice(0, longestId) : txn;
};

const codes = {
  'ids-sequential': 'the ids count up',
  'ids-too-alike': 'the ids are too similar to be random',
  'locations-sequential': 'the Locations count up',
  'locations-too-alike': 'the Locations are too similar to be random',
};

interface Sample {
  readonly kind: 'ids' | 'Locations';
  readonly distinct: readonly string[];
}

/** An attacker may guess ids or URLs, so both are judged if there are enough of them. */
const samplesOf = (accepted: ReturnType<TraceView['accepted']>): readonly Sample[] => {
  const ids = accepted.flatMap(({ submission, exchange }) => idOf(submission, exchange) ?? []);
  const locations = accepted.flatMap(({ submission }) => submission.location?.slice(0, longestId) ?? []);
  const samples: readonly Sample[] = [
    { kind: 'ids', distinct: [...new Set(ids)] },
    { kind: 'Locations', distinct: [...new Set(locations)] },
  ];
  return samples.filter(({ distinct }) => distinct.length >= sampleSize);
};

export const sec05 = defineRequirement({
  id: 'SEC-05',
  since: '1.0',
  level: 'SHOULD',
  title: 'ids cannot be guessed: not sequential, 64 bits or more of spread over a sample',
  source: cite('P-Sec'),
  needs: { binding: 'any' },
  guide: {
    why: [
      'Ids that count up show how many requests there are, and everybody can try the next one.',
      'Then one missing access check exposes all of them.',
    ],
    tested: [
      '48 requests are submitted at a time. The ids (the `id` of the status resource, else `Set-Txn`) and the `Location`s are judged if there are at least 20 different ones.',
      'If the part after their common beginning is a decimal or hexadecimal number, these numbers should not go up in small steps. The ids should differ by about 64 bits or more, estimated from the characters at each place.',
      'It is a recommendation: the outcome is at most a warning.',
    ],
    fix: [
      'Use a random UUID (version 4), or 16 bytes of a secure random source, as the public id, and do not show the number of the database row.',
      'Ids made from the time, such as UUIDs of version 1, differ in few characters if they are made at the same moment.',
    ],
  },
  codes,
  from: [manyAtOnce],
  judge: (trace) => {
    const accepted = trace.accepted();
    const exchanges = accepted.slice(0, 3).map(({ exchange }) => exchange);
    return judgeEach(samplesOf(accepted), ({ kind, distinct }): Finding<keyof typeof codes> | undefined => {
      const shown = distinct.slice(0, 3).join(', ');
      if (isSequential(distinct)) {
        return {
          code: kind === 'ids' ? 'ids-sequential' : 'locations-sequential',
          expected: `${kind} that are not sequential`,
          actual: `they are: ${shown}…`,
          exchanges,
        };
      }
      const spread = spreadOf(distinct);
      if (spread >= leastSpread) return undefined;
      return {
        code: kind === 'ids' ? 'ids-too-alike' : 'locations-too-alike',
        expected: `${kind} that differ by ${leastSpread} bits or more`,
        actual: `${distinct.length} ${kind} differ by about ${Math.round(spread)} bits: ${shown}…`,
        exchanges,
      };
    });
  },
});
