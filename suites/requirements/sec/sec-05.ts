/** SEC-05. Ids cannot be guessed: not sequential, 64 bits or more of spread over a sample. */
import type { Exchange, Submission } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach } from '../../judging/judge.js';
import { manyAtOnce } from '../../scenarios/lifecycle/many-at-once.js';
import { responseObject } from '../../trace/message.js';

/** Bits; profile SEC-05. */
const leastSpread = 64;

/** Characters of an id that are looked at. */
const longestId = 1000;

/** Ids that a spread is estimated from at least. */
const sampleSize = 20;

/** How many of an alphabet a sample of such a size shows on average, where each is as likely as any other. */
const expectedOf = (alphabet: number, sample: number): number => alphabet * (1 - (1 - 1 / alphabet) ** sample);

/** Part of what is expected on average that a sample shows at least. */
const luck = 0.75;

/**
 * Bits by which the ids of a sample differ: at each place, from its left and from its right end, the logarithm of how
 * many characters were seen there, or of all that were seen at any place that varies, where the sample is too small
 * to show more of them at one. The smaller of both ends counts.
 */
const spreadOf = (ids: readonly string[]): number => {
  const longest = Math.max(...ids.map((id) => id.length));
  const spread = (at: (id: string, place: number) => string): number => {
    const places = Array.from({ length: longest }, (_, place) => new Set(ids.map((id) => at(id, place)))).filter(
      ({ size }) => size > 1,
    );
    const alphabet = new Set(places.flatMap((seen) => [...seen])).size;
    const enough = luck * expectedOf(alphabet, ids.length);
    return places.reduce((bits, { size }) => bits + Math.log2(size >= enough ? alphabet : size), 0);
  };
  return Math.min(
    spread((id, place) => id[place] ?? ''),
    spread((id, place) => id[id.length - 1 - place] ?? ''),
  );
};

/** A step between neighbours that an attacker would try. */
const smallStep = 1000n;

/** Whether the ids, read as numbers of the smallest base that fits, go up in small steps. */
const isSequential = (ids: readonly string[]): boolean => {
  const prefix = commonPrefix(ids);
  const rests = ids.map((id) => id.slice(prefix.length));
  const numbers = rests.map((rest) =>
    /^\d{1,18}$/.test(rest) ? BigInt(rest) : /^[0-9a-f]{1,16}$/i.test(rest) ? BigInt(`0x${rest}`) : undefined,
  );
  if (numbers.includes(undefined)) return false;
  const sorted = numbers.filter((number) => number !== undefined).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return sorted.slice(1).every((number, index) => {
    const step = number - (sorted[index] ?? 0n);
    return step > 0n && step < smallStep;
  });
};

const commonPrefix = (ids: readonly string[]): string => {
  const [first = ''] = ids;
  let length = 0;
  while (length < first.length && ids.every((id) => id[length] === first[length])) length += 1;
  return first.slice(0, length);
};

/** The id of a status resource or of a result. */
const idOf = ({ txn }: Submission, exchange: Exchange): string | undefined => {
  const id = responseObject(exchange)?.id;
  return typeof id === 'string' ? id.slice(0, longestId) : txn;
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
  from: [manyAtOnce],
  judge: (trace) => {
    const accepted = trace.accepted();
    const exchanges = accepted.slice(0, 3).map(({ exchange }) => exchange);
    const samples = [
      { what: 'ids', values: accepted.map(({ submission, exchange }) => idOf(submission, exchange)) },
      // What is fetched is what an attacker guesses, whatever else has an id.
      {
        what: 'Locations',
        values: accepted.map(({ submission }) => submission.location?.slice(0, longestId)),
      },
    ].map(({ what, values }) => ({ what, distinct: [...new Set(values.filter((value) => value !== undefined))] }));
    const large = samples.filter(({ distinct }) => distinct.length >= sampleSize);
    return judgeEach(large, ({ what, distinct }): Finding | undefined => {
      const shown = distinct.slice(0, 3).join(', ');
      if (isSequential(distinct))
        return { expected: `${what} that are not sequential`, actual: `they are: ${shown}…`, exchanges };
      const spread = spreadOf(distinct);
      return spread >= leastSpread
        ? undefined
        : {
            expected: `${leastSpread} bits or more by which ${what} differ`,
            actual: `${distinct.length} ${what} differ by about ${Math.round(spread)} bits: ${shown}…`,
            exchanges,
          };
    });
  },
});
