/**
 * CORE-05: whether a synchronous bulk request did what its results say. The same writes without a bulk request show which
 * attributes the provider keeps at all; CORE-03 judges those.
 */
import { urn } from '../../../../schemas/names.js';
import { operationResults } from '../../../bindings/operation-result.js';
import { type Finding, judgeEach, type Judgement } from '../../../judging/judge.js';
import { type Missing, missingUser } from '../../../judging/reported-create.js';
import type { TraceView } from '../../../judging/trace-view.js';
import {
  comparedBulkId as compared,
  synchronousBulkChangesSteps as steps,
} from '../../../scenarios/synchronous/synchronous-bulk-changes.js';
import { isAlikeAt, isPresent } from '../../../trace/alike.js';
import { succeeded } from '../../../trace/answers.js';
import {
  atPath,
  firstPatchOperation,
  isObject,
  type JsonObject,
  memberOf,
  operationsIn,
  requestJson,
  responseObject,
} from '../../../trace/message.js';
import type { Step } from '../../../trace/step.js';
import type { Answered } from '../../../trace/trace.js';

export const bulkChangeCodes = {
  'bulk-create-not-kept': 'a create in a bulk request loses or changes what the same create alone keeps',
  'bulk-replace-not-done': 'a PUT in a bulk request is reported as done, and a read shows another user',
  'bulk-patch-not-done': 'a PATCH in a bulk request is reported as done, and a read does not show it',
  'bulk-delete-not-done': 'a DELETE in a bulk request is reported as done, and the user is still there',
};

type Code = keyof typeof bulkChangeCodes;

const ofExtension = `${urn.enterpriseUser}:`;

const paths = [
  ...['displayName', 'name.givenName', 'name.familyName', 'externalId', 'active', 'emails', 'phoneNumbers'],
  ...['department', 'costCenter'].map((name) => `${ofExtension}${name}`),
];

/** The value at a path, which may begin with the URN of the enterprise extension. */
const valueAt = (resource: unknown, path: string): unknown => {
  if (!path.startsWith(ofExtension)) return atPath(resource, path);
  return isObject(resource)
    ? atPath(memberOf(resource, urn.enterpriseUser), path.slice(ofExtension.length))
    : undefined;
};

/** What was written and what a read shows of it. */
interface Effect {
  readonly sent: unknown;
  readonly read: Answered;
}

const shows = (path: string, { sent, read }: Effect): boolean => {
  const [written, shown] = [valueAt(sent, path), valueAt(responseObject(read) ?? {}, path)];
  // Of a list only its presence is compared: a provider may add members to its values.
  return Array.isArray(written) ? isPresent(shown) : isPresent(written) && isAlikeAt(path, written, shown);
};

/** An attribute that a write alone keeps as it was sent, and that the bulk request does not. */
const lostIn = (alone: Effect, inBulk: Effect, among: readonly string[]): string | undefined =>
  inBulk.read.response.status === 200 && alone.read.response.status === 200
    ? among.find((path) => shows(path, alone) && isPresent(valueAt(inBulk.sent, path)) && !shows(path, inBulk))
    : undefined;

const readOf = (trace: TraceView, step: Step): Answered | undefined => trace.variant(step, 'read')[0];

/** Whether the result of this method says that the operation was done; of several creates the compared one. */
const isReported = (bulk: Answered, method: string): boolean =>
  operationResults(responseObject(bulk) ?? {}).some(
    (result) =>
      result.method?.toUpperCase() === method &&
      /^2/.test(result.status ?? '') &&
      (method !== 'POST' || result.bulkId === compared),
  );

const dataOf = (bulk: Answered, method: string): unknown =>
  operationsIn(requestJson(bulk)).findLast(
    (operation): operation is JsonObject => isObject(operation) && operation.method === method,
  )?.data;

const patchedPath = (data: unknown): JsonObject | undefined => {
  const [operation] = isObject(data) ? operationsIn(data) : [];
  return isObject(operation) ? operation : undefined;
};

interface Comparison {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly code: Code;
  readonly alone: Step;
  readonly inBulk: Step;
}

const comparisons: readonly Comparison[] = [
  { method: 'POST', code: 'bulk-create-not-kept', alone: steps.created, inBulk: steps.bulkCreated },
  { method: 'PUT', code: 'bulk-replace-not-done', alone: steps.replaced, inBulk: steps.bulkReplaced },
  { method: 'PATCH', code: 'bulk-patch-not-done', alone: steps.patched, inBulk: steps.bulkPatched },
  { method: 'DELETE', code: 'bulk-delete-not-done', alone: steps.deleted, inBulk: steps.bulkDeleted },
];

const purposes = { POST: 'create', PUT: 'replace', PATCH: 'patch', DELETE: 'delete' } as const;

/** What is wrong, as «expected …» and «but …»; undefined if the effect is there, or if that is not known. */
const differenceIn = (
  { method }: Comparison,
  { write, alone, bulk, inBulk }: Record<'write' | 'alone' | 'bulk' | 'inBulk', Answered>,
  missing: Missing | undefined,
): { readonly expected: string; readonly actual: string } | undefined => {
  if (method === 'DELETE')
    return alone.response.status === 404 && inBulk.response.status === 200
      ? { expected: 'the user to be gone, as after a DELETE alone', actual: 'a GET is answered 200' }
      : undefined;
  const data = dataOf(bulk, method);
  if (method === 'POST' && missing !== undefined)
    return { expected: 'the created user to exist', actual: missing.actual };
  const shown = (path: string): string => {
    const value = valueAt(responseObject(inBulk) ?? {}, path);
    return value === undefined ? 'absent' : JSON.stringify(value);
  };
  if (method === 'PATCH') {
    const [first, patched] = [firstPatchOperation(write), patchedPath(data)];
    if (first === undefined || typeof patched?.path !== 'string' || alone.response.status !== 200) return undefined;
    const { path } = patched;
    const isKept = isAlikeAt(first.path, first.value, atPath(responseObject(alone) ?? {}, first.path));
    return !isKept ||
      inBulk.response.status !== 200 ||
      isAlikeAt(path, patched.value, atPath(responseObject(inBulk) ?? {}, path))
      ? undefined
      : { expected: `${path} to read ${JSON.stringify(patched.value)}`, actual: `it is ${shown(path)}` };
  }
  const lost = lostIn({ sent: requestJson(write), read: alone }, { sent: data, read: inBulk }, paths);
  return lost === undefined
    ? undefined
    : {
        expected: `${lost} to read ${JSON.stringify(valueAt(data, lost))}, as the same ${method} alone keeps it`,
        actual: `it is ${shown(lost)}`,
      };
};

/** Compares each method in the bulk request with the same method alone, if both say that it was done. */
export const judgeBulkChanges = (trace: TraceView): Judgement<Code> => {
  const [bulk] = trace.variant(steps.bulk, 'bulk').filter(({ response }) => response.status === 200);
  const pairs = comparisons.flatMap((comparison) => {
    const [write, alone, inBulk] = [
      trace.answered(purposes[comparison.method])[0],
      readOf(trace, comparison.alone),
      readOf(trace, comparison.inBulk),
    ];
    if (bulk === undefined || write === undefined || alone === undefined || inBulk === undefined) return [];
    const { status } = write.response;
    return succeeded(write) && status !== 202 && isReported(bulk, comparison.method)
      ? [{ comparison, answers: { write, alone, bulk, inBulk } }]
      : [];
  });
  return judgeEach(pairs, ({ comparison, answers }): Finding<Code> | undefined => {
    const { write, alone, inBulk } = answers;
    const since = { step: steps.bulkCreated, since: answers.bulk.n };
    const difference = differenceIn(comparison, answers, missingUser(trace, inBulk.subject ?? '', since));
    return (
      difference && {
        code: comparison.code,
        ...difference,
        exchanges: [write, alone, answers.bulk, inBulk],
      }
    );
  });
};
