/** What a newer text of a draft demands more, less or otherwise than an older one. */
import { forbids, strengthOf } from '../sentences/keyword.js';
import { leastLikeness, likeness, wordsOf } from '../sentences/likeness.js';
import type { Sentence } from '../sentences/sentences.js';

export type ChangeKind = 'stricter' | 'looser' | 'reversed' | 'reworded' | 'new' | 'gone';

export interface DraftChange {
  readonly kind: ChangeKind;
  readonly before?: Sentence;
  readonly after?: Sentence;
}

/** No two sentences can be more alike than their words, whatever the order. */
const mostLikeness = (one: readonly string[], other: ReadonlySet<string>): number =>
  one.filter((word) => other.has(word)).length / Math.max(1, one.length);

interface Pair {
  readonly before: Sentence;
  readonly after: Sentence;
  readonly likeness: number;
}

const pairsOf = (old: readonly Sentence[], recent: readonly Sentence[]): Pair[] => {
  const after = recent.map((sentence) => {
    const words = wordsOf(sentence.text);
    return { sentence, words, set: new Set(words) };
  });
  return old.flatMap((before) => {
    const words = wordsOf(before.text);
    return after.flatMap((candidate): Pair[] => {
      if (mostLikeness(words, candidate.set) < leastLikeness / 2) return [];
      const degree = likeness(words, candidate.words);
      return degree < leastLikeness ? [] : [{ before, after: candidate.sentence, likeness: degree }];
    });
  });
};

const kindOf = ({ keyword: was }: Sentence, { keyword: is }: Sentence): ChangeKind => {
  if (forbids(was) !== forbids(is) && strengthOf(was) > 0 && strengthOf(is) > 0) return 'reversed';
  const more = strengthOf(is) - strengthOf(was);
  return more > 0 ? 'stricter' : more < 0 ? 'looser' : 'reworded';
};

/** Sentences that only moved are no change. In the order of the newer text; what is gone comes last. */
export const diffDrafts = (before: readonly Sentence[], after: readonly Sentence[]): DraftChange[] => {
  const [was, is] = [before, after].map((sentences) => new Set(sentences.map(({ id }) => id)));
  let old = before.filter(({ id }) => is?.has(id) !== true);
  let recent = after.filter(({ id }) => was?.has(id) !== true);
  const changed = new Map<Sentence, DraftChange>();
  for (const pair of pairsOf(old, recent).toSorted((one, other) => other.likeness - one.likeness)) {
    if (!old.includes(pair.before) || !recent.includes(pair.after)) continue;
    changed.set(pair.after, { kind: kindOf(pair.before, pair.after), before: pair.before, after: pair.after });
    old = old.filter((sentence) => sentence !== pair.before);
    recent = recent.filter((sentence) => sentence !== pair.after);
  }
  return [
    ...after.flatMap((sentence): DraftChange[] => {
      const change = changed.get(sentence);
      if (change !== undefined) return [change];
      return recent.includes(sentence) ? [{ kind: 'new', after: sentence }] : [];
    }),
    ...old.map((sentence): DraftChange => ({ kind: 'gone', before: sentence })),
  ];
};
