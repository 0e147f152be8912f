/**
 * An Implementation Status section (RFC 7942 §2) from runs of the suite. What no run can know, such as the licence, is left for
 * the author, and marked.
 */
import { limits } from '../../suites/events.js';
import { inert } from '../text/markdown-text.js';
import { inOneLine } from '../text/visible-text.js';
import { element, withText } from '../text/xml-text.js';
import { coverageOf, detailOf, type Implementation } from './matrix.js';

interface Point {
  readonly name: string;
  readonly text: string;
}

const toFillIn = '(to be filled in)';

/** RFC 7942 §2 asks for these points. */
const pointsOf = (implementation: Implementation): Point[] => {
  const { report } = implementation;
  const { met, missed, open, all } = coverageOf(implementation);
  const bindings = Object.keys(report.target?.bindings ?? {});
  const readings = report.requirements.flatMap((result) => {
    const detail = detailOf(result);
    return detail === undefined ? [] : [{ name: result.id, text: inOneLine(detail, limits.paragraph) }];
  });
  return [
    { name: 'Organization and contact', text: toFillIn },
    { name: 'Maturity and licensing', text: toFillIn },
    {
      name: 'Coverage',
      text: `${met} of ${all} requirements of profile ${report.profile} met, ${missed} not met, ${open} where the text leaves it open; bindings: ${bindings.length === 0 ? 'none' : bindings.join(', ')}`,
    },
    {
      name: 'Version of the tests',
      text: `scim-conformance ${report.tool}, run ${report.run} of ${report.startedAt.slice(0, 10)}`,
    },
    ...readings.map(({ name, text }) => ({ name: `Differs or interprets, ${name}`, text })),
  ];
};

/** The note that RFC 7942 §2 wants at the top of the section. */
const note = [
  'This section is to be removed before publication as an RFC, together with the reference to RFC 7942.',
  'It records what is known of implementations of this document, as RFC 7942 proposes. Listing one here is no endorsement by the IETF, and nobody but the run of the tests has verified what is said.',
];

export const rfc7942Markdown = (implementations: readonly Implementation[]): string =>
  [
    '# Implementation Status',
    '',
    ...note.flatMap((paragraph) => [paragraph, '']),
    ...implementations.flatMap((implementation) => [
      `## ${inert(implementation.name)}`,
      '',
      ...pointsOf(implementation).map(({ name, text }) => `- ${inert(name)}: ${inert(text, limits.paragraph)}`),
      '',
    ]),
  ].join('\n');

const paragraph = (text: string): string => withText('t', {}, text);

export const rfc7942Xml = (implementations: readonly Implementation[]): string => {
  const sections = implementations.map((implementation) =>
    element('section', {}, [
      withText('name', {}, inOneLine(implementation.name)),
      element(
        'ul',
        {},
        pointsOf(implementation).map(({ name, text }) => withText('li', {}, `${name}: ${text}`)),
      ),
    ]),
  );
  const section = element('section', { anchor: 'implementation-status', removeInRFC: 'true' }, [
    withText('name', {}, 'Implementation Status'),
    ...note.map(paragraph),
    ...sections,
  ]);
  return `${section}\n`;
};
