/** A finished run told again, for listeners that expect one that goes on. */
import type { Report } from '../schemas/types.js';
import type { Listener } from '../suites/events.js';

/** Tells a listener of a finished run what it would have heard while it went on. */
export const retell = (report: Report, listener: Listener): void => {
  const { run, startedAt, tool, profile, settings } = report;
  listener({ type: 'run-started', run, startedAt, tool, profile, settings });
  const gate = report.gate === undefined ? {} : { gate: report.gate };
  for (const result of report.requirements) listener({ type: 'requirement-judged', result, ...gate });
  listener({ type: 'run-finished', report, interrupted: report.verdict === 'interrupted' });
};
