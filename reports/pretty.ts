/** The summary that a person reads on a terminal: what failed first, whole; then the rest, a line each group. */
import type { Evidence, Report, RequirementResult } from '../schemas/types.js';
import { citations } from './evidence-text.js';
import { curlLine, httpLines } from './http-text.js';
import { groupsOf } from './standing.js';
import { inOneLine, printable } from './visible-text.js';

/** Colours by meaning, so that the summary is the same text without them. */
export interface Palette {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly strong: (text: string) => string;
}

/** Nothing that a target says can look like a line of ours. */
const line = (text: string): string => printable(inOneLine(text, 2500));

const indent = (lines: readonly string[], by = '    '): string[] => lines.map((line) => `${by}${line}`);

const evidenceLines = (result: RequirementResult, evidence: Evidence, palette: Palette): string[] => [
  `${palette.strong('expected')}  ${line(evidence.expected)}`,
  `${palette.strong('actual')}    ${line(evidence.actual)}`,
  `${palette.dim('source')}    ${citations(result)}`,
  ...(evidence.occurrences > 1 ? [`${palette.dim('seen')}      ${evidence.occurrences} times in this run`] : []),
  ...(result.guide === undefined ? [] : [`${palette.strong('to do')}     ${printable(result.guide.fix)}`]),
  '',
  palette.dim(
    `the exercise «${evidence.scenario}»${evidence.shrinks > 0 ? `, made smaller ${evidence.shrinks} times` : ''}:`,
  ),
  ...indent(evidence.story.map(line), '  '),
  '',
  ...evidence.exchanges.flatMap((exchange) => [
    palette.dim(`exchange #${exchange.n}:`),
    ...indent(httpLines(exchange).map(printable), '  '),
    '',
  ]),
  ...evidence.exchanges.slice(-1).flatMap((exchange) => [palette.dim('again:'), `  ${printable(curlLine(exchange))}`]),
  palette.dim('or:'),
  `  scim-conformance --target URL --only ${result.id} --seed ${evidence.seed} --path ${evidence.path}`,
];

const problem = (result: RequirementResult, palette: Palette): string[] => {
  const bad = result.outcome === 'fail' || result.outcome === 'harness-error';
  const mark = bad ? palette.bad(`✗ ${result.id}`) : palette.warn(`! ${result.id}`);
  return [
    `${mark}  ${result.level}  ${result.title}`,
    ...(result.reason === undefined ? [] : indent(printable(result.reason).split('\n'))),
    ...(result.evidence === undefined ? [] : indent(evidenceLines(result, result.evidence, palette))),
    '',
  ];
};

const groupLine = (group: string, results: readonly RequirementResult[], palette: Palette): string => {
  const count = (...outcomes: string[]): number => results.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const exercised = results.reduce((sum, result) => sum + result.exercised, 0);
  const parts = [
    [count('pass'), 'passed', palette.good],
    [count('fail', 'harness-error'), 'failed', palette.bad],
    [count('warning'), 'warned', palette.warn],
    [count('inconclusive'), 'inconclusive', palette.warn],
    [count('ambiguous'), 'ambiguous', palette.warn],
    [count('skip'), 'skipped', palette.dim],
    [count('not-implemented'), 'not implemented', palette.dim],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, word, paint]) => paint(`${number} ${word}`));
  return `  ${group.padEnd(5)} ${said.join(', ')}${exercised > 0 ? palette.dim(`  (${exercised} observations)`) : ''}`;
};

/** Reasons why requirements were not judged, each once, with the ids that it concerns. */
const reasons = (report: Report, outcomes: readonly string[], palette: Palette): string[] => {
  const byReason = new Map<string, string[]>();
  for (const { id, outcome, reason } of report.requirements) {
    if (!outcomes.includes(outcome) || reason === undefined) continue;
    byReason.set(reason, [...(byReason.get(reason) ?? []), id]);
  }
  return [...byReason].map(([reason, ids]) => `  ${palette.dim(ids.join(' '))}\n      ${line(reason)}`);
};

const section = (title: string, lines: readonly string[], palette: Palette): string[] =>
  lines.length === 0 ? [] : [palette.strong(title), ...lines, ''];

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

/** What the burst showed of the limiter. */
const limiterLine = ({ rateLimit }: Report, palette: Palette): string[] => {
  if (rateLimit === undefined) return [];
  const { requests, throttled, capacity, refillPerSecond } = rateLimit;
  const bucket =
    capacity === undefined || refillPerSecond === undefined
      ? ''
      : `: about ${capacity} at once, then ${refillPerSecond} a second`;
  return [`${palette.dim('limiter')} ${throttled} of ${requests} requests of a burst throttled${bucket}`];
};

/** The whole summary as text that ends with a newline; safe to print whatever the target sent. */
export const prettyReport = (report: Report, palette: Palette): string => {
  const has = (...outcomes: string[]): RequirementResult[] =>
    report.requirements.filter(({ outcome }) => outcomes.includes(outcome));
  const paint = report.verdict === 'conformant' ? palette.good : palette.bad;
  const { traffic, time } = report;
  const flaky = has('inconclusive').filter(({ evidence }) => evidence !== undefined);
  const lines = [
    ...section(
      'Failed',
      has('fail', 'harness-error').flatMap((result) => problem(result, palette)),
      palette,
    ),
    ...section(
      'Warnings',
      has('warning').flatMap((result) => problem(result, palette)),
      palette,
    ),
    ...section(
      'Flaky evidence',
      flaky.flatMap((result) => problem(result, palette)),
      palette,
    ),
    ...section('Not judged', reasons(report, ['inconclusive', 'skip'], palette), palette),
    ...section(
      'Requirements',
      [...groupsOf(report.requirements)].map(([group, results]) => groupLine(group, results, palette)),
      palette,
    ),
    ...section(
      'Left behind on the target',
      report.leftovers.map((leftover) => `  ${line(leftover)}`),
      palette,
    ),
    `${palette.dim('target')}  ${line(report.settings.target)}`,
    `${palette.dim('run')}     ${report.run}, seed ${report.settings.seed}, profile ${report.profile}, scim-conformance ${report.tool}`,
    `${palette.dim('traffic')} ${traffic.exchanges} exchanges, ${traffic.exercises} exercises, ${traffic.accepted} of ${traffic.submissions} asynchronous requests accepted`,
    ...limiterLine(report, palette),
    `${palette.dim('time')}    ${seconds(time.total)}: ${seconds(time.waiting)} waiting for the target, ${seconds(time.work)} own work`,
    '',
    `${paint(report.verdict)}: ${printable(report.reason).replaceAll('\n', '\n  ')}`,
  ];
  return `${lines.join('\n')}\n`;
};
