/** Lies that a provider may tell about one write, put into a history that is honest without them. */
import type { Diagnosis } from '../../../../suites/judging/history/explain.js';
import { wordOf, writeOf, type Acted, type Looked } from './generated-history.js';

export const mischiefs = ['lost', 'late', 'early', 'twice', 'failure-applied', 'disordered'] as const;

export type Mischief = (typeof mischiefs)[number];

/** Which of the writes it can be told about. */
const canTell = (mischief: Mischief, { write, effects }: Acted): boolean => {
  if (write.method === 'POST') return false;
  if (mischief === 'failure-applied') return write.outcome === 'failure';
  if (mischief === 'disordered') return write.submission !== undefined && effects.length > 0;
  return write.outcome === 'success' && effects.length > 0;
};

/** The same actors, of which one lies; undefined if none of them can. `which` and `by` say which one, and by how much. */
export const withMischief = (
  actors: readonly Acted[],
  mischief: Mischief,
  { which, by }: { readonly which: number; readonly by: number },
): Acted[] | undefined => {
  const able = actors.filter((actor) => canTell(mischief, actor));
  const liar = able[which % Math.max(1, able.length)];
  if (liar === undefined) return undefined;
  const { start, end } = liar.write;
  const shift = by + 0.9;
  const told = (effects: readonly number[]): Acted[] =>
    actors.map((actor) => (actor === liar ? { ...actor, effects } : actor));
  switch (mischief) {
    case 'lost':
      return told([]);
    case 'late':
      return told([end + shift]);
    case 'early':
      return told([start - shift]);
    case 'twice':
      return told([...liar.effects, ...liar.effects.map((effect) => effect + shift)]);
    case 'failure-applied':
      return told([start + shift]);
    case 'disordered': {
      const isOfIt = ({ write }: Acted): boolean => write.submission === liar.write.submission;
      const backwards = actors.filter(isOfIt).map(({ effects }) => effects);
      return actors.map((actor) => (isOfIt(actor) ? { ...actor, effects: backwards.pop() ?? [] } : actor));
    }
  }
};

/** What comes after a history, when all is quiet. */
export interface Tail {
  readonly actors: readonly Acted[];
  readonly looks: readonly Looked[];
  readonly diagnosis: Diagnosis;
  /** The write that lied; undefined if it is not one write that did. */
  readonly liar: Acted | undefined;
}

/** Two writes after `from`, and reads that prove their effects. */
export const tails: Record<Mischief | 'none', (from: number) => Tail> = {
  none: (from) => tail(from, 'explained', { effects: [25], sees: [40] }),
  lost: (from) => tail(from, 'lost', { effects: [], sees: [40], liar: 'second' }),
  late: (from) => tail(from, 'late', { effects: [45], sees: [40, 50], liar: 'second' }),
  early: (from) => tail(from, 'unexplained', { effects: [15], sees: [17] }),
  twice: (from) => tail(from, 'twice', { effects: [25], again: [45], sees: [12, 40, 50], liar: 'first' }),
  'failure-applied': (from) =>
    tail(from, 'failure-applied', { effects: [25], sees: [40], liar: 'second', fails: true }),
  disordered: (from) => {
    const { actors, looks } = tail(from, 'disordered', { effects: [2], sees: [40] });
    const submission = {} as NonNullable<Acted['write']['submission']>;
    const inBulk = actors.map((actor, index): Acted => ({
      ...actor,
      write: { ...actor.write, start: from, end: from + 30, submission, index },
    }));
    return { actors: inBulk, looks, diagnosis: 'disordered', liar: undefined };
  },
};

interface Second {
  /** Moments of the second write, which is asked at 20 and done at 30. */
  readonly effects: readonly number[];
  /** Moments at which the first, which is done at 10, takes effect once more. */
  readonly again?: readonly number[];
  readonly sees: readonly number[];
  readonly liar?: 'first' | 'second';
  readonly fails?: boolean;
}

const tail = (from: number, diagnosis: Diagnosis, { effects, again = [], sees, liar, fails = false }: Second): Tail => {
  const first: Acted = {
    write: writeOf({ method: 'PUT', word: wordOf(1001), start: from, end: from + 10 }),
    effects: [5, ...again].map((moment) => from + moment),
  };
  const reported = fails ? ({ outcome: 'failure', status: '400' } as const) : {};
  const second: Acted = {
    write: writeOf({ method: 'PATCH', word: wordOf(1002), start: from + 20, end: from + 30, ...reported }),
    effects: effects.map((moment) => from + moment),
  };
  const looks = sees.map((moment) => ({ start: from + moment - 1, end: from + moment + 1, sees: from + moment }));
  return { actors: [first, second], looks, diagnosis, liar: liar && { first, second }[liar] };
};
