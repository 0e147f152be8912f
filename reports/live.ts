/** The lines that a terminal keeps while a run goes on. The summary at the end shows everything again, and completely. */
import type { RunEvent, RunStarted } from '../suites/events.js';
import type { Palette } from './pretty.js';
import { inOneLine, printable } from './text/visible-text.js';

const line = (text: string): string => printable(inOneLine(text));

/** A killed run leaves resources behind, and its id is needed to delete them. */
export const runLine = ({ run, settings }: RunStarted): string => {
  const { target, seed, maxTimeMs = 0 } = settings;
  const limit = maxTimeMs === 0 ? '' : `, at most ${maxTimeMs / 1000} s`;
  return line(`run ${run} against ${target}, seed ${seed}${limit}`);
};

const signs = { confirmed: '✗', flaky: '~', unknown: '~' } as const;

/** A finding as soon as it is seen, and what its repetitions showed; undefined for other events. */
export const findingLine = (event: RunEvent, { bad, warn, dim }: Palette): string | undefined => {
  if (event.type === 'finding') {
    const { id, code, expected, actual } = event;
    return dim(line(`? ${id} ${code}: expected ${expected}, but ${actual}`));
  }
  if (event.type !== 'finding-repeated') return undefined;
  const { id, code, level, result } = event;
  const paint = result !== 'confirmed' ? dim : level === 'MUST' ? bad : warn;
  return paint(line(`${signs[result]} ${id} ${code}: ${result === 'confirmed' ? 'confirmed' : 'not confirmed'}`));
};
