/**
 * Writes every event of a run as a line of NDJSON (schemas/files/event.json) while the run goes on, so that another program
 * can follow it. Credentials are replaced in all of them, because the events are made from redacted traces.
 */
import type { EventLine } from '../schemas/types.js';
import type { RunEvent } from '../suites/events.js';
import { harmlessJson } from './text/visible-text.js';

const lineOf = (event: RunEvent, time: string): EventLine => {
  if (event.type !== 'exercised') return { ...event, time };
  const { type, name, trace, crashed, endedBy } = event;
  const { scenario, binding, path, input, entries, blocked, blockedBy } = trace;
  return {
    type,
    time,
    name,
    scenario,
    ...(binding === undefined ? {} : { binding }),
    path,
    input: input ?? null,
    entries: [...entries],
    ...(blocked === undefined ? {} : { blocked }),
    ...(blockedBy === undefined ? {} : { blockedBy }),
    ...(crashed === undefined ? {} : { crashed }),
    ...(endedBy === undefined ? {} : { endedBy }),
  };
};

/** The line of one event, with its newline. `time`: when it happened. */
export const eventLine = (event: RunEvent, time: Date): string =>
  `${harmlessJson(lineOf(event, time.toISOString()))}\n`;
