/** The rules of LIFE-04 about what no history of words shows: members that come late, and deleted users who are still found. */
import { isObject, operationsIn, requestJson, responseObject } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';
import { creationsOf } from '../../judging/history/anomalies.js';
import { isAsynchronous } from '../../judging/history/effects.js';
import { historyOf, type Write } from '../../judging/history/history.js';
import { type Finding, type Judge, judgeEach } from '../../judging/judge.js';
import { memberIds } from '../../judging/members.js';
import type { TraceView } from '../../judging/trace-view.js';

const isDone = (write: Write): boolean => isAsynchronous(write) && write.outcome === 'success';

const exchangesOf = ({ asked, done }: Write, ...looks: readonly Answered[]): Answered[] => [
  ...[asked, done].filter((exchange): exchange is Answered => exchange?.response !== undefined),
  ...looks,
];

/** The members that a PUT or PATCH of a group names. */
const membersIn = ({ asked, submission, index, method }: Write): readonly string[] => {
  const body = requestJson(asked);
  const operation = operationsIn(body)[index];
  const data = submission?.shape === 'bulk' ? (isObject(operation) ? operation.data : undefined) : body;
  if (method === 'PUT') return memberIds(data);
  return method === 'PATCH'
    ? operationsIn(data).flatMap((edit) => memberIds({ members: isObject(edit) ? edit.value : [] }))
    : [];
};

/** Writes of groups that name members; nothing else writes these groups, so that a member who is missing is late. */
const memberWritesOf = (trace: TraceView): Write[] => {
  const { writes } = historyOf(trace);
  return writes.filter(
    (write) =>
      isDone(write) &&
      write.resource?.startsWith('/Groups/') === true &&
      membersIn(write).length > 0 &&
      writes.every((other) => other === write || other.method === 'POST' || other.resource !== write.resource),
  );
};

/** The first read of a group after its completion lacks a member, and a later one has it. */
export const judgeMembersInTime: Judge<'effect-comes-late'> = (trace) => {
  const { reads } = historyOf(trace);
  return judgeEach(
    memberWritesOf(trace).flatMap((write) => {
      const after = reads.filter(
        ({ resource, present, start, exchange }) =>
          resource === write.resource && present && start >= write.end && !exchange.response.truncated,
      );
      return after.length === 0 ? [] : [{ write, after: after.map(({ exchange }) => exchange) }];
    }),
    ({ write, after }): Finding<'effect-comes-late'> | undefined => {
      const shows = (read: Answered, id: string): boolean => memberIds(responseObject(read)).includes(id);
      const [first, ...later] = after;
      const late = membersIn(write).find(
        (id) => first !== undefined && !shows(first, id) && later.some((read) => shows(read, id)),
      );
      return first === undefined || late === undefined
        ? undefined
        : {
            code: 'effect-comes-late',
            expected: `the member ${late}, as ${write.method} wrote, in a read after its completion was seen`,
            actual: 'a read does not show it; it came later',
            exchanges: exchangesOf(write, first),
          };
    },
  );
};

/** The first search after the completion of a DELETE finds the user, and a later one does not (RFC 7644 §3.6). */
export const judgeGoneFromSearches: Judge<'found-after-delete'> = (trace) => {
  const { writes } = historyOf(trace);
  const creations = creationsOf(trace);
  return judgeEach(
    writes.flatMap((write) => {
      if (write.method !== 'DELETE' || !isDone(write) || write.resource === undefined) return [];
      const named = creations.filter((each) => each.writes.some(({ resource }) => resource === write.resource));
      // If somebody else may have had the name, a search says nothing of this user.
      const [creation] = named.filter((each) => named.length === 1 && each.writes.length === 1);
      const after = creation?.searches.filter(({ exchange }) => exchange.at >= write.end) ?? [];
      return after.length === 0 ? [] : [{ write, after }];
    }),
    ({ write, after: [first, ...later] }): Finding<'found-after-delete'> | undefined =>
      first !== undefined && first.count > 0 && later.some(({ count }) => count === 0)
        ? {
            code: 'found-after-delete',
            expected: 'no search to find a user as soon as its DELETE is completed',
            actual: 'a search finds it, and a later one does not',
            exchanges: exchangesOf(write, first.exchange),
          }
        : undefined,
  );
};
