/** SEC-03, 05 and 07: what others may see, guess and overhear. */
import type { Exchange, Submission } from '../../schemas/types.js';
import { isObject, responseHeader, responseObject } from '../trace/message.js';
import { isAnswered } from '../trace/trace.js';
import { judgeEach, notApplicable, type Finding, type Judge, type Judgement } from './judge.js';

/** One client's status resource is not readable by another: 403 or 404. */
export const sec03: Judge = (trace) =>
  judgeEach(trace.answered('foreign-status'), (exchange) =>
    exchange.response.status === 403 || exchange.response.status === 404
      ? undefined
      : {
          expected: `403 or 404 to another client's ${exchange.request.method} of a status (${exchange.variant ?? ''})`,
          actual: `the answer is ${exchange.response.status}`,
          exchanges: [exchange],
        },
  );

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

/** Ids cannot be guessed: not sequential, 64 bits or more of spread over a sample. */
export const sec05: Judge = (trace) => {
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
};

/** The id of a status resource or of a result. */
const idOf = ({ txn }: Submission, exchange: Exchange): string | undefined => {
  const id = responseObject(exchange)?.id;
  return typeof id === 'string' ? id.slice(0, longestId) : txn;
};

const isLoopback = ({ hostname }: URL): boolean =>
  hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127\./.test(hostname);

/** URLs that an answer gives out: Location, and meta.location of the resource in its body. */
const givenOut = (exchange: Exchange): string[] => {
  const meta = responseObject(exchange)?.meta;
  const urls = [responseHeader(exchange, 'location'), isObject(meta) ? meta.location : undefined];
  return urls.filter((url): url is string => typeof url === 'string' && URL.canParse(url));
};

/** https, unless the host is loopback: of the target itself, and of every URL that it gives out. */
export const sec07: Judge = (trace): Judgement => {
  const seen = [
    ...trace
      .all()
      .slice(0, 1)
      .map((exchange) => ({ exchange, url: trace.target.baseUrl, what: 'the target' })),
    ...trace
      .all()
      .filter(isAnswered)
      .flatMap((exchange) => givenOut(exchange).map((url) => ({ exchange, url, what: 'a URL that it gives out' }))),
  ].filter(({ url }) => !isLoopback(new URL(url)));
  if (seen.length === 0) return notApplicable('The target is on a loopback address, where https is not asked for.');
  return judgeEach(seen, ({ exchange, url, what }) =>
    new URL(url).protocol === 'https:'
      ? undefined
      : { expected: `https for ${what}`, actual: `it is ${url}`, exchanges: [exchange] },
  );
};
