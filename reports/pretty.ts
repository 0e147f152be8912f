/** The summary for a terminal: each failure in full, then the other results, one line for each group. */
import type { ClientShape, Evidence, Gate, Outcome, Report, RequirementResult } from '../schemas/types.js';
import { clientsIn, outcomeWords } from './facts/clients.js';
import { replayLine } from './facts/commands.js';
import { limitsInWords } from './facts/rate-limit.js';
import { isSynchronous } from './facts/scope.js';
import { citations, summaryOf } from './evidence-text.js';
import { curlLine, httpLines } from './text/http-text.js';
import { groupsOf, isUnjudged, levelOf, standingOf, toleranceReasonOf, type Standing } from './facts/standing.js';
import { oneLine as line, printable } from './text/visible-text.js';

/** Colours by meaning. The text is the same without them. */
export interface Palette {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly strong: (text: string) => string;
}

const indent = (lines: readonly string[], by = '    '): string[] => lines.map((each) => `${by}${each}`);

const evidenceLines = (report: Report, result: RequirementResult, evidence: Evidence, palette: Palette): string[] => [
  `${palette.dim('code')}      ${line(evidence.code)}`,
  `${palette.strong('expected')}  ${line(evidence.expected)}`,
  `${palette.strong('actual')}    ${line(evidence.actual)}`,
  `${palette.dim('source')}    ${line(citations(result))}`,
  ...(evidence.occurrences > 1 ? [`${palette.dim('seen')}      ${evidence.occurrences} times in this run`] : []),
  ...(result.guide === undefined ? [] : [`${palette.strong('to do')}     ${line(result.guide.fix)}`]),
  '',
  palette.dim(
    `the exercise «${line(evidence.scenario)}»${evidence.shrinks > 0 ? `, made smaller ${evidence.shrinks} times` : ''}:`,
  ),
  ...indent(evidence.story.map(line), '  '),
  '',
  ...evidence.exchanges.flatMap((exchange) => [
    palette.dim(`exchange #${exchange.n}:`),
    ...indent(httpLines(exchange).map(printable), '  '),
    '',
  ]),
  palette.dim('run again:'),
  `  ${printable(replayLine(report, result, evidence))}`,
  ...evidence.exchanges
    .slice(-1)
    .flatMap((exchange) => [palette.dim('the last request alone:'), `  ${printable(curlLine(exchange))}`]),
];

const problem = (report: Report, result: RequirementResult, sign: '✗' | '!', palette: Palette): string[] => {
  const paint = sign === '✗' ? palette.bad : palette.warn;
  return [
    `${paint(`${sign} ${result.id}`)}  ${levelOf(result)}  ${line(result.title)}`,
    ...(result.reason === undefined ? [] : indent(printable(result.reason).split('\n'))),
    ...(result.evidence === undefined ? [] : indent(evidenceLines(report, result, result.evidence, palette))),
    ...(result.alsoFound ?? []).map(
      (each) =>
        `    ${palette.dim('also')}      ${line(`${each.code}: expected ${each.expected}, but ${each.actual}`)}`,
    ),
    '',
  ];
};

const groupLine = (
  group: string,
  results: readonly RequirementResult[],
  gate: Gate | undefined,
  palette: Palette,
): string => {
  const standing = (...wanted: Standing[]): number =>
    results.filter((result) => wanted.includes(standingOf(result, gate))).length;
  const unjudged = (outcome: Outcome): number =>
    results.filter((result) => result.outcome === outcome && standingOf(result, gate) === 'not-judged').length;
  const exercised = results.reduce((sum, result) => sum + result.exercised, 0);
  const parts = [
    [standing('passed'), 'passed', palette.good],
    [standing('failed', 'harness-error'), 'failed', palette.bad],
    [standing('known'), 'known', palette.warn],
    [standing('warned'), 'warned', palette.warn],
    [unjudged('inconclusive'), 'inconclusive', palette.warn],
    [unjudged('ambiguous'), 'ambiguous', palette.warn],
    [unjudged('skip'), 'skipped', palette.dim],
    [unjudged('not-implemented'), 'not implemented', palette.dim],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, word, paint]) => paint(`${number} ${word}`));
  return `  ${group.padEnd(5)} ${said.join(', ')}${exercised > 0 ? palette.dim(`  (${exercised} observations)`) : ''}`;
};

/** A known failure is shown in a few lines, because it was shown in full when it was new. */
const knownLines = (result: RequirementResult, gate: Gate | undefined, palette: Palette): string[] => {
  const tolerated = toleranceReasonOf(gate, result.id);
  return [
    `${palette.warn(`~ ${result.id}`)}  ${line(result.title)}`,
    `    ${line(summaryOf(result))}`,
    ...(tolerated === undefined ? [] : [`    ${palette.dim('tolerated')} ${line(tolerated)}`]),
  ];
};

/** The result of the gate: new failures, known failures, and entries of the baseline that are out of date. */
const gateLines = (report: Report, palette: Palette): string[] => {
  const { gate, exitCode } = report;
  if (gate === undefined) return [];
  const { passed, failOn, baseline, reason } = gate;
  const state = passed ? palette.good('passed') : palette.bad('failed');
  const by = `fails on ${failOn}${baseline === undefined ? '' : `, baseline ${line(baseline)}`}`;
  const lists: [string, readonly string[], string][] = [
    ['new', gate.fresh, ''],
    ['known', gate.known, ''],
    ['stale', gate.stale, ' (in the baseline, but no longer failing: remove them)'],
    ['untested', gate.unchecked, ' (in the baseline, but not tested by this run)'],
    ['clients', gate.clients ?? [], ' (shapes that do not work: --require-clients)'],
  ];
  return [
    '',
    `${palette.strong('gate')} ${state}, exit code ${exitCode} (${by})${isUnjudged(report) ? `: ${line(reason)}` : ''}`,
    ...lists
      .filter(([, ids]) => ids.length > 0)
      .map(([name, ids, note]) => `  ${palette.dim(name.padEnd(8))} ${line(ids.join(', '))}${note}`),
  ];
};

/** Why requirements were not judged: each reason once, with the ids of all requirements that it applies to. */
const reasons = (results: readonly RequirementResult[], palette: Palette): string[] => {
  const byReason = new Map<string, string[]>();
  for (const { id, reason } of results) {
    if (reason !== undefined) byReason.set(reason, [...(byReason.get(reason) ?? []), id]);
  }
  return [...byReason].map(([reason, ids]) => `  ${palette.dim(ids.join(' '))}\n      ${line(reason)}`);
};

const signs: Readonly<Record<ClientShape['outcome'], { sign: string; tone: keyof Palette }>> = {
  works: { sign: '✓', tone: 'good' },
  refused: { sign: '✗', tone: 'warn' },
  ignored: { sign: '✗', tone: 'warn' },
  wrong: { sign: '✗', tone: 'bad' },
  'not-tried': { sign: '–', tone: 'dim' },
};

const shapeLines = (shape: ClientShape, palette: Palette): string[] => {
  const { sign, tone } = signs[shape.outcome];
  return [
    `  ${palette[tone](`${sign} ${outcomeWords(shape).padEnd(13)}`)} ${line(shape.shape).padEnd(27)} ${palette.dim(line(shape.title))}`,
    ...(shape.reason === undefined ? [] : [`      ${line(shape.reason)}`]),
  ];
};

/** One table for each client: information beside the verdict. */
const clientLines = (report: Report, palette: Palette): string[] =>
  clientsIn(report).flatMap(({ name, title, rows, inShort }) => [
    `${line(title)} (${line(name)}): ${inShort}`,
    ...rows.flatMap((row) => shapeLines(row, palette)),
  ]);

const section = (title: string, lines: readonly string[], palette: Palette): string[] =>
  lines.length === 0 ? [] : [palette.strong(title), ...lines, ''];

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

/** What the burst showed about the rate limiter. */
const limiterLine = ({ rateLimit }: Report, palette: Palette): string[] => {
  if (rateLimit === undefined) return [];
  const { requests, throttled, capacity, refillPerSecond } = rateLimit;
  const bucket =
    capacity === undefined || refillPerSecond === undefined
      ? ''
      : `: about ${capacity} at once, then ${refillPerSecond} a second`;
  const limits = limitsInWords(rateLimit).map((sentence) => `; ${sentence}`);
  return [
    `${palette.dim('limiter')} ${throttled} of ${requests} requests of a burst throttled${bucket}${limits.join('')}`,
  ];
};

/** The whole summary as text. It is safe to print, whatever the target sent. */
export const prettyReport = (report: Report, palette: Palette): string => {
  const { traffic, time, gate } = report;
  const having = (...wanted: Standing[]): RequirementResult[] =>
    report.requirements.filter((result) => wanted.includes(standingOf(result, gate)));
  const paint = report.verdict === 'conformant' ? palette.good : palette.bad;
  const unjudged = having('not-judged');
  const problems = (sign: '✗' | '!', results: readonly RequirementResult[]): string[] =>
    results.flatMap((result) => problem(report, result, sign, palette));
  const lines = [
    ...section('Failed', problems('✗', having('failed', 'harness-error')), palette),
    ...section('Warnings', problems('!', having('warned')), palette),
    ...section(
      'Seen, but not confirmed',
      problems(
        '!',
        unjudged.filter(({ evidence }) => evidence !== undefined),
      ),
      palette,
    ),
    ...section(
      'Known failures',
      having('known').flatMap((result) => knownLines(result, gate, palette)),
      palette,
    ),
    ...section(
      'Not judged',
      reasons(
        unjudged.filter(({ outcome }) => outcome === 'inconclusive' || outcome === 'skip'),
        palette,
      ),
      palette,
    ),
    ...section(
      'Requirements',
      [...groupsOf(report.requirements)].map(([group, results]) => groupLine(group, results, gate, palette)),
      palette,
    ),
    ...section('Works with (information, not part of the verdict)', clientLines(report, palette), palette),
    ...section(
      'Left behind on the target',
      report.leftovers.map((leftover) => `  ${line(leftover)}`),
      palette,
    ),
    `${palette.dim('target')}  ${line(report.settings.target)}`,
    `${palette.dim('run')}     ${line(`${report.run}, seed ${report.settings.seed}, profile ${report.profile}, scim-conformance ${report.tool}`)}`,
    `${palette.dim('traffic')} ${traffic.exchanges} exchanges, ${traffic.exercises} exercises${isSynchronous(report) ? '' : `, ${traffic.accepted} of ${traffic.submissions} asynchronous requests accepted`}`,
    ...limiterLine(report, palette),
    `${palette.dim('time')}    ${seconds(time.total)}: ${seconds(time.waiting)} waiting for the target, ${seconds(time.work)} own work`,
    '',
    `${paint(report.verdict)}${isSynchronous(report) ? ' (synchronous SCIM)' : ''}: ${printable(report.reason).replaceAll('\n', '\n  ')}`,
    ...gateLines(report, palette),
  ];
  return `${lines.join('\n')}\n`;
};
