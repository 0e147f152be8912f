/**
 * The rule of CORE-08 for `meta.lastModified` over time (RFC 7643 §3.1): it is later after a change than before it. Times may be
 * kept in whole seconds, and the clocks of several servers may differ a little.
 */
import { shown } from '../../../judging/describe.js';
import { type Finding, judgeEach, type Judgement } from '../../../judging/judge.js';
import type { TraceView } from '../../../judging/trace-view.js';
import { succeeded } from '../../../trace/answers.js';
import { type DateTime, readDateTime } from '../../../trace/date-time.js';
import { atPath, responseObject } from '../../../trace/message.js';
import type { Answered } from '../../../trace/trace.js';

export const modificationCodes = {
  'last-modified-stays': 'meta.lastModified stays the same although a PUT or PATCH changes the resource',
  'last-modified-goes-back': 'meta.lastModified is earlier than in a read before',
};

type Code = keyof typeof modificationCodes;

/** Milliseconds within which two times may be equal, or in another order. */
const resolutionMs = 1000;

const modifiedIn = (read: Answered): DateTime | undefined =>
  readDateTime(atPath(responseObject(read), 'meta.lastModified'));

/** What the writes change, in a form that can be compared. A provider may keep the members of a group apart from it. */
const detailsIn = (read: Answered): string => {
  const body = responseObject(read);
  return JSON.stringify(['displayName', 'name.givenName', 'name.familyName'].map((path) => atPath(body, path) ?? null));
};

interface Pair {
  readonly before: Answered;
  readonly writes: readonly Answered[];
  readonly after: Answered;
}

/** Each read of the resource with the next one, and the writes between them that were done. */
const pairsIn = (trace: TraceView): Pair[] => {
  const reads = trace.answered('read').filter(({ response }) => response.status === 200);
  return reads.flatMap((before, place) => {
    const after = reads[place + 1];
    if (after === undefined || after.subject !== before.subject) return [];
    const writes = trace
      .answered('replace', 'patch')
      .filter(({ n, subject }) => subject === before.subject && n > before.n && n < after.n)
      .filter((write) => succeeded(write) && write.response.status !== 202);
    return [{ before, writes, after }];
  });
};

/** Whether the write came so late that its time cannot be that of the writes before, whatever the resolution. */
const isLate = (trace: TraceView, write: Answered): boolean =>
  trace
    .answered('create', 'replace', 'patch')
    .filter(({ n }) => n < write.n)
    .every(({ at, took }) => write.at - at - took >= resolutionMs);

/** Whether the times may be kept in whole minutes. */
const areMinutes = (times: readonly DateTime[]): boolean => times.every(({ at }) => at % 60_000 === 0);

export const judgeModificationTimes = (trace: TraceView): Judgement<Code> => {
  const pairs = pairsIn(trace).flatMap((pair) => {
    const [from, to] = [modifiedIn(pair.before), modifiedIn(pair.after)];
    return from === undefined || to === undefined || from.hasZone !== to.hasZone ? [] : [{ ...pair, from, to }];
  });
  const isCoarse = areMinutes(pairs.flatMap(({ from, to }) => [from, to]));
  return judgeEach(pairs, ({ before, writes, after, from, to }): Finding<Code> | undefined => {
    const actual = `it is ${shown(atPath(responseObject(after), 'meta.lastModified'))}`;
    const exchanges = [before, ...writes, after];
    if (to.at <= from.at - resolutionMs) {
      const expected = `meta.lastModified not to be earlier than ${shown(atPath(responseObject(before), 'meta.lastModified'))}, as before`;
      return { code: 'last-modified-goes-back', expected, actual, exchanges };
    }
    const write = writes.at(-1);
    const isChanged = write !== undefined && isLate(trace, write) && detailsIn(before) !== detailsIn(after);
    if (!isChanged || isCoarse || to.at !== from.at) return undefined;
    const expected = `meta.lastModified to be later after the ${write.request.method}`;
    return { code: 'last-modified-stays', expected, actual: `${actual}, as before`, exchanges };
  });
};
