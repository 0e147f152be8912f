/** SEC-05. If ids can be guessed, one missing access check exposes every request. */
import type { Exchange, Submission } from '../../../schemas/types.js';
import { pathSegment } from '../../bindings/locations.js';
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

/** Whether the URL of a status resource or of a result holds its id. */
const holdsId = ({ txn, location }: Submission, exchange: Exchange): boolean => {
  const shown = responseObject(exchange)?.id;
  const id = typeof shown === 'string' ? shown : txn;
  return id !== undefined && id !== '' && location?.includes(pathSegment(id)) === true;
};

const codes = {
  'ids-sequential': 'the ids count up',
  'ids-too-alike': 'the ids are too similar to be random',
  'locations-sequential': 'the Locations count up',
  'locations-too-alike': 'the Locations are too similar to be random',
};

/** What opens a status or a result: an id that is no part of its URL opens nothing. */
const locationsOf = (accepted: ReturnType<TraceView['accepted']>): readonly string[] => {
  const locations = accepted.flatMap(({ submission }) => submission.location?.slice(0, longestId) ?? []);
  const distinct = [...new Set(locations)];
  return distinct.length < sampleSize ? [] : distinct;
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
      '48 requests are submitted at a time. The `Location`s are judged if there are at least 20 different ones.',
      'An `id` or `Set-Txn` that is no part of them opens nothing, and may count up. If the part after their common beginning is a decimal or hexadecimal number, these numbers should not go up in small steps. They should differ by about 64 bits or more, estimated from the characters at each place.',
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
    const locations = locationsOf(accepted);
    // The common case has words of its own: the id is what can be guessed.
    const haveIds = accepted.every(({ submission, exchange }) => holdsId(submission, exchange));
    const what = haveIds ? 'ids' : 'Locations';
    const shown = locations.slice(0, 3).join(', ');
    return judgeEach(locations.length === 0 ? [] : [locations], (distinct): Finding<keyof typeof codes> | undefined => {
      if (isSequential(distinct)) {
        return {
          code: haveIds ? 'ids-sequential' : 'locations-sequential',
          expected: `${what} that are not sequential`,
          actual: `they are: ${shown}…`,
          exchanges,
        };
      }
      const spread = spreadOf(distinct);
      if (spread >= leastSpread) return undefined;
      return {
        code: haveIds ? 'ids-too-alike' : 'locations-too-alike',
        expected: `${what} that differ by ${leastSpread} bits or more`,
        actual: `${distinct.length} ${what} differ by about ${Math.round(spread)} bits: ${shown}…`,
        exchanges,
      };
    });
  },
});
