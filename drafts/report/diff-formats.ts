/** The formats of `draft diff`. */
import { inert } from '../../reports/text/markdown-text.js';
import { harmlessJson, inOneLine } from '../../reports/text/visible-text.js';
import type { ChangeKind, DraftChange } from '../diff/diff-drafts.js';
import type { Sentence } from '../sentences/sentences.js';
import { grouped, longestSentence } from './grouped.js';
import { outcomesOf, verdictsOf, type JudgedProvider } from './provider-change.js';

export interface TouchedChange extends DraftChange {
  /** The requirements that test the older sentence, as the map says. */
  readonly touches: readonly string[];
}

export interface ComparedDrafts {
  readonly before: string;
  readonly after: string;
  readonly changes: readonly TouchedChange[];
  /** What the profile of the newer text demands otherwise, as clauses; empty if there are no recordings. */
  readonly profileChanges: readonly string[];
  /** Providers whose recorded runs were judged by both versions; empty if there are no recordings. */
  readonly providers: readonly JudgedProvider[];
}

type Write = (compared: ComparedDrafts) => string;

const headings: Readonly<Record<ChangeKind, string>> = {
  stricter: 'Stricter',
  reversed: 'Reversed',
  looser: 'Looser',
  new: 'New',
  gone: 'Gone',
  reworded: 'Reworded',
};

const placeOf = ({ section, line }: Sentence): string =>
  `${section.number === '' ? '' : `Section ${section.number}, `}line ${line}`;

/** The keywords, if they are different, and the places. */
const titleOf = ({ before, after, touches }: TouchedChange): string => {
  const keyword =
    before !== undefined && after !== undefined && before.keyword !== after.keyword
      ? `${before.keyword} → ${after.keyword}`
      : (after ?? before)?.keyword;
  const place = [before, after].flatMap((sentence) => (sentence === undefined ? [] : [placeOf(sentence)]));
  return `${keyword ?? ''} (${place.join(' → ')})${touches.length === 0 ? '' : ` touches ${touches.join(', ')}`}`;
};

const countOf = ({ changes }: ComparedDrafts): string =>
  changes.length === 0 ? 'No normative sentence is different.' : `${changes.length} normative sentences are different.`;

const textsOf = ({ before, after }: TouchedChange): [sign: string, text: string][] => [
  ...(before === undefined ? [] : [['−', before.text] satisfies [string, string]]),
  ...(after === undefined ? [] : [['+', after.text] satisfies [string, string]]),
];

const sameOutcomes = 'Every requirement has the same outcome.';

const prettyProviders = ({ providers, profileChanges }: ComparedDrafts): string[] => [
  ...(profileChanges.length === 0 ? [] : ['', `Profiles (${profileChanges.length})`]),
  ...profileChanges.map((change) => `  ${inOneLine(change, longestSentence)}`),
  ...providers.flatMap((provider) => [
    '',
    inOneLine(verdictsOf(provider)),
    ...(provider.note === undefined ? [] : [`  ${inOneLine(provider.note)}`]),
    ...provider.outcomes.flatMap((outcome) => [
      `  ${inOneLine(outcomesOf(outcome))}`,
      ...outcome.why.map((reason) => `    ${inOneLine(reason, longestSentence)}`),
    ]),
    ...(provider.outcomes.length === 0 ? [`  ${sameOutcomes}`] : []),
  ]),
];

const pretty: Write = (compared) =>
  [
    ...grouped(headings, compared.changes).flatMap(({ heading, those }) => [
      `${heading} (${those.length})`,
      ...those.flatMap((change) => [
        `  ${inOneLine(titleOf(change))}`,
        ...textsOf(change).map(([sign, text]) => `    ${sign} ${inOneLine(text, longestSentence)}`),
      ]),
      '',
    ]),
    countOf(compared),
    ...prettyProviders(compared),
    '',
  ].join('\n');

const json: Write = (compared) => `${harmlessJson(compared, 2)}\n`;

const markdownProviders = ({ providers, profileChanges }: ComparedDrafts): string[] => [
  ...(profileChanges.length === 0 ? [] : ['', '### Profiles', '']),
  ...profileChanges.map((change) => `- ${inert(change, longestSentence)}`),
  ...providers.flatMap((provider) => [
    '',
    `### ${inert(verdictsOf(provider))}`,
    '',
    ...(provider.note === undefined ? [] : [`- ${inert(provider.note)}`]),
    ...provider.outcomes.flatMap((outcome) => [
      `- ${inert(outcomesOf(outcome))}`,
      ...outcome.why.map((reason) => `  - ${inert(reason, longestSentence)}`),
    ]),
    ...(provider.outcomes.length === 0 ? [sameOutcomes] : []),
  ]),
];

const markdown: Write = (compared) =>
  [
    `## ${inert(compared.before)} → ${inert(compared.after)}`,
    '',
    ...grouped(headings, compared.changes).flatMap(({ heading, those }) => [
      `### ${heading}`,
      '',
      ...those.flatMap((change) => [
        `- ${inert(titleOf(change))}`,
        ...textsOf(change).map(([sign, text]) => `  - ${sign} ${inert(text, longestSentence)}`),
      ]),
      '',
    ]),
    countOf(compared),
    ...markdownProviders(compared),
    '',
  ].join('\n');

export const diffFormats = { pretty, json, markdown } satisfies Record<string, Write>;
