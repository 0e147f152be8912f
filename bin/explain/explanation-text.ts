/** Writes an explanation for a terminal: wrapped to its width, and in colour if the terminal supports it. */
import { printable } from '../../reports/text/visible-text.js';
import type { Explanation } from './explanation.js';

export interface TextStyle {
  /** Characters of a line. HTTP text is not wrapped, so that it can be copied. */
  readonly width: number;
  readonly strong: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly dim: (text: string) => string;
}

const margin = '  ';

/** The text on indented lines of at most `width` characters. Longer words are not broken. */
const wrapped = (text: string, width: number, indent = margin): string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each) => `${indent}${each}`);
};

/** An item of a list. All lines after the first are indented like its text. */
const item = (text: string, width: number): string[] =>
  wrapped(text, width, `${margin}  `).map((line, index) => (index === 0 ? `${margin}- ${line.trimStart()}` : line));

const exchangeLines = (exchanges: readonly string[]): string[] =>
  exchanges.flatMap((text) => [...text.split('\n').map((line) => `${margin}${printable(line)}`), '']);

const scenarioLines = ({ scenarios }: Explanation, { width }: TextStyle): string[] => {
  if (scenarios === 'every') return wrapped('The judge reads the exchanges of every scenario.', width);
  return scenarios.flatMap(({ name, title }) => item(`${name}: ${title}`, width));
};

const exampleLines = ({ example }: Explanation, style: TextStyle): string[] => {
  if (example === undefined) return [];
  const { width, strong, good, bad, dim } = style;
  const isWhole = example.pass.some((text) => text.startsWith('>'));
  return [
    `${bad('✗')} ${strong('Not met')}`,
    ...wrapped(`expected ${example.expected},`, width),
    ...wrapped(`but ${example.actual}`, width),
    '',
    ...exchangeLines(example.fail),
    `${good('✓')} ${strong('Met')}`,
    ...(isWhole ? [] : wrapped(dim(`to the same request${example.pass.length === 1 ? '' : 's'}:`), width)),
    '',
    ...exchangeLines(example.pass),
  ];
};

/** The whole explanation; it ends with a line break. */
export const explanationText = (explanation: Explanation, style: TextStyle): string => {
  const { id, level, title, source, needs, guide, codes, faults, seen, alone } = explanation;
  const { width, strong } = style;
  const section = (heading: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [strong(heading), ...lines, ''];
  return [
    strong(`${id} (${level})`),
    ...wrapped(title, width),
    '',
    ...section(
      'Source',
      source.map(({ label, href }) => `${margin}${label}${href === undefined ? '' : `  ${href}`}`),
    ),
    ...section(
      'Needs',
      needs.length === 0
        ? wrapped('nothing beyond synchronous SCIM', width)
        : needs.flatMap((each) => item(each, width)),
    ),
    ...section('Why it matters', wrapped(guide.why, width)),
    ...section('How it is tested', wrapped(guide.tested, width)),
    ...section('Tested by', scenarioLines(explanation, style)),
    ...section(
      'Possible findings',
      codes.flatMap(({ code, meaning }) => item(`${code}: ${meaning}`, width)),
    ),
    ...exampleLines(explanation, style),
    ...section('How to meet it', wrapped(guide.fix, width)),
    ...section(
      'Faults of the mock that break it',
      faults.flatMap(({ name, title: what }) => item(`${name}: ${what}`, width)),
    ),
    ...section('See it fail', seen === undefined ? [] : [`${margin}${seen}`]),
    ...section('Run it alone', [`${margin}${alone}`]),
  ]
    .join('\n')
    .replace(/\n*$/, '\n');
};
