/** A few writes and reads of one user, told in a line each, as traces of the scenario `interleaving`. */
import type { Read, Write } from '../../../../suites/judging/history/history.js';
import type { HandMadeTrace } from '../../hand-made-trace.js';
import { resource, writeOf } from './generated-history.js';
import { traceOfHistory } from './trace-of-history.js';

/** An asynchronous PUT of a word, asked at a time and seen done at another, in milliseconds; or what `more` makes of it. */
export const put = (word: string, start: number, end: number, more: Partial<Write> = {}): Write =>
  writeOf({ method: 'PUT', word, start, end, ...more });

/** The same writes as operations of one bulk request, in this order. */
export const inBulk = (...writes: readonly Write[]): Write[] => {
  // It only tells which writes belong together.
  const submission = {} as NonNullable<Write['submission']>;
  return writes.map((write, index) => ({ ...write, submission, index }));
};

/** A read of 2 ms in which the names show these words; or which is answered 404. */
export const shows = (seen: string | readonly [string, string], start: number): Read => ({
  resource,
  present: seen !== 'gone',
  words: seen === 'gone' ? [] : typeof seen === 'string' ? [seen] : seen,
  start,
  end: start + 2,
  // Nothing here asks for the exchange.
  exchange: {} as Read['exchange'],
});

/** The user is created before, with the word `Wordj`. Writes are asynchronous, save those of the words that are named. */
export const story = (
  writes: readonly Write[],
  reads: readonly Read[],
  synchronous: readonly string[] = [],
): HandMadeTrace => {
  const created = writeOf({ method: 'POST', word: 'Wordj', start: 0, end: 5, status: '201' });
  return traceOfHistory([created, ...writes], reads, ({ word = '' }) => !synchronous.includes(word));
};
