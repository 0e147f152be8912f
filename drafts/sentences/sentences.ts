/** The normative sentences of a draft: those with a key word of BCP 14. */
import { createHash } from 'node:crypto';
import type { DraftDocument, Section } from '../document.js';
import { keywordsIn, strengthOf, type Keyword } from './keyword.js';

export interface Sentence {
  /** Made of its text, so that it stays when the sentence moves or is wrapped in another way; as in `must-3f2a9c1e`. */
  readonly id: string;
  readonly text: string;
  readonly section: Section;
  /** The line on which its paragraph begins. */
  readonly line: number;
  /** The strictest key word. */
  readonly keyword: Keyword;
}

/** A period after these ends no sentence. */
const abbreviation = /(?:\b(?:e\.g|i\.e|cf|vs|Sec|Fig|No|al)\.|\b[A-Z]\.)\s*$/;

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Bullets and numbers of lists belong to no sentence. */
const withoutBullet = (text: string): string => text.replace(/^(?:[*o+-]|\d+[.)]|\([a-z\d]+\))\s+/, '');

export const sentencesIn = (paragraph: string): string[] => {
  const sentences: string[] = [];
  let open = '';
  for (const { segment } of segmenter.segment(withoutBullet(paragraph))) {
    open += segment;
    if (abbreviation.test(open)) continue;
    sentences.push(open.trim());
    open = '';
  }
  return [...sentences, open.trim()].filter((sentence) => sentence !== '');
};

/** The paragraph that says what the key words mean (RFC 8174 §2). */
const isBoilerplate = (paragraph: string): boolean => /key ?words?\b.*\bMUST\b.*\binterpreted as\b/is.test(paragraph);

/** What makes a sentence the same one: its words, whatever their letter case, quotes and spacing. */
const essence = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const idOf = (keyword: Keyword, text: string): string =>
  `${keyword.toLowerCase().replaceAll(' ', '-')}-${createHash('sha256').update(essence(text)).digest('hex').slice(0, 8)}`;

const strictest = (keywords: readonly Keyword[]): Keyword | undefined =>
  keywords.toSorted((one, other) => strengthOf(other) - strengthOf(one))[0];

/** In the order of the text. A sentence that is there twice has a number behind its id the second time. */
export const normativeSentences = ({ paragraphs }: DraftDocument): Sentence[] => {
  const seen = new Map<string, number>();
  return paragraphs
    .filter(({ text }) => !isBoilerplate(text))
    .flatMap(({ text: paragraph, section, line }) =>
      sentencesIn(paragraph).flatMap((text): Sentence[] => {
        const keyword = strictest(keywordsIn(text));
        if (keyword === undefined) return [];
        const id = idOf(keyword, text);
        const count = (seen.get(id) ?? 0) + 1;
        seen.set(id, count);
        return [{ id: count === 1 ? id : `${id}-${count}`, text, section, line, keyword }];
      }),
    );
};
