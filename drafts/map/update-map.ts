/** Brings a map up to date with the text of a draft, so that a reviewer has only to look at what changed. */
import type { DraftMap, MappedSentence } from '../../schemas/types.js';
import { leastLikeness, likeness, wordsOf } from '../sentences/likeness.js';
import type { Sentence } from '../sentences/sentences.js';

export interface UpdatedMap {
  readonly map: DraftMap;
  /** Entries whose sentence is gone, and that no new sentence follows. The map does not have them any more. */
  readonly removed: readonly MappedSentence[];
}

/** Words of a sentence that a map repeats, so that its reader knows which one is meant. */
const firstWords = 8;

const beginOf = (text: string): string => text.split(' ').slice(0, firstWords).join(' ');

/** In another section only a sentence that begins with nearly the same words is a version of an old one. */
const leastElsewhere = 0.85;

interface Follower {
  readonly entry: MappedSentence;
  readonly sentence: Sentence;
  readonly likeness: number;
}

/** The new sentences that may be a version of this old one, of which the map knows only how it began. */
const followersOf = (entry: MappedSentence, fresh: readonly Sentence[]): Follower[] =>
  fresh.flatMap((sentence): Follower[] => {
    const degree = likeness(wordsOf(entry.begins ?? ''), wordsOf(beginOf(sentence.text)));
    const least = sentence.section.number === entry.section ? leastLikeness : leastElsewhere;
    return degree < least ? [] : [{ entry, sentence, likeness: degree }];
  });

/** What an entry says by the hand of a reviewer. */
const isReviewed = ({ requirements, why }: MappedSentence): boolean => requirements.length > 0 || why !== undefined;

/** For new sentences, the reviewed entry of the old sentence that they are most like; each entry once. */
const takenOver = (old: readonly MappedSentence[], fresh: readonly Sentence[]): Map<string, MappedSentence> => {
  const found = new Map<string, MappedSentence>();
  const pairs = old.filter(isReviewed).flatMap((entry) => followersOf(entry, fresh));
  for (const { entry, sentence } of pairs.toSorted((one, other) => other.likeness - one.likeness))
    if (!found.has(sentence.id) && ![...found.values()].includes(entry)) found.set(sentence.id, entry);
  return found;
};

/**
 * The map with an entry for each sentence. What was reviewed stays; a sentence with another key word or in other words takes over
 * what was said of the old one, and `was` asks to review it.
 */
export const updateMap = (map: DraftMap, sentences: readonly Sentence[]): UpdatedMap => {
  const entries = new Map(map.sentences.map((entry) => [entry.id, entry]));
  const known = new Set(sentences.map(({ id }) => id));
  const old = map.sentences.filter(({ id }) => !known.has(id));
  const before = takenOver(
    old,
    sentences.filter(({ id }) => !entries.has(id)),
  );
  const entryOf = ({ id, section, text }: Sentence): MappedSentence => {
    const former = before.get(id);
    const { requirements = [], why, was = former?.id } = entries.get(id) ?? former ?? {};
    return {
      id,
      section: section.number,
      begins: beginOf(text),
      requirements,
      ...(why === undefined ? {} : { why }),
      ...(was === undefined ? {} : { was }),
    };
  };
  const followed = new Set(before.values());
  return {
    map: { ...map, sentences: sentences.map(entryOf) },
    removed: old.filter((entry) => !followed.has(entry)),
  };
};
