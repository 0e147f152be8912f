/** The formats of `draft requirements`. */
import { inert } from '../../reports/text/markdown-text.js';
import { harmlessJson, inOneLine } from '../../reports/text/visible-text.js';
import type { MappedSentence } from '../../schemas/types.js';
import type { MapFinding } from '../map/check-map.js';
import type { Sentence } from '../sentences/sentences.js';
import { grouped, longestSentence } from './grouped.js';

export interface CheckedMap {
  readonly file: string;
  readonly sentences: readonly Sentence[];
  readonly findings: readonly MapFinding[];
  /** Entries that were taken out of the map. */
  readonly removed: readonly MappedSentence[];
}

type Write = (checked: CheckedMap) => string;

const headings: Readonly<Record<MapFinding['kind'], string>> = {
  'sentence-without-requirement': 'Sentences that no requirement tests',
  'requirement-without-sentence': 'Requirements that cite the draft, and that no sentence names',
  'level-differs': 'Requirements of another level than the key word of their sentence',
  'sentence-changed': 'Entries that were taken over from an older wording: review them, and delete `was`',
  'sentence-gone': 'Entries of the map whose sentence is not in the draft any more',
  'unknown-requirement': 'Entries of the map that name a requirement which the profile does not have',
};

const removedHeading = 'Removed from the map, because their sentence is not in the draft any more';

const entryOf = ({ id, begins, requirements, why }: MappedSentence): string =>
  [
    id,
    ...(begins === undefined ? [] : [`«${begins} …»`]),
    ...requirements,
    ...(why === undefined ? [] : [`(${why})`]),
  ].join(' ');

/** A line for a finding, without markup. */
const lineOf = (finding: MapFinding): string => {
  switch (finding.kind) {
    case 'sentence-without-requirement': {
      const { sentence, candidates } = finding;
      const hint = candidates.length === 0 ? '' : ` (requirements that cite this section: ${candidates.join(', ')})`;
      return `${sentence.id} line ${sentence.line}, Section ${sentence.section.number}: ${sentence.text}${hint}`;
    }
    case 'requirement-without-sentence':
      return `${finding.requirement.id} cites ${finding.requirement.cites.join(', ')}`;
    case 'level-differs':
      return `${finding.requirement.id} is ${finding.requirement.level}, ${finding.sentence.id} says ${finding.sentence.keyword}: ${finding.sentence.text}`;
    case 'sentence-gone':
      return entryOf(finding.entry);
    case 'sentence-changed': {
      const { entry, sentence } = finding;
      return `${entry.id} line ${sentence.line} was ${entry.was ?? ''}, with ${entry.requirements.join(', ') || 'no requirement'}: ${sentence.text}`;
    }
    case 'unknown-requirement':
      return `${finding.entry.id} names ${finding.id}`;
  }
};

const countsOf = ({ sentences, findings }: CheckedMap): string =>
  `${sentences.length} normative sentences, ${findings.length === 1 ? '1 point' : `${findings.length} points`} to review.`;

const pretty: Write = (checked) =>
  [
    ...grouped(headings, checked.findings).flatMap(({ heading, those }) => [
      `${heading} (${those.length})`,
      ...those.map((finding) => `  ${inOneLine(lineOf(finding), longestSentence)}`),
      '',
    ]),
    ...(checked.removed.length === 0
      ? []
      : [
          `${removedHeading} (${checked.removed.length})`,
          ...checked.removed.map((entry) => `  ${inOneLine(entryOf(entry), longestSentence)}`),
          '',
        ]),
    countsOf(checked),
    '',
  ].join('\n');

const json: Write = (checked) => `${harmlessJson(checked, 2)}\n`;

const markdown: Write = (checked) =>
  [
    `## ${inert(checked.file)}`,
    '',
    ...grouped(headings, checked.findings).flatMap(({ heading, those }) => [
      `### ${heading}`,
      '',
      ...those.map((finding) => `- ${inert(lineOf(finding), longestSentence)}`),
      '',
    ]),
    ...(checked.removed.length === 0
      ? []
      : [
          `### ${removedHeading}`,
          '',
          ...checked.removed.map((entry) => `- ${inert(entryOf(entry), longestSentence)}`),
          '',
        ]),
    countsOf(checked),
    '',
  ].join('\n');

export const mapFormats = { pretty, json, markdown } satisfies Record<string, Write>;
