/** LIFE-08 for groups: while PUTs are processed, a read shows the members of one of them, or those from before. */
import { type Finding, judgeEach, type Judgement } from '../../judging/judge.js';
import { memberIds } from '../../judging/members.js';
import type { TraceView } from '../../judging/trace-view.js';
import { readWhileProcessingSteps } from '../../scenarios/lifecycle/read-while-processing.js';
import { isObject, operationsIn, requestJson, responseObject } from '../../trace/message.js';
import { succeeded } from '../../trace/answers.js';
import { isStep } from '../../trace/step.js';

const keyOf = (members: readonly string[]): string => [...new Set(members)].sort().join(' ');

/** The lists of members that the requests of a trace write to a group, in any order. */
const writtenLists = (trace: TraceView): string[][] =>
  trace.all().flatMap((exchange) => {
    const sent = requestJson(exchange);
    const operations = operationsIn(sent).filter(isObject);
    const groups = operations.length > 0 ? operations.map(({ data }) => data) : [sent];
    return groups.map(memberIds).filter((members) => members.length > 0);
  });

/** What is shown while nothing is processed: members that a create or PUT loses for good are judged by CORE-03 and LIFE-04. */
const lastingLists = (trace: TraceView): string[][] => {
  const shownBy = (purpose: 'create' | 'read'): string[][] =>
    trace
      .answered(purpose)
      .filter((answer) => succeeded(answer) && !isStep(answer, readWhileProcessingSteps.during))
      .map((answer) => memberIds(responseObject(answer)));
  // The answer to a create may have no body.
  return [...shownBy('create').filter((members) => members.length > 0), ...shownBy('read')];
};

export const judgeMembersDuring = (trace: TraceView): Judgement<'members-of-no-write'> => {
  const reads = trace
    .variant(readWhileProcessingSteps.during, 'read')
    .filter((read) => read.response.status === 200 && read.request.url.includes('/Groups/'));
  const shown = reads.map((read) => ({ read, members: memberIds(responseObject(read)) }));
  // A provider may choose not to return the members of a group.
  if (shown.every(({ members }) => members.length === 0)) return judgeEach([], () => undefined);
  const explained = new Set([...writtenLists(trace), ...lastingLists(trace)].map(keyOf));
  return judgeEach(shown, ({ read, members }): Finding<'members-of-no-write'> | undefined =>
    explained.has(keyOf(members))
      ? undefined
      : {
          code: 'members-of-no-write',
          expected: 'the members of a group as they were before a write or as they are after it',
          actual: members.length === 0 ? 'it has none' : `they are ${members.join(', ')}`,
          exchanges: [read],
        },
  );
};
