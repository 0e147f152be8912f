/**
 * CORE-05: whether a synchronous bulk request did to groups what its results say. The same writes without a bulk request show
 * whether the provider keeps and returns members at all; CORE-03 judges those.
 */
import { lastSegment } from '../../../bindings/locations.js';
import { operationResults } from '../../../bindings/operation-result.js';
import type { OperationResult } from '../../../bindings/binding.js';
import { type Finding, judgeEach, type Judgement, together } from '../../../judging/judge.js';
import { memberIds } from '../../../judging/members.js';
import { missingUser } from '../../../judging/reported-create.js';
import type { TraceView } from '../../../judging/trace-view.js';
import { servesAsynchronous } from '../../../provider/served-bindings.js';
import {
  groupBulkIds,
  synchronousBulkGroupsSteps as steps,
} from '../../../scenarios/synchronous/synchronous-bulk-groups.js';
import { succeeded } from '../../../trace/answers.js';
import { isObject, operationsIn, requestJson, responseObject, type JsonObject } from '../../../trace/message.js';
import type { Step } from '../../../trace/step.js';
import type { Answered } from '../../../trace/trace.js';

export const bulkGroupCodes = {
  'bulk-group-create-not-kept': 'a create of a group in a bulk request loses members that the same create alone keeps',
  'bulk-group-replace-not-done':
    'a PUT of a group in a bulk request is reported as done, and a read shows other members',
  'bulk-group-patch-not-done':
    'a PATCH of a group in a bulk request is reported as done, and a read shows other members',
  'bulk-group-delete-not-done': 'a DELETE of a group in a bulk request is reported as done, and it is still there',
  'bulk-reference-not-resolved': 'a member that a bulk request names by bulkId is not the user of the same request',
};

type Code = keyof typeof bulkGroupCodes;

const dataWith = (bulk: Answered, wanted: (operation: JsonObject) => boolean): unknown =>
  operationsIn(requestJson(bulk)).find((each): each is JsonObject => isObject(each) && wanted(each))?.data;

const isDone = (result: OperationResult | undefined): boolean => /^2/.test(result?.status ?? '');

const withBulkId = (bulk: Answered, bulkId: string): OperationResult | undefined =>
  operationResults(responseObject(bulk) ?? {}).find((result) => result.bulkId === bulkId);

const withMethod = (bulk: Answered, method: string): OperationResult | undefined =>
  operationResults(responseObject(bulk) ?? {}).find((result) => result.method?.toUpperCase() === method);

const readOf = (trace: TraceView, step: Step): Answered | undefined => trace.variant(step, 'read')[0];

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  new Set([...one, ...other]).size === new Set(one).size && one.every((id) => other.includes(id));

const membersIn = (read: Answered): string[] => memberIds(responseObject(read));

const listed = (ids: readonly string[]): string => (ids.length === 0 ? 'none' : ids.join(', '));

const isOfGroup = ({ request }: Answered): boolean => request.url.endsWith('/Groups');

/** The members that a group has after a create, a PUT or a PATCH of the scenario: PATCH leaves what PUT writes. */
const wantedBy = (trace: TraceView, method: 'POST' | 'PUT' | 'PATCH'): string[] => {
  const [create, replace] = [trace.answered('create').find(isOfGroup), trace.answered('replace').at(-1)];
  const write = method === 'POST' ? create : replace;
  return write === undefined ? [] : memberIds(requestJson(write));
};

interface Comparison {
  readonly method: 'POST' | 'PUT' | 'PATCH';
  readonly code: Code;
  readonly alone: Step;
  readonly inBulk: Step;
}

const comparisons: readonly Comparison[] = [
  { method: 'POST', code: 'bulk-group-create-not-kept', alone: steps.created, inBulk: steps.bulkCreated },
  { method: 'PUT', code: 'bulk-group-replace-not-done', alone: steps.replaced, inBulk: steps.bulkReplaced },
  { method: 'PATCH', code: 'bulk-group-patch-not-done', alone: steps.patched, inBulk: steps.bulkPatched },
];

/** A group that is reported as created has to exist. */
const missing = (trace: TraceView, bulk: Answered, name: string, step: Step): Finding<Code> | undefined => {
  const found = missingUser(trace, name, { step, since: bulk.n });
  return found === undefined
    ? undefined
    : {
        code: 'bulk-group-create-not-kept',
        expected: `the group ${name}, whose create is reported as 201, to exist`,
        actual: found.actual,
        exchanges: [bulk, ...found.shown],
      };
};

/** Compares the members after each write in the bulk request with those after the same write alone. */
const judgeMembers = (trace: TraceView, bulk: Answered): Judgement<Code> => {
  const pairs = comparisons.flatMap((comparison) => {
    const [alone, inBulk] = [readOf(trace, comparison.alone), readOf(trace, comparison.inBulk)];
    const wanted = wantedBy(trace, comparison.method);
    const { method } = comparison;
    const result = method === 'POST' ? withBulkId(bulk, groupBulkIds.group) : withMethod(bulk, method);
    const isKept = alone?.response.status === 200 && wanted.length > 0 && isSame(membersIn(alone), wanted);
    return alone !== undefined && inBulk !== undefined && isKept && isDone(result)
      ? [{ code: comparison.code, wanted, method, alone, inBulk }]
      : [];
  });
  return judgeEach(pairs, ({ code, wanted, method, alone, inBulk }): Finding<Code> | undefined => {
    if (inBulk.response.status !== 200)
      return method === 'POST' ? missing(trace, bulk, inBulk.subject ?? '', steps.bulkCreated) : undefined;
    return isSame(membersIn(inBulk), wanted)
      ? undefined
      : {
          code,
          expected: `the members ${listed(wanted)}, as after the same ${method} alone`,
          actual: `they are ${listed(membersIn(inBulk))}`,
          exchanges: [alone, bulk, inBulk],
        };
  });
};

const judgeDelete = (trace: TraceView, bulk: Answered): Judgement<Code> => {
  const [alone, inBulk] = [readOf(trace, steps.deleted), readOf(trace, steps.bulkDeleted)];
  const isJudged = alone?.response.status === 404 && isDone(withMethod(bulk, 'DELETE'));
  return judgeEach(isJudged && inBulk !== undefined ? [inBulk] : [], (read) =>
    succeeded(read)
      ? {
          code: 'bulk-group-delete-not-done',
          expected: 'the group to be gone, as after a DELETE alone',
          actual: `a GET is answered ${read.response.status}`,
          exchanges: [bulk, read],
        }
      : undefined,
  );
};

/**
 * The group that refers to a user of the same request (RFC 7644 §3.7.2). A refusal counts only if the create of a group with
 * members that exist is done in the same request. BULK-02 judges the references of a target without an asynchronous binding.
 */
const judgeReference = (trace: TraceView, bulk: Answered): Judgement<Code> => {
  const [group, user, referring] = [groupBulkIds.group, groupBulkIds.user, groupBulkIds.referring].map((bulkId) =>
    withBulkId(bulk, bulkId),
  );
  const id = lastSegment(user?.location ?? '');
  const isTried = dataWith(bulk, ({ bulkId }) => bulkId === groupBulkIds.referring) !== undefined;
  if (!isTried || id === '' || !isDone(user) || !isDone(group) || !servesAsynchronous(trace.target)) return together();
  const [shown, alone] = [readOf(trace, steps.bulkReferring), readOf(trace, steps.created)];
  const expected = `the member ${id}, which bulkId:${groupBulkIds.user} means`;
  const code = 'bulk-reference-not-resolved';
  const status = referring?.status ?? '';
  if (status.startsWith('4') && status !== '429')
    return judgeEach([bulk], () => ({
      code,
      expected,
      actual: `the create of the group is refused with ${status}`,
      exchanges: [bulk],
    }));
  const isShown = isDone(referring) && alone !== undefined && membersIn(alone).length > 0;
  return judgeEach(isShown && shown?.response.status === 200 ? [shown] : [], (read) =>
    isSame(membersIn(read), [id])
      ? undefined
      : { code, expected, actual: `the members are ${listed(membersIn(read))}`, exchanges: [bulk, read] },
  );
};

export const judgeBulkGroups = (trace: TraceView): Judgement<Code> =>
  together<Code>(
    ...trace
      .variant(steps.bulk, 'bulk')
      .filter(({ response }) => response.status === 200)
      .flatMap((bulk) => [judgeMembers(trace, bulk), judgeDelete(trace, bulk), judgeReference(trace, bulk)]),
  );
