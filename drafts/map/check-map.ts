/** Compares the normative sentences of a draft with the requirements that test them, as a map says that they do. */
import type { DraftMap, MappedSentence } from '../../schemas/types.js';
import { strengthOf } from '../sentences/keyword.js';
import type { Sentence } from '../sentences/sentences.js';

/** A requirement of a profile, as far as it is compared. */
export interface MappedRequirement {
  readonly id: string;
  readonly level: 'MUST' | 'SHOULD';
  /** What it cites, as in «RFC 9967 §2.5.1.1». */
  readonly cites: readonly string[];
}

export type MapFinding =
  | {
      readonly kind: 'sentence-without-requirement';
      readonly sentence: Sentence;
      readonly candidates: readonly string[];
    }
  | { readonly kind: 'requirement-without-sentence'; readonly requirement: MappedRequirement }
  | { readonly kind: 'level-differs'; readonly sentence: Sentence; readonly requirement: MappedRequirement }
  | { readonly kind: 'sentence-changed'; readonly sentence: Sentence; readonly entry: MappedSentence }
  | { readonly kind: 'sentence-gone'; readonly entry: MappedSentence }
  | { readonly kind: 'unknown-requirement'; readonly entry: MappedSentence; readonly id: string };

/** Whether a citation names this draft, and no other whose name begins in the same way. */
const isOf = (citation: string, draft: string): boolean =>
  citation.toLowerCase() === draft.toLowerCase() || citation.toLowerCase().startsWith(`${draft.toLowerCase()} `);

/** Requirements that cite the section of a sentence: one of them may test it. */
const candidatesFor = ({ section }: Sentence, requirements: readonly MappedRequirement[], draft: string): string[] =>
  section.number === ''
    ? []
    : requirements
        .filter(({ cites }) => cites.some((each) => isOf(each, draft) && each.endsWith(`§${section.number}`)))
        .map(({ id }) => id);

/** A MUST is tested by a MUST, a SHOULD by a SHOULD; what MAY be done is no demand, so that any level is right. */
const isOfLevel = ({ keyword }: Sentence, { level }: MappedRequirement): boolean =>
  strengthOf(keyword) === 0 || strengthOf(keyword) === (level === 'MUST' ? 2 : 1);

export const checkMap = (
  sentences: readonly Sentence[],
  map: DraftMap,
  requirements: readonly MappedRequirement[],
): MapFinding[] => {
  const entries = new Map(map.sentences.map((entry) => [entry.id, entry]));
  const byId = new Map(requirements.map((requirement) => [requirement.id, requirement]));
  const known = new Set(sentences.map(({ id }) => id));
  const mapped = new Set([
    ...map.sentences.flatMap(({ requirements: ids }) => ids),
    ...(map.unstated ?? []).map(({ requirement }) => requirement),
  ]);
  return [
    ...sentences.flatMap((sentence): MapFinding[] => {
      const entry = entries.get(sentence.id);
      if (entry?.why !== undefined) return [];
      const ids = entry?.requirements ?? [];
      // What everybody may choose needs no test.
      if (ids.length === 0 && strengthOf(sentence.keyword) === 0) return [];
      if (ids.length === 0)
        return [
          {
            kind: 'sentence-without-requirement',
            sentence,
            candidates: candidatesFor(sentence, requirements, map.cites),
          },
        ];
      return ids
        .flatMap((id) => byId.get(id) ?? [])
        .filter((requirement) => !isOfLevel(sentence, requirement))
        .map((requirement): MapFinding => ({ kind: 'level-differs', sentence, requirement }));
    }),
    ...sentences.flatMap((sentence): MapFinding[] => {
      const entry = entries.get(sentence.id);
      return entry?.was === undefined ? [] : [{ kind: 'sentence-changed', sentence, entry }];
    }),
    ...map.sentences.filter(({ id }) => !known.has(id)).map((entry): MapFinding => ({ kind: 'sentence-gone', entry })),
    ...map.sentences.flatMap((entry) =>
      entry.requirements
        .filter((id) => !byId.has(id))
        .map((id): MapFinding => ({ kind: 'unknown-requirement', entry, id })),
    ),
    ...requirements
      .filter(({ id, cites }) => !mapped.has(id) && cites.some((each) => isOf(each, map.cites)))
      .map((requirement): MapFinding => ({ kind: 'requirement-without-sentence', requirement })),
  ];
};
