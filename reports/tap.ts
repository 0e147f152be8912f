/** TAP 14 for pipelines: a test point for each requirement, written as soon as it is judged. */
import type { Report, RequirementResult } from '../schemas/types.js';
import type { Listener, RunEvent } from '../suites/events.js';
import { curlLine, httpLines } from './http-text.js';
import { retell } from './retell.js';
import { harmlessJson, inOneLine, printable } from './visible-text.js';

/** Nothing that a target says can be a line of its own. */
const line = (text: string): string => printable(inOneLine(text, 2500));

/** Characters that would end a description or begin a directive are escaped (TAP 14). */
const description = (text: string): string => line(text).replaceAll(/[\\#]/g, String.raw`\$&`);

const directiveOf = ({ outcome, reason }: RequirementResult): string => {
  switch (outcome) {
    case 'skip':
    case 'inconclusive':
    case 'ambiguous':
      return ` # SKIP ${outcome === 'skip' ? '' : `${outcome}: `}${description(reason ?? '')}`;
    case 'not-implemented':
      return ` # TODO not implemented: ${description(reason ?? '')}`;
    default:
      return '';
  }
};

/** JSON is YAML, and needs no library to be right. */
const yaml = (name: string, value: string | number): string => `  ${name}: ${harmlessJson(value)}`;

const yamlList = (name: string, values: readonly string[]): string[] => [
  `  ${name}:`,
  ...values.map((value) => `    - ${harmlessJson(value)}`),
];

const diagnostics = (result: RequirementResult): string[] => {
  const { evidence } = result;
  const isProblem = ['fail', 'warning', 'harness-error'].includes(result.outcome);
  if (!isProblem) return [];
  return [
    '  ---',
    yaml('outcome', result.outcome),
    yaml('level', evidence?.level ?? result.level),
    yaml(
      'source',
      result.source.map(({ label, href }) => (href === undefined ? label : `${label} <${href}>`)).join(', '),
    ),
    ...(result.reason === undefined ? [] : [yaml('reason', result.reason)]),
    ...(evidence === undefined
      ? []
      : [
          yaml('expected', evidence.expected),
          yaml('actual', evidence.actual),
          yaml('replay', `--only ${result.id} --seed ${evidence.seed} --path ${evidence.path}`),
          ...yamlList('story', evidence.story),
          ...yamlList('exchange', evidence.exchanges.flatMap(httpLines)),
          ...evidence.exchanges.slice(-1).map((exchange) => yaml('curl', curlLine(exchange))),
        ]),
    '  ...',
  ];
};

/** `SHOULD` that is not met is `ok` with a diagnostic: a pipeline gates on MUST. */
const point = (result: RequirementResult, number: number): string[] => {
  const ok = result.outcome !== 'fail' && result.outcome !== 'harness-error' && result.outcome !== 'not-implemented';
  const warned = result.outcome === 'warning' ? ' (warning)' : '';
  const exercised = result.exercised > 0 ? ` [${result.exercised}]` : '';
  return [
    `${ok ? 'ok' : 'not ok'} ${number} - ${result.id} ${description(result.title)}${exercised}${warned}${directiveOf(result)}`,
    ...diagnostics(result),
  ];
};

/** A listener that writes TAP lines, each with its newline, through `write`. */
export const createTapReporter = (write: (text: string) => void): Listener => {
  let number = 0;
  const lines = (...texts: string[]): void => write(texts.map((text) => `${text}\n`).join(''));
  return (event: RunEvent) => {
    switch (event.type) {
      case 'run-started':
        lines(
          'TAP version 14',
          `# scim-conformance ${event.tool}, profile ${event.profile}, run ${event.run}`,
          `# target ${line(event.settings.target)}, seed ${event.settings.seed}`,
        );
        return;
      case 'requirement-judged':
        number += 1;
        lines(...point(event.result, number));
        return;
      case 'run-finished': {
        const { verdict, reason, leftovers } = event.report;
        lines(
          number === 0 ? `1..0 # SKIP ${description(verdict)}` : `1..${number}`,
          `# verdict: ${verdict}`,
          `# ${line(reason)}`,
          ...leftovers.map((leftover) => `# left behind: ${line(leftover)}`),
        );
        if (verdict === 'error' && number === 0) lines(`Bail out! ${description(reason)}`);
        return;
      }
      case 'discovered':
      case 'exercised':
      case 'exercise-finished':
      case 'shrinking':
      case 'cleaning-up':
        return;
    }
  };
};

/** A finished run as TAP: what the listener would have written while it went on. */
export const tapReport = (report: Report): string => {
  const written: string[] = [];
  retell(
    report,
    createTapReporter((text) => written.push(text)),
  );
  return written.join('');
};
