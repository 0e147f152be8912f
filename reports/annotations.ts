/**
 * Workflow commands of GitHub Actions, which show failures beside a pull request. Some of the text comes from the
 * target. It is escaped, because a line that begins with `::` would itself be a command.
 */
import type { Report, RequirementResult } from '../schemas/types.js';
import { limits } from '../suites/events.js';
import { replayLine } from './facts/commands.js';
import { summaryOf } from './evidence-text.js';
import { isUnjudged, standingOf } from './facts/standing.js';
import { inOneLine } from './text/visible-text.js';
import { workflowCommand } from './text/workflow-command.js';

/** The runner shows at most this many annotations of each kind for one step. */
const maxAnnotations = 10;

interface Annotation {
  readonly title: string;
  readonly text: string;
}

const annotationOf = (report: Report, result: RequirementResult, note = ''): Annotation => {
  const { id, title, evidence } = result;
  const again = evidence === undefined ? '' : `\nrun again: ${replayLine(report, result, evidence)}`;
  return { title: id, text: `${inOneLine(title)}${note}: ${summaryOf(result)}${again}` };
};

/** If there are too many annotations, the last one lists the ids of those that are left out. */
const commands = (kind: 'error' | 'warning', annotations: readonly Annotation[]): string[] => {
  const shown = annotations.length > maxAnnotations ? annotations.slice(0, maxAnnotations - 1) : annotations;
  const rest = annotations.slice(shown.length).map(({ title }) => title);
  const last = {
    title: 'scim-conformance',
    text: `and ${rest.length} more: ${inOneLine(rest.join(' '), limits.text)}`,
  };
  return [...shown, ...(rest.length > 0 ? [last] : [])].map(({ title, text }) =>
    workflowCommand(kind, { title }, text),
  );
};

/** One command on each line; empty if nothing failed and there is no warning. */
export const annotationsReport = (report: Report): string => {
  const { gate } = report;
  const having = (standing: ReturnType<typeof standingOf>): RequirementResult[] =>
    report.requirements.filter((result) => standingOf(result, gate) === standing);
  const errors = [
    ...(isUnjudged(report)
      ? [{ title: report.verdict, text: inOneLine(gate?.reason ?? report.reason, limits.paragraph) }]
      : []),
    ...[...having('harness-error'), ...having('failed')].map((result) => annotationOf(report, result)),
    ...(gate?.stale ?? []).map((id) => ({
      title: inOneLine(id),
      text: 'is in the baseline and no longer fails: remove it from the baseline',
    })),
  ];
  const warnings = [
    ...having('warned').map((result) => annotationOf(report, result)),
    ...having('known').map((result) => annotationOf(report, result, ' (known failure)')),
  ];
  return [...commands('error', errors), ...commands('warning', warnings)].map((line) => `${line}\n`).join('');
};
