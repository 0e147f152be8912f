/** Lets a listener that follows a run hear one that is over. */
import type { Report } from '../schemas/types.js';
import type { Listener } from '../suites/events.js';

/** Sends the events to the listener from which it makes its report. */
export const retell = (report: Report, listener: Listener): void => {
  const { run, startedAt, tool, profile, settings } = report;
  listener({ type: 'run-started', run, startedAt, tool, profile, settings });
  const gate = report.gate === undefined ? {} : { gate: report.gate };
  for (const result of report.requirements) listener({ type: 'requirement-judged', result, ...gate });
  listener({ type: 'run-finished', report, interrupted: report.verdict === 'interrupted' });
};
