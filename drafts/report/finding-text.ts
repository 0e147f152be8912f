/** The words for a finding, shared by all formats. The text of a draft may hold anything, so it is made harmless. */
import { inOneLine } from '../../reports/text/visible-text.js';
import type { DraftCheck } from '../check/check-draft.js';
import type { DraftFinding } from '../check/finding.js';

/** Where it stands in the document, as in «Section 2.5.1.1, Figure 13». */
export const placeOf = ({ section, figure }: DraftFinding): string => {
  const parts = [
    section.number === '' ? section.title : `Section ${section.number}`,
    figure === undefined ? '' : `Figure ${figure.number}`,
  ];
  return inOneLine(parts.filter((part) => part !== '').join(', '));
};

export const sentenceOf = ({ expected, actual, source }: DraftFinding): string =>
  inOneLine(`expected ${expected}; ${actual} (${source})`);

export const countOf = ({ length }: readonly DraftFinding[]): string =>
  length === 1 ? '1 finding' : `${length} findings`;

/** What was read, as in «18 messages and bodies, 1 of them abbreviated». */
export const readingOf = ({ examples: { messages, bodies, abbreviated } }: DraftCheck): string =>
  `${messages} HTTP messages and ${bodies} bodies${abbreviated === 0 ? '' : `, ${abbreviated} of them abbreviated and not judged`}`;
