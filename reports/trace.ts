/**
 * Records a run as NDJSON (schemas/files/trace.json) while it goes on, so that it can be judged again without the
 * target.
 */
import type { TraceLine } from '../schemas/types.js';
import type { Exercised, RunEvent } from '../suites/events.js';
import { harmlessJson } from './text/visible-text.js';

/** In the scope `all`, the facts of such an exercise are not those of the run. */
const isWithoutBinding = ({ target }: Exercised['trace']): boolean =>
  target.scope === 'all' && Object.keys(target.bindings).length === 0;

const exerciseLines = ({ name, trace, crashed, endedBy }: Exercised): TraceLine[] => [
  {
    type: 'exercise',
    scenario: trace.scenario,
    ...(trace.binding === undefined ? {} : { binding: trace.binding }),
    ...(isWithoutBinding(trace) ? { withoutBinding: true as const } : {}),
    path: trace.path,
    input: trace.input ?? null,
    name,
  },
  ...trace.entries,
  {
    type: 'end',
    ...(trace.blocked === undefined ? {} : { blocked: trace.blocked }),
    ...(trace.blockedBy === undefined ? {} : { blockedBy: trace.blockedBy }),
    ...(crashed === undefined ? {} : { crashed }),
    ...(endedBy === undefined ? {} : { endedBy }),
  },
];

const linesOf = (event: RunEvent): TraceLine[] => {
  switch (event.type) {
    case 'run-started': {
      const { run, tool, profile, startedAt, settings } = event;
      return [{ type: 'run', format: 1, run, tool, profile, startedAt, settings }];
    }
    case 'discovered':
      return [{ type: 'discovered', target: event.target }];
    case 'exercised':
      return exerciseLines(event);
    case 'run-finished': {
      const { endedBy, ended } = event;
      const { finishedAt, traffic, time, leftovers } = event.report;
      const interrupted = endedBy === 'run-interrupted';
      const end = { type: 'run-end', finishedAt, traffic, time, leftovers, interrupted } as const;
      return [
        {
          ...end,
          ...(endedBy === undefined ? {} : { endedBy }),
          ...(ended === undefined ? {} : { ended: { ...ended } }),
        },
      ];
    }
    default:
      return [];
  }
};

/** The lines of one event, each with its newline; empty if a trace does not record the event. */
export const traceLines = (event: RunEvent): string =>
  linesOf(event)
    .map((line) => `${harmlessJson(line)}\n`)
    .join('');
