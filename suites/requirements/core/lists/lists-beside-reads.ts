/**
 * Part of CORE-13: a list shows a resource as a read of it does (RFC 7644 §3.4.2). Only what two reads, one before the list
 * and one after it, show alike is compared. CORE-03 judges the reads.
 */
import { type Finding, judgeEach, type Judgement } from '../../../judging/judge.js';
import { differIn, differenceInList, listedIn } from '../../../judging/listed-resource.js';
import type { TraceView } from '../../../judging/trace-view.js';
import { listsBesideReadsSteps as steps } from '../../../scenarios/synchronous/lists-beside-reads.js';
import { isObject, requestJson, responseObject, type JsonObject } from '../../../trace/message.js';
import { isStep } from '../../../trace/step.js';
import type { Answered } from '../../../trace/trace.js';

export const listedCodes = {
  'list-shows-other-members': 'a group in a list has other members than in a read of it',
  'list-shows-other-values': 'a user or group in a list has other values of an attribute than in a read of it',
};

type Code = keyof typeof listedCodes;

interface Look {
  readonly before: Answered;
  readonly search: Answered;
  readonly after: Answered;
}

/** The last list of each kind between two reads that follow one another. */
const looksIn = (trace: TraceView): Look[] => {
  const reads = trace.answered('read').filter(({ response }) => response.status === 200);
  const searches = trace.answered('search');
  return reads.flatMap((before, place) => {
    const after = reads[place + 1];
    if (after === undefined || after.subject !== before.subject) return [];
    const between = searches.filter(({ n, subject }) => n > before.n && n < after.n && subject === before.subject);
    return [steps.found, steps.amongAll].flatMap((step): Look[] => {
      const search = between.findLast((each) => isStep(each, step));
      return search === undefined ? [] : [{ before, search, after }];
    });
  });
};

const shownBy = (read: Answered): JsonObject => responseObject(read) ?? {};

/** What the last write before a read wrote. */
const writtenBefore = (trace: TraceView, { before }: Look, id: unknown): JsonObject => {
  const replaced = trace.answered('replace').findLast(({ n, subject }) => n < before.n && subject === before.subject);
  const write = replaced ?? trace.answered('create').find((create) => responseObject(create)?.id === id);
  const body = write === undefined ? undefined : requestJson(write);
  return isObject(body) ? body : {};
};

export const judgeListed = (trace: TraceView): Judgement<Code> => {
  const judged = looksIn(trace).flatMap((look) => {
    const [was, is] = [shownBy(look.before), shownBy(look.after)];
    const listed = listedIn(look.search, is.id);
    return listed === undefined || differenceInList(was, is) !== undefined ? [] : [{ ...look, is, listed }];
  });
  return judgeEach(judged, ({ is, listed, ...look }): Finding<Code> | undefined => {
    const { before, search, after } = look;
    const difference = differenceInList(is, listed);
    // If the reads do not show what was written, CORE-03 says so.
    if (difference !== undefined && differIn(difference.name, writtenBefore(trace, look, is.id), is)) return undefined;
    return (
      difference && {
        code: difference.name === 'members' ? 'list-shows-other-members' : 'list-shows-other-values',
        expected: `${difference.name} to be ${JSON.stringify(difference.read)} in a list, as in reads before and after it`,
        actual: `it is ${JSON.stringify(difference.listed)}`,
        exchanges: [before, after, search],
      }
    );
  });
};
