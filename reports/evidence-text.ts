/** Evidence as plain text of bounded size: what a CI system shows of a failure, and what its reader needs to see it again. */
import type { Evidence, Report, RequirementResult } from '../schemas/types.js';
import { curlLine, httpLines } from './http-text.js';
import { clipped, inOneLine, visible } from './visible-text.js';

/** A CI system shows the beginning of a failure; the whole of it is in the JSON report. */
const longestLine = 2000;
const longestExchanges = 20_000;
const longestCommand = 8000;

export const citations = ({ source }: RequirementResult): string =>
  inOneLine(source.map(({ label, href }) => (href === undefined ? label : `${label} (${href})`)).join(', '), 1000);

/** What was expected and what came, or why there is neither, in one line. */
export const summaryOf = ({ evidence, reason }: RequirementResult): string =>
  evidence === undefined
    ? inOneLine(reason ?? 'no reason is known', 600)
    : `expected ${inOneLine(evidence.expected)}; actual: ${inOneLine(evidence.actual)}`;

const plainWord = /^[\w@%+=:,./-]+$/;

/** A word that is cut is quoted, as the note of its length is no plain text. */
const shellWord = (text: string): string =>
  text.length <= longestLine && plainWord.test(text)
    ? text
    : `'${inOneLine(text, longestLine).replaceAll("'", String.raw`'\''`)}'`;

/** The command that makes this exercise again. */
export const replayCommand = ({ settings }: Report, { id }: RequirementResult, { seed, path }: Evidence): string =>
  `scim-conformance --target ${shellWord(settings.target)} --only ${shellWord(id)} --seed ${seed} --path ${shellWord(path)}`;

/** The command that makes the whole run again; all numbers are given, so that it stays the same if a default changes. */
export const runCommand = ({ settings }: Report): string => {
  const seconds = (milliseconds: number): number => milliseconds / 1000;
  return [
    `scim-conformance --target ${shellWord(settings.target)} --seed ${settings.seed}`,
    ...(settings.suites.length > 0 ? [`--suite ${settings.suites.map(shellWord).join(' ')}`] : []),
    ...(settings.only.length > 0 ? [`--only ${settings.only.map(shellWord).join(' ')}`] : []),
    ...(settings.path === undefined ? [] : [`--path ${shellWord(settings.path)}`]),
    `--runs ${settings.runs} --timeout ${seconds(settings.timeoutMs)} --deadline ${seconds(settings.deadlineMs)}`,
    `--concurrency ${settings.concurrency} --burst ${settings.burst}`,
    `--binding ${settings.binding} --observe ${settings.observe}`,
    ...(settings.readOnly ? ['--read-only'] : []),
    ...(settings.maxRequests === undefined ? [] : [`--max-requests ${settings.maxRequests}`]),
    ...(settings.maxRps === undefined ? [] : [`--max-rps ${settings.maxRps}`]),
    ...(settings.shard === undefined ? [] : [`--shard ${settings.shard.index}/${settings.shard.of}`]),
  ].join(' ');
};

/** The line that sends the last exchange again; half a command would be none. */
export const curlCommand = ({ exchanges }: Evidence): string | undefined => {
  const last = exchanges.at(-1);
  if (last === undefined) return undefined;
  const line = visible(curlLine(last));
  return line.length > longestCommand ? undefined : line;
};

export const storyLines = (evidence: Evidence): string[] => [
  `the exercise «${inOneLine(evidence.scenario)}»${evidence.shrinks > 0 ? `, made smaller ${evidence.shrinks} times` : ''}:`,
  ...evidence.story.slice(0, 20).map((line) => `  ${inOneLine(line, longestLine)}`),
];

/** The exchanges as HTTP text; of what is too much for a report of this kind the beginning, and how much it is. */
export const exchangeLines = ({ exchanges }: Evidence): string[] => {
  const lines = exchanges.flatMap((exchange) => [
    `exchange #${exchange.n}:`,
    ...httpLines(exchange).map((line) => `  ${visible(clipped(line, longestLine))}`),
    '',
  ]);
  let size = 0;
  const tooMuch = lines.findIndex((line) => {
    size += line.length;
    return size > longestExchanges;
  });
  if (tooMuch === -1) return lines;
  return [...lines.slice(0, tooMuch), `… and ${lines.length - tooMuch} more lines, which the JSON report has`];
};

/** All of it: citation, what was expected and what came, what to do, the story, the exchanges and how to see it again. */
export const evidenceText = (report: Report, result: RequirementResult): string => {
  const { evidence, guide } = result;
  const curl = evidence === undefined ? undefined : curlCommand(evidence);
  const lines = [
    `source    ${citations(result)}`,
    ...(result.reason === undefined ? [] : [`reason    ${inOneLine(result.reason, longestLine)}`]),
    ...(evidence === undefined
      ? []
      : [
          `expected  ${inOneLine(evidence.expected, longestLine)}`,
          `actual    ${inOneLine(evidence.actual, longestLine)}`,
        ]),
    ...(guide === undefined
      ? []
      : [`why       ${inOneLine(guide.why, longestLine)}`, `to do     ${inOneLine(guide.fix, longestLine)}`]),
    ...(evidence === undefined
      ? []
      : [
          '',
          ...storyLines(evidence),
          '',
          ...exchangeLines(evidence),
          'again:',
          ...(curl === undefined ? [] : [`  ${curl}`]),
          `  ${replayCommand(report, result, evidence)}`,
        ]),
  ];
  return lines.join('\n');
};
