/** TAP 14 for pipelines: one test point for each requirement, written as soon as it is judged. */
import type { Report, RequirementResult } from '../schemas/types.js';
import type { GateWord, Listener, RequirementJudged, RunEvent, RunStarted } from '../suites/events.js';
import { curlLine, httpLines } from './text/http-text.js';
import { replayEvents } from './replay-events.js';
import { replayLine } from './facts/commands.js';
import { outOfScopeLine } from './facts/scope.js';
import { idOf, levelOf, standingOf, toleranceReasonOf, type Standing } from './facts/standing.js';
import { harmlessJson, oneLine as line } from './text/visible-text.js';

/** Escapes characters that would end a description or begin a directive (TAP 14). */
const description = (text: string): string => line(text).replaceAll(/[\\#]/g, String.raw`\$&`);

/**
 * Whether a test point is ok, and its directive. In TAP, `not ok` with TODO does not fail the run, and neither does
 * SKIP.
 */
const rulingOn = (
  { id, outcome, reason = '' }: RequirementResult,
  standing: Standing,
  gate: GateWord | undefined,
): { ok: boolean; directive: string } => {
  switch (standing) {
    case 'known':
      return { ok: false, directive: ` # TODO known failure: ${description(toleranceReasonOf(gate, id) ?? reason)}` };
    case 'not-judged':
      return outcome === 'not-implemented'
        ? { ok: false, directive: ` # TODO not implemented: ${description(reason)}` }
        : { ok: true, directive: ` # SKIP ${outcome === 'skip' ? '' : `${outcome}: `}${description(reason)}` };
    case 'failed':
    case 'harness-error':
      return { ok: false, directive: '' };
    default:
      return { ok: true, directive: '' };
  }
};

/** TAP expects YAML here. JSON is valid YAML, and needs no library. */
const yaml = (name: string, value: string | number): string => `  ${name}: ${harmlessJson(value)}`;

const yamlList = (name: string, values: readonly string[]): string[] =>
  values.length === 0 ? [] : [`  ${name}:`, ...values.map((value) => `    - ${harmlessJson(value)}`)];

const diagnostics = (result: RequirementResult, run: RunStarted): string[] => {
  const { evidence } = result;
  return [
    '  ---',
    yaml('outcome', result.outcome),
    yaml('level', levelOf(result)),
    yaml(
      'source',
      result.source.map(({ label, href }) => (href === undefined ? label : `${label} <${href}>`)).join(', '),
    ),
    ...(result.reason === undefined ? [] : [yaml('reason', result.reason)]),
    ...(evidence === undefined
      ? []
      : [
          yaml('code', evidence.code),
          yaml('expected', evidence.expected),
          yaml('actual', evidence.actual),
          yaml('replay', replayLine(run, result, evidence)),
          ...yamlList(
            'also',
            (result.alsoFound ?? []).map(({ code }) => code),
          ),
          ...yamlList('story', evidence.story),
          ...yamlList('exchange', evidence.exchanges.flatMap(httpLines)),
          ...evidence.exchanges.slice(-1).map((exchange) => yaml('curl', curlLine(exchange))),
        ]),
    '  ...',
  ];
};

/** The standings that come with diagnostics. */
const problems: readonly Standing[] = ['failed', 'known', 'warned', 'harness-error'];

/** An unmet SHOULD is `ok` with diagnostics: only a failed MUST fails a pipeline, unless --fail-on says otherwise. */
const point = ({ result, gate }: RequirementJudged, number: number, run: RunStarted | undefined): string[] => {
  const standing = standingOf(result, gate);
  const { ok, directive } = rulingOn(result, standing, gate);
  const warned = standing === 'warned' ? ' (warning)' : '';
  const exercised = result.exercised > 0 ? ` [${result.exercised}]` : '';
  return [
    `${ok ? 'ok' : 'not ok'} ${number} - ${result.id} ${description(result.title)}${exercised}${warned}${directive}`,
    ...(problems.includes(standing) && run !== undefined ? diagnostics(result, run) : []),
  ];
};

/**
 * An entry of the baseline that no longer fails has to be removed. An entry that this run did not test may still be
 * valid.
 */
const baselinePoints = ({ gate, requirements }: Report, before: number): string[] => {
  const named = (id: string): string =>
    `baseline: ${description(id)} ${description(requirements.find((result) => result.id === idOf(id))?.title ?? '')}`.trimEnd();
  return [
    ...(gate?.stale ?? []).map((id) => ({ id, ok: 'not ok', note: ' (no longer fails: remove it)' })),
    ...(gate?.unchecked ?? []).map((id) => ({ id, ok: 'ok', note: ' # SKIP this run did not test it' })),
  ].map(({ id, ok, note }, index) => `${ok} ${before + index + 1} - ${named(id)}${note}`);
};

/** A listener that passes TAP to `write`, always in whole lines. */
export const createTapReporter = (write: (text: string) => void): Listener => {
  let number = 0;
  let run: RunStarted | undefined;
  const lines = (...texts: string[]): void => write(texts.map((text) => `${text}\n`).join(''));
  return (event: RunEvent) => {
    switch (event.type) {
      case 'run-started':
        run = event;
        lines(
          'TAP version 14',
          `# ${line(`scim-conformance ${event.tool}, profile ${event.profile}, run ${event.run}`)}`,
          `# target ${line(event.settings.target)}, seed ${event.settings.seed}`,
        );
        return;
      case 'requirement-judged':
        number += 1;
        lines(...point(event, number, run));
        return;
      case 'run-finished': {
        const { verdict, reason, leftovers, gate } = event.report;
        const judged = number;
        // A run that judged nothing says nothing about the baseline.
        const baseline = judged === 0 ? [] : baselinePoints(event.report, judged);
        number += baseline.length;
        const beyond = outOfScopeLine(event.report);
        if (beyond !== undefined) number += 1;
        lines(
          ...baseline,
          ...(beyond === undefined ? [] : [`ok ${number} - ${beyond} # SKIP not in the scope of this run`]),
          judged === 0 ? `1..0 # SKIP ${description(verdict)}` : `1..${number}`,
          `# verdict: ${verdict}`,
          `# ${line(reason)}`,
          ...(gate === undefined ? [] : [`# ${line(gate.reason)}`]),
          ...leftovers.map((leftover) => `# left behind: ${line(leftover)}`),
        );
        if (verdict === 'error' && judged === 0) lines(`Bail out! ${description(reason)}`);
        return;
      }
      case 'discovered':
      case 'exercised':
      case 'finding':
      case 'finding-repeated':
      case 'exercise-finished':
      case 'shrinking':
      case 'cleaning-up':
        return;
    }
  };
};

/** A finished run as TAP: the same text as a run writes while it goes on. */
export const tapReport = (report: Report): string => {
  const written: string[] = [];
  replayEvents(
    report,
    createTapReporter((text) => written.push(text)),
  );
  return written.join('');
};
