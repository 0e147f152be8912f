/**
 * Generates histories of one resource with a known explanation, as elle does for databases: each write gets the time of
 * its effect, a model applies the effects in this order, and the reads show the state of the model. Such a history is
 * explained by construction. A lie is a change that makes it inexplicable.
 */
import fc from 'fast-check';
import type { Read, Write } from '../../../../suites/judging/history/history.js';

export const resource = '/Users/1';

export type Method = 'PUT' | 'PATCH' | 'DELETE';

/** A request of one write, or of several in one bulk request. Times are whole numbers, in milliseconds. */
export interface PlannedRequest {
  readonly methods: readonly Method[];
  readonly start: number;
  /** From the start to the moment of the first effect, and from there to the end. */
  readonly before: number;
  readonly after: number;
  /** What is reported. `unknown`: nothing is, and it may have been done or not. */
  readonly reported: 'result' | 'refusal' | 'done, unknown' | 'not done, unknown';
}

export interface PlannedRead {
  readonly start: number;
  readonly before: number;
  readonly after: number;
}

export interface Plan {
  /** Whether a create stands at the beginning; otherwise it was there before, with a word that nobody wrote. */
  readonly isCreated: boolean;
  readonly requests: readonly PlannedRequest[];
  readonly reads: readonly PlannedRead[];
}

export interface Size {
  readonly requests: number;
  readonly bulk: number;
  readonly reads: number;
  /** All writes and reads begin within this number of milliseconds; each takes at most `lasting`. */
  readonly within: number;
  readonly lasting: number;
  readonly methods: readonly Method[];
}

export const plans = ({ requests, bulk, reads, within, lasting, methods }: Size): fc.Arbitrary<Plan> => {
  const start = fc.integer({ min: 10, max: within + 10 });
  const while_ = fc.integer({ min: 1, max: lasting });
  return fc.record({
    isCreated: fc.boolean(),
    requests: fc.array(
      fc.record({
        methods: fc.oneof(
          { weight: 3, arbitrary: fc.constantFrom(...methods).map((method) => [method]) },
          { weight: 1, arbitrary: fc.array(fc.constantFrom(...methods), { minLength: 2, maxLength: bulk }) },
        ),
        start,
        before: while_,
        after: while_,
        reported: fc.oneof(
          { weight: 7, arbitrary: fc.constant('result' as const) },
          { weight: 1, arbitrary: fc.constantFrom('refusal', 'done, unknown', 'not done, unknown') },
        ),
      }),
      { minLength: 1, maxLength: requests, size: 'max' },
    ),
    reads: fc.array(fc.record({ start, before: while_, after: while_ }), {
      minLength: 1,
      maxLength: reads,
      size: 'max',
    }),
  });
};

/** One write with the moments at which it takes effect: one if it is honest. */
export interface Acted {
  readonly write: Write;
  /** In milliseconds; fractions tell apart what would be at one moment. */
  readonly effects: readonly number[];
}

/** A look at the resource: when it is made, and when it sees what it shows. */
export interface Looked {
  readonly start: number;
  readonly end: number;
  readonly sees: number;
}

/** A different word for each write. */
export const wordOf = (number: number): string =>
  `Word${[...String(number)].map((digit) => 'abcdefghij'.charAt(Number(digit))).join('')}`;

/** The word that a resource has that was there before. */
export const wordBefore = wordOf(99_999);

export const writeOf = (about: Partial<Write> & Pick<Write, 'method' | 'start' | 'end'>): Write => ({
  resource,
  name: undefined,
  word: undefined,
  outcome: 'success',
  status: '200',
  // Nothing here asks for the exchanges.
  asked: {} as Write['asked'],
  index: 0,
  ...about,
});

/** The writes of a plan, each with its moment. What they come to is known when the model has done them. */
export const actorsOf = ({ isCreated, requests }: Plan): Acted[] => {
  let count = 0;
  const create = writeOf({ method: 'POST', word: wordOf(0), start: 0, end: 5, status: '201' });
  const asked = requests.flatMap(({ methods, start, before, after, reported }): Acted[] => {
    const submission = methods.length === 1 ? undefined : ({} as NonNullable<Write['submission']>);
    return methods.map((method, index): Acted => {
      count += 1;
      const effect = start + before + count / 1000;
      const isUnknown = reported.endsWith('unknown');
      const write = writeOf({
        method,
        ...(method === 'DELETE' ? {} : { word: wordOf(count) }),
        start,
        end: isUnknown ? Infinity : start + before + after,
        outcome: isUnknown ? 'unknown' : reported === 'refusal' ? 'failure' : 'success',
        status: isUnknown ? undefined : reported === 'refusal' ? '400' : '200',
        index,
        ...(submission === undefined ? {} : { submission }),
      });
      return { write, effects: reported === 'result' || reported === 'done, unknown' ? [effect] : [] };
    });
  });
  return [...(isCreated ? [{ write: create, effects: [2] }] : []), ...asked];
};

export const looksOf = ({ reads }: Plan): Looked[] =>
  reads.map(({ start, before, after }, index) => ({
    start,
    end: start + before + after,
    sees: start + before + (index + 500) / 1000,
  }));

export interface Made {
  readonly writes: readonly Write[];
  readonly reads: readonly Read[];
}

/**
 * What the model makes of it: each effect at its moment, in their order; a write that finds the resource gone reports
 * 404, if it reports what came of it. What comes a second time, or later than was
 * reported, reports nothing.
 */
export const enact = (actors: readonly Acted[], looks: readonly Looked[]): Made => {
  const isThereBefore = !actors.some(({ write }) => write.method === 'POST');
  let held: { word: string | undefined } | 'gone' = isThereBefore ? { word: wordBefore } : 'gone';
  const notFound = new Set<Acted>();
  const reads: Read[] = [];
  const moments = [
    ...actors.flatMap((actor) =>
      actor.effects.map((at, time) => ({
        at,
        happen: (): void => {
          const { method, word } = actor.write;
          if (method === 'POST') held = { word };
          else if (held !== 'gone') held = method === 'DELETE' ? 'gone' : { word };
          else if (time === 0 && at <= actor.write.end) notFound.add(actor);
        },
      })),
    ),
    ...looks.map(({ start, end, sees }) => ({
      at: sees,
      happen: (): void => {
        const words = held === 'gone' ? [] : [held.word ?? ''];
        // Nothing here asks for the exchange.
        reads.push({ resource, present: held !== 'gone', words, start, end, exchange: {} as Read['exchange'] });
      },
    })),
  ];
  for (const { happen } of [...moments].sort((a, b) => a.at - b.at)) happen();
  const writes = actors.map((actor): Write => {
    const isMissed = notFound.has(actor) && actor.write.outcome === 'success';
    return isMissed ? { ...actor.write, outcome: 'failure', status: '404' } : actor.write;
  });
  return { writes, reads: reads.sort((a, b) => a.start - b.start) };
};
