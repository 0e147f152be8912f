/** SEC-05. An id that can be guessed turns one forgotten access check into a leak of everything. */
import type { Exchange, Submission } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { manyAtOnce } from '../../scenarios/lifecycle/many-at-once.js';
import { responseObject } from '../../trace/message.js';
import { isSequential, leastSpread, spreadOf } from './guessable.js';

/** Characters of an id that are looked at. */
const longestId = 1000;

/** Ids that a spread is estimated from at least. */
const sampleSize = 20;

/** The id of a status resource or of a result. */
const idOf = ({ txn }: Submission, exchange: Exchange): string | undefined => {
  const id = responseObject(exchange)?.id;
  return typeof id === 'string' ? id.slice(0, longestId) : txn;
};

const codes = {
  'ids-sequential': 'the ids count up',
  'ids-too-alike': 'the ids differ by too little to be random',
  'locations-sequential': 'the Locations count up',
  'locations-too-alike': 'the Locations differ by too little to be random',
};

interface Sample {
  readonly what: 'ids' | 'Locations';
  readonly distinct: readonly string[];
}

/** What is fetched is what an attacker guesses, whatever else has an id: both are looked at, where there are enough. */
const samplesOf = (accepted: ReturnType<TraceView['accepted']>): readonly Sample[] => {
  const ids = accepted.flatMap(({ submission, exchange }) => idOf(submission, exchange) ?? []);
  const locations = accepted.flatMap(({ submission }) => submission.location?.slice(0, longestId) ?? []);
  const samples: readonly Sample[] = [
    { what: 'ids', distinct: [...new Set(ids)] },
    { what: 'Locations', distinct: [...new Set(locations)] },
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
      'Ids that count up tell how many requests there are, and let everybody try the next one.',
      'One forgotten access check then opens all of them.',
    ],
    tested: [
      '48 requests are submitted at a time, and at least 20 different ones are needed of the ids (the `id` of the status resource, else `Set-Txn`) or of the `Location`s; both are looked at.',
      'Read as decimal or hexadecimal numbers behind their common beginning they should not go up in small steps, and they should differ by about 64 bits or more, estimated from the characters at each place.',
      'It is a recommendation: the outcome is at most a warning.',
    ],
    fix: [
      'Use a random UUID (version 4), or 16 bytes of a secure random source, as the public id, and keep the number of the row to yourself.',
      'Ids made of the time, such as UUIDs of version 1, differ in few characters when they are made at one moment.',
    ],
  },
  codes,
  from: [manyAtOnce],
  judge: (trace) => {
    const accepted = trace.accepted();
    const exchanges = accepted.slice(0, 3).map(({ exchange }) => exchange);
    return judgeEach(samplesOf(accepted), ({ what, distinct }): Finding<keyof typeof codes> | undefined => {
      const shown = distinct.slice(0, 3).join(', ');
      if (isSequential(distinct)) {
        return {
          code: what === 'ids' ? 'ids-sequential' : 'locations-sequential',
          expected: `${what} that are not sequential`,
          actual: `they are: ${shown}…`,
          exchanges,
        };
      }
      const spread = spreadOf(distinct);
      if (spread >= leastSpread) return undefined;
      return {
        code: what === 'ids' ? 'ids-too-alike' : 'locations-too-alike',
        expected: `${leastSpread} bits or more by which ${what} differ`,
        actual: `${distinct.length} ${what} differ by about ${Math.round(spread)} bits: ${shown}…`,
        exchanges,
      };
    });
  },
});
