/** ROLL-01: what an undone request has left, as reads before and after it and searches for its users show. */
import type { Submission, SubmittedOperation } from '../../../schemas/types.js';
import { describe } from '../../judging/bulk-requests.js';
import { wordsOf } from '../../judging/history/history.js';
import type { Finding } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { rollbackSteps } from '../../scenarios/features/rollback.js';
import { isNotFound } from '../../trace/answers.js';
import { isObject, type JsonObject, responseObject } from '../../trace/message.js';
import { countFound } from '../../trace/searches.js';
import type { Answered } from '../../trace/trace.js';

export type EffectCode =
  | 'create-not-undone'
  | 'replace-not-undone'
  | 'patch-not-undone'
  | 'delete-not-undone'
  | 'members-not-undone'
  | 'name-stays-taken';

const membersOf = ({ members }: JsonObject): string[] =>
  (Array.isArray(members) ? members : []).flatMap((member: unknown) =>
    isObject(member) && typeof member.value === 'string' ? [member.value] : [],
  );

/** What is compared: names of a user, members of a group. */
const contentOf = (resource: JsonObject, isGroup: boolean): string[] =>
  (isGroup ? membersOf(resource) : wordsOf(resource)).toSorted();

const codeOf = ({ method }: SubmittedOperation, isGroup: boolean): EffectCode => {
  if (isGroup) return 'members-not-undone';
  if (method === 'DELETE') return 'delete-not-undone';
  return method === 'PATCH' ? 'patch-not-undone' : 'replace-not-undone';
};

/** How a resource differs from what it was, as a clause; undefined if it does not, or if that is unknown. */
const changeOf = (before: Answered, after: Answered, isGroup: boolean): string | undefined => {
  const was = before.response.status === 200 ? contentOf(responseObject(before) ?? {}, isGroup) : [];
  if (before.response.status !== 200) return undefined;
  if (isNotFound(after)) return `a GET of it is answered ${after.response.status}`;
  // A provider may show none of what is compared.
  if (after.response.status !== 200 || was.length === 0) return undefined;
  const is = contentOf(responseObject(after) ?? {}, isGroup);
  if (was.join() === is.join()) return undefined;
  const shown = is.length === 0 ? 'nothing' : is.join(', ');
  return `${isGroup ? 'its members are' : 'its names are'} ${shown}, and were ${was.join(', ')}`;
};

const findChanged = (trace: TraceView, submission: Submission, shown: readonly Answered[]): Finding<EffectCode>[] =>
  submission.operations.flatMap((operation, index) => {
    const { path } = operation;
    const [before] = trace.variant(rollbackSteps.before, 'read').filter(({ subject }) => subject === path);
    const [after] = trace.variant(rollbackSteps.afterwards, 'read').filter(({ subject }) => subject === path);
    if (before === undefined || after === undefined) return [];
    const isGroup = path.startsWith('/Groups/');
    const actual = changeOf(before, after, isGroup);
    if (actual === undefined) return [];
    return [
      {
        code: codeOf(operation, isGroup),
        expected: `no effect of ${describe(submission, index)}, because another operation of its request has failed`,
        actual,
        exchanges: [before, ...shown, after],
      },
    ];
  });

const findCreated = (trace: TraceView, submission: Submission, shown: readonly Answered[]): Finding<EffectCode>[] =>
  submission.operations.flatMap(({ userName }, index): Finding<EffectCode>[] => {
    if (userName === undefined) return [];
    const search = trace.answered('search').find(({ subject }) => subject === userName);
    const count = search === undefined ? undefined : countFound(search);
    const [again] = trace.variant(rollbackSteps.createOfUndone, 'create').filter(({ subject }) => subject === userName);
    const expected = `no effect of ${describe(submission, index)}, because another operation of its request has failed`;
    if (search !== undefined && (count ?? 0) > 0) {
      const actual = `its user ${userName} exists`;
      return [{ code: 'create-not-undone', expected, actual, exchanges: [...shown, search] }];
    }
    if (again?.response.status !== 409) return [];
    const looked = search === undefined ? [] : [search];
    const actual = 'another create of its userName is answered 409';
    return [{ code: 'name-stays-taken', expected, actual, exchanges: [...shown, ...looked, again] }];
  });

/** `shown`: the request and the answer that shows its end. */
export const findEffects = (
  trace: TraceView,
  submission: Submission,
  shown: readonly Answered[],
): Finding<EffectCode>[] => [...findChanged(trace, submission, shown), ...findCreated(trace, submission, shown)];
