/**
 * Markdown for the summary of a CI job: the failures first, folded, each with what to do. GitHub rejects a summary of
 * more than 1 MiB, so that this one stays below that and says what it leaves out.
 */
import type { Report, RequirementResult } from '../schemas/types.js';
import { limits } from '../suites/events.js';
import { citations, curlCommand, exchangeLines, storyLines, summaryOf } from './evidence-text.js';
import { fenced, inert } from './text/markdown-text.js';
import { clientsIn, outcomeWords } from './facts/clients.js';
import { replayLine, runLine } from './facts/commands.js';
import { subjectOf } from './facts/scope.js';
import { groupsOf, isUnjudged, levelOf, standingOf, type Standing } from './facts/standing.js';

/** The largest size in bytes of the whole, of the warnings, and of each other list. */
const mostBytes = 900_000;
const mostWarnings = 100_000;
const mostOfList = 40_000;

const bytes = (text: string): number => new TextEncoder().encode(text).length;

/** How many of the parts fit into this number of bytes. */
const fitting = (parts: readonly string[], room: number): number => {
  let size = 0;
  const tooMuch = parts.findIndex((part) => {
    size += bytes(part) + 1;
    return size > room;
  });
  return tooMuch === -1 ? parts.length : tooMuch;
};

const bounded = (lines: readonly string[], room: number): string[] => {
  const count = fitting(lines, room);
  return [...lines.slice(0, count), ...(count < lines.length ? [`- and ${lines.length - count} more`] : [])];
};

/** The symbol shows the exit code, because that is the result that the build sees. */
const verdictLines = (report: Report): string[] => [
  `## ${isUnjudged(report) ? '⚠️' : report.exitCode === 0 ? '✅' : '❌'} ${subjectOf(report)}: ${report.verdict}`,
  '',
  inert(report.reason, limits.paragraph),
  '',
];

/** Ids on one line, at most 200. */
const idList = (ids: readonly string[]): string =>
  `${ids
    .slice(0, 200)
    .map((id) => inert(id, limits.name))
    .join(', ')}${ids.length > 200 ? ` and ${ids.length - 200} more` : ''}`;

const gateLines = ({ gate }: Report): string[] => {
  if (gate === undefined) return [];
  const parts: [string, readonly string[]][] = [
    ['New', gate.fresh],
    ['Known', gate.known],
    ['In the baseline, but no longer failing: remove them', gate.stale],
    ['In the baseline, but not tested by this run', gate.unchecked],
    ['Request shapes of clients that do not work', gate.clients ?? []],
  ];
  return [
    `**Gate ${gate.passed ? 'passed' : 'failed'}** (fails on ${gate.failOn}${gate.baseline === undefined ? '' : `, baseline ${inert(gate.baseline)}`}): ${inert(gate.reason, limits.paragraph)}`,
    '',
    ...parts.filter(([, ids]) => ids.length > 0).map(([name, ids]) => `- ${name}: ${idList(ids)}`),
    '',
  ];
};

const columns: [string, (standing: Standing, result: RequirementResult) => boolean][] = [
  ['Passed', (standing) => standing === 'passed'],
  ['Failed', (standing) => standing === 'failed'],
  ['Known', (standing) => standing === 'known'],
  ['Warned', (standing) => standing === 'warned'],
  ['Inconclusive', (standing, { outcome }) => standing === 'not-judged' && outcome === 'inconclusive'],
  ['Ambiguous', (standing, { outcome }) => standing === 'not-judged' && outcome === 'ambiguous'],
  ['Skipped', (standing, { outcome }) => standing === 'not-judged' && outcome === 'skip'],
  ['Not implemented', (standing, { outcome }) => standing === 'not-judged' && outcome === 'not-implemented'],
  ['Error of the suite', (standing) => standing === 'harness-error'],
];

/** The number of requirements of each group by outcome. Empty columns are left out. */
const table = ({ requirements, gate }: Report): string[] => {
  const counts = (results: readonly RequirementResult[]): number[] =>
    columns.map(([, belongs]) => results.filter((result) => belongs(standingOf(result, gate), result)).length);
  const shown = counts(requirements).map((count) => count > 0);
  const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  const kept = <T>(values: readonly T[]): T[] => values.filter((_, index) => shown[index] === true);
  const names = kept(columns.map(([name]) => name));
  if (names.length === 0) return [];
  return [
    row(['Group', ...names]),
    row(['---', ...names.map(() => '---:')]),
    ...[...groupsOf(requirements)].map(([group, results]) =>
      row([inert(group, limits.id), ...kept(counts(results)).map((count) => (count === 0 ? '' : count))]),
    ),
    '',
  ];
};

/** The blank lines are necessary: without a blank line between HTML and Markdown, GitHub reads all of it as HTML. */
const details = (report: Report, result: RequirementResult, note: string): string => {
  const { evidence, guide } = result;
  const curl = evidence === undefined ? undefined : curlCommand(evidence);
  return [
    `<details><summary><b>${inert(result.id, limits.id)}</b> ${inert(result.title)}${note}</summary>`,
    '',
    ...(evidence === undefined
      ? [`- Reason: ${inert(result.reason ?? 'not known', limits.paragraph)}`]
      : [
          `- Code: ${inert(evidence.code, limits.name)}`,
          `- Expected: ${inert(evidence.expected, limits.paragraph)}`,
          `- Actual: ${inert(evidence.actual, limits.paragraph)}`,
          ...(result.alsoFound ?? []).map(
            (each) =>
              `- Also: ${inert(`${each.code}: expected ${each.expected}, but ${each.actual}`, limits.paragraph)}`,
          ),
        ]),
    `- Source: ${levelOf(result)}, ${inert(citations(result), limits.paragraph)}`,
    ...(guide === undefined
      ? []
      : [
          `- Why it matters: ${inert(guide.why, limits.paragraph)}`,
          `- What to do: ${inert(guide.fix, limits.paragraph)}`,
        ]),
    '',
    ...(evidence === undefined
      ? []
      : [
          fenced([...storyLines(evidence), '', ...exchangeLines(evidence)].join('\n').trimEnd()),
          '',
          'Run it again:',
          '',
          fenced([...(curl === undefined ? [] : [curl]), replayLine(report, result, evidence)].join('\n'), 'sh'),
          '',
        ]),
    '</details>',
    '',
  ].join('\n');
};

/** As many failures as there is space for, and the ids of the others. */
const failures = (report: Report, room: number): string => {
  const having = (standing: Standing): RequirementResult[] =>
    report.requirements.filter((result) => standingOf(result, report.gate) === standing);
  const notes: [Standing, string][] = [
    ['failed', ''],
    ['harness-error', ' (an error of this suite)'],
    ['known', ' (known failure)'],
  ];
  const failed = notes.flatMap(([standing, note]) => having(standing).map((result) => ({ result, note })));
  if (failed.length === 0) return '';
  const parts = failed.map(({ result, note }) => details(report, result, note));
  const count = fitting(parts, room);
  const left = failed.slice(count).map(({ result }) => result.id);
  const said = `There is no space here for ${left.length} more; the JSON and the HTML report contain them: ${idList(left)}`;
  return ['### Failed\n', ...parts.slice(0, count), ...(left.length > 0 ? [`${said}\n`] : []), ''].join('\n');
};

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`### ${title}`, '', ...lines, ''];

const warnings = ({ requirements, gate }: Report): string[] =>
  bounded(
    requirements
      .filter((result) => standingOf(result, gate) === 'warned')
      .map(
        (result) =>
          `- **${inert(result.id, limits.id)}** ${inert(result.title)}: ${inert(summaryOf(result), limits.paragraph)}`,
      ),
    mostWarnings,
  );

/** Each reason once, with the ids of all requirements that it applies to. */
const reasons = ({ requirements, gate }: Report, outcomes: readonly string[]): string[] => {
  const byReason = new Map<string, string[]>();
  for (const result of requirements) {
    if (standingOf(result, gate) !== 'not-judged' || !outcomes.includes(result.outcome)) continue;
    const reason = inert(result.reason ?? result.outcome, limits.paragraph);
    byReason.set(reason, [...(byReason.get(reason) ?? []), result.id]);
  }
  return bounded(
    [...byReason].map(([reason, ids]) => `- ${idList(ids)}: ${reason}`),
    mostOfList,
  );
};

const clientRow = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** One table for each client. */
const clientTables = (report: Report): string[] =>
  clientsIn(report).flatMap(({ name, title, rows, inShort }) => [
    `**${inert(title)}** (${inert(name)}): ${inShort}`,
    '',
    clientRow(['Shape', 'What it does', 'Outcome', 'What was seen']),
    clientRow(['---', '---', '---', '---']),
    ...rows.map((row) =>
      clientRow([inert(row.shape), inert(row.title), outcomeWords(row), inert(row.reason ?? '', limits.line)]),
    ),
    '',
  ]);

const worksWith = (report: Report): string[] => {
  const tables = clientTables(report);
  return tables.length === 0
    ? []
    : section('Works with', ['This is information, and not part of the verdict.', '', ...bounded(tables, mostOfList)]);
};

const settingsLines = (report: Report): string[] => {
  const { settings, traffic, time } = report;
  return [
    `Target ${inert(settings.target)}, run ${inert(report.run)}, seed ${settings.seed}, profile ${inert(report.profile)}, scim-conformance ${inert(report.tool)}: ${traffic.exchanges} exchanges, ${traffic.accepted} of ${traffic.submissions} asynchronous requests accepted, ${(time.total / 1000).toFixed(1)} s.`,
    '',
    fenced(runLine(report), 'sh'),
  ];
};

/** The summary. It has fewer than 900,000 bytes, whatever the target sent. */
export const markdownReport = (report: Report): string => {
  const leftovers = bounded(
    report.leftovers.map((leftover) => `- ${inert(leftover)}`),
    mostOfList,
  );
  const before = [...verdictLines(report), ...gateLines(report), ...table(report)].join('\n');
  const after = [
    ...section('Warnings', warnings(report)),
    ...section('Ambiguous', reasons(report, ['ambiguous'])),
    ...section('Not judged', reasons(report, ['inconclusive', 'skip', 'not-implemented'])),
    ...worksWith(report),
    ...section('Left behind on the target', leftovers),
    ...section('This run', settingsLines(report)),
  ].join('\n');
  const room = mostBytes - bytes(before) - bytes(after) - 10_000;
  return `${before}\n${failures(report, room)}${after}\n`;
};
