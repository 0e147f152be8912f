/** The matrix as Markdown. */
import { limits } from '../../suites/events.js';
import { inert } from '../text/markdown-text.js';
import {
  detailOf,
  kindNames,
  kindOf,
  matrixOf,
  wordOf,
  type Implementation,
  type Row,
  type RowKind,
} from './matrix.js';

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Only where the text may be at fault, the reader needs to know what each implementation did. */
const detailsOf = ({ id, results }: Row, implementations: readonly Implementation[]): string[] =>
  results.flatMap((result, place) => {
    const detail = detailOf(result);
    const name = implementations[place]?.name ?? '';
    return detail === undefined ? [] : [`- **${inert(id)}** ${inert(name)}: ${inert(detail, limits.paragraph)}`];
  });

const sectionOf = (kind: RowKind, rows: readonly Row[], implementations: readonly Implementation[]): string[] => {
  if (rows.length === 0) return [];
  const names = implementations.map(({ name }) => inert(name));
  const details = ['ambiguous', 'differs', 'failed'].includes(kind)
    ? rows.flatMap((each) => detailsOf(each, implementations))
    : [];
  return [
    `### ${kindNames[kind]} (${rows.length})`,
    '',
    row(['', 'requirement', 'source', ...names]),
    row(['---', '---', '---', ...names.map(() => '---')]),
    ...rows.map(({ id, level, title, sources, results }) =>
      row([
        inert(id),
        `${level}: ${inert(title)}`,
        inert(sources.join(', ')),
        ...results.map((result) => inert(wordOf(result))),
      ]),
    ),
    '',
    ...(details.length === 0 ? [] : [...details, '']),
  ];
};

export const interopMarkdown = (implementations: readonly Implementation[]): string => {
  const rows = matrixOf(implementations);
  const kinds = [...new Set(rows.map(kindOf))];
  return [
    `## ${implementations.length} implementations`,
    '',
    ...kinds.flatMap((kind) =>
      sectionOf(
        kind,
        rows.filter((each) => kindOf(each) === kind),
        implementations,
      ),
    ),
  ].join('\n');
};
