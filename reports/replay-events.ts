/**
 * Replays a finished run to a listener, so that a format that is written during a run can also be made from a stored
 * report.
 */
import type { Report } from '../schemas/types.js';
import type { Listener } from '../suites/events.js';

export const replayEvents = (report: Report, listener: Listener): void => {
  const { run, startedAt, tool, profile, settings } = report;
  listener({ type: 'run-started', run, startedAt, tool, profile, settings });
  const gate = report.gate === undefined ? {} : { gate: report.gate };
  for (const result of report.requirements) listener({ type: 'requirement-judged', result, ...gate });
  listener({ type: 'run-finished', report });
};
