/** The key words of BCP 14 (RFC 2119, RFC 8174): only in capitals do they have their meaning. */

export type Keyword =
  | 'MUST'
  | 'MUST NOT'
  | 'REQUIRED'
  | 'SHALL'
  | 'SHALL NOT'
  | 'SHOULD'
  | 'SHOULD NOT'
  | 'RECOMMENDED'
  | 'NOT RECOMMENDED'
  | 'MAY'
  | 'OPTIONAL';

interface Meaning {
  /** 2: an absolute requirement; 1: reasons may permit something else; 0: everybody may choose. */
  readonly strength: 0 | 1 | 2;
  readonly forbids: boolean;
}

const meanings: Readonly<Record<Keyword, Meaning>> = {
  MUST: { strength: 2, forbids: false },
  REQUIRED: { strength: 2, forbids: false },
  SHALL: { strength: 2, forbids: false },
  'MUST NOT': { strength: 2, forbids: true },
  'SHALL NOT': { strength: 2, forbids: true },
  SHOULD: { strength: 1, forbids: false },
  RECOMMENDED: { strength: 1, forbids: false },
  'SHOULD NOT': { strength: 1, forbids: true },
  'NOT RECOMMENDED': { strength: 1, forbids: true },
  MAY: { strength: 0, forbids: false },
  OPTIONAL: { strength: 0, forbids: false },
};

export const strengthOf = (keyword: Keyword): number => meanings[keyword].strength;

export const forbids = (keyword: Keyword): boolean => meanings[keyword].forbids;

const written = /\b(?:(?:MUST|SHALL|SHOULD)(?: NOT)?|NOT RECOMMENDED|REQUIRED|RECOMMENDED|MAY|OPTIONAL)\b/g;

const isKeyword = (text: string): text is Keyword => Object.hasOwn(meanings, text);

/** All key words of a sentence, in their order. */
export const keywordsIn = (sentence: string): Keyword[] =>
  [...sentence.matchAll(written)].map(([word]) => word).filter(isKeyword);
