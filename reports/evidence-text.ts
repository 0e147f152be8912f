/**
 * Evidence as plain text of limited size. A CI system shows it with a failure, and it tells the reader how to see the
 * failure again.
 */
import type { Evidence, Report, RequirementResult } from '../schemas/types.js';
import { clip, limits } from '../suites/events.js';
import { replayLine } from './facts/commands.js';
import { curlLine, httpLines } from './text/http-text.js';
import { inOneLine, visible } from './text/visible-text.js';

export const citations = ({ source }: RequirementResult): string =>
  inOneLine(
    source.map(({ label, href }) => (href === undefined ? label : `${label} (${href})`)).join(', '),
    limits.paragraph,
  );

/** On one line: the code, what was expected and what was received. If there is no evidence: the reason. */
export const summaryOf = ({ evidence, alsoFound = [], reason }: RequirementResult): string =>
  evidence === undefined
    ? inOneLine(reason ?? 'no reason is known', limits.paragraph)
    : `${inOneLine(evidence.code)}: expected ${inOneLine(evidence.expected)}; actual: ${inOneLine(evidence.actual)}${
        alsoFound.length === 0 ? '' : `; also ${alsoFound.map(({ code }) => inOneLine(code)).join(', ')}`
      }`;

/** The command that sends the last request again; undefined if it is too long to be shown in full. */
export const curlCommand = ({ exchanges }: Evidence): string | undefined => {
  const last = exchanges.at(-1);
  if (last === undefined) return undefined;
  const line = visible(curlLine(last));
  return line.length > limits.command ? undefined : line;
};

export const storyLines = (evidence: Evidence): string[] => [
  `the exercise «${inOneLine(evidence.scenario)}»${evidence.shrinks > 0 ? `, made smaller ${evidence.shrinks} times` : ''}:`,
  ...evidence.story.slice(0, 20).map((line) => `  ${inOneLine(line, limits.text)}`),
];

/** The exchanges as HTTP text. If they are too long: the beginning, and how many lines are left out. */
export const exchangeLines = ({ exchanges }: Evidence): string[] => {
  const lines = exchanges.flatMap((exchange) => [
    `exchange #${exchange.n}:`,
    ...httpLines(exchange).map((line) => `  ${visible(clip(line, limits.text))}`),
    '',
  ]);
  let size = 0;
  const tooMuch = lines.findIndex((line) => {
    size += line.length;
    return size > limits.exchanges;
  });
  if (tooMuch === -1) return lines;
  return [...lines.slice(0, tooMuch), `… and ${lines.length - tooMuch} more lines, which are in the JSON report`];
};

/**
 * Everything about one result: the source, what was expected and what was received, what to do, the exchanges, and the
 * commands that show it again.
 */
export const evidenceText = (report: Report, result: RequirementResult): string => {
  const { evidence, guide } = result;
  const curl = evidence === undefined ? undefined : curlCommand(evidence);
  const lines = [
    `source    ${citations(result)}`,
    ...(result.reason === undefined ? [] : [`reason    ${inOneLine(result.reason, limits.text)}`]),
    ...(evidence === undefined
      ? []
      : [
          `code      ${inOneLine(evidence.code)}`,
          `expected  ${inOneLine(evidence.expected, limits.text)}`,
          `actual    ${inOneLine(evidence.actual, limits.text)}`,
          ...(result.alsoFound ?? []).map(
            (each) =>
              `also      ${inOneLine(`${each.code}: expected ${each.expected}; actual: ${each.actual}`, limits.text)}`,
          ),
        ]),
    ...(guide === undefined
      ? []
      : [`why       ${inOneLine(guide.why, limits.text)}`, `to do     ${inOneLine(guide.fix, limits.text)}`]),
    ...(evidence === undefined
      ? []
      : [
          '',
          ...storyLines(evidence),
          '',
          ...exchangeLines(evidence),
          'run again:',
          `  ${replayLine(report, result, evidence)}`,
          ...(curl === undefined ? [] : ['the last request alone:', `  ${curl}`]),
        ]),
  ];
  return lines.join('\n');
};
