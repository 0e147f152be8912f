/** BULK-02. References to a bulkId that no operation has, and to an operation that failed, are left to BULK-05. */
import { lastSegment } from '../../bindings/locations.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { clip } from '../../judging/describe.js';
import { pathUnder } from '../../judging/history/history.js';
import { type Finding, judgeEach, type Judgement, together } from '../../judging/judge.js';
import { bulkGraph, bulkIdsShared } from '../../scenarios/bulk/bulk-graph.js';
import { bulkReferences } from '../../scenarios/bulk/bulk-references.js';
import { bulkSizes } from '../../scenarios/bulk/bulk-sizes.js';
import { responseObject } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';
import { linksIn, linksSent, managerIn } from './bulk-references.js';
import { bulksOf, describe, findingOf, isNotImplemented, succeeded, type Bulk } from '../../judging/bulk-requests.js';
import type { TraceView } from '../../judging/trace-view.js';

const idOf = (location: string | undefined): string | undefined =>
  location === undefined ? undefined : lastSegment(location);

type Code =
  | 'bulk-id-missing-in-the-result'
  | 'bulk-id-changed'
  | 'reference-not-resolved'
  | 'reference-leads-to-another'
  | 'members-not-as-referred'
  | 'manager-not-as-referred';

/** The `bulkId:…` references in the data of an operation. */
const referencesSent = (asked: Answered, index: number): string[] =>
  linksSent(asked, index).filter((id) => id.startsWith('bulkId:'));

/** The resource that an operation wrote, as a read of its location shows it. */
const readOf = (
  view: TraceView,
  { asked, results, submission: { operations } }: Bulk,
  index: number,
): Answered | undefined => {
  const operation = operations[index];
  const known = operation?.method === 'POST' ? undefined : `${view.target.baseUrl}${operation?.path ?? ''}`;
  const path = pathUnder(results[index]?.location ?? known ?? '', asked.request.url, view.target.baseUrl);
  return view
    .answered('read')
    .find(({ request, response }) => request.url === `${view.target.baseUrl}${path ?? ' '}` && response.status === 200);
};

/** Whether an operation refers to one that failed: then it cannot succeed. */
const refersToFailed = ({ asked, results, submission: { operations } }: Bulk, index: number): boolean =>
  [...referencesSent(asked, index), operations[index]?.path.split('/').at(-1) ?? '']
    .filter((reference) => reference.startsWith('bulkId:'))
    .map((reference) => results[operations.findIndex(({ bulkId }) => `bulkId:${bulkId ?? ''}` === reference)])
    .some((result) => result !== undefined && !succeeded(result));

const findUnresolved = (view: TraceView, bulk: Bulk, index: number): Finding<Code> | undefined => {
  const { submission, asked, results } = bulk;
  const { operations } = submission;
  const fail = findingOf(bulk);
  const result = results[index];
  const path = operations[index]?.path ?? '';
  const created = new Map(
    operations.map(({ bulkId }, place) => [bulkId ?? '', idOf(results[place]?.location)] as const),
  );
  if (result === undefined || isNotImplemented(result) || refersToFailed(bulk, index)) return undefined;
  if (!succeeded(result)) {
    return fail(
      'reference-not-resolved',
      `${describe(submission, index)} to succeed, with its references resolved`,
      `its status is ${result.status ?? 'absent'}`,
    );
  }
  if (path.includes('bulkId:')) {
    const wanted = created.get(path.split('bulkId:')[1] ?? '');
    const written = idOf(result.location);
    return written === undefined || wanted === undefined || written === wanted
      ? undefined
      : fail('reference-leads-to-another', `${describe(submission, index)} to write ${wanted}`, `it wrote ${written}`);
  }
  const shown = readOf(view, bulk, index);
  const resource = shown === undefined ? undefined : responseObject(shown);
  const isGroup = Array.isArray(resource?.members);
  // A provider may choose not to return the members of a group, or the manager of a user.
  if (shown === undefined || (!isGroup && managerIn(resource) === undefined)) return undefined;
  const wanted = referencesSent(asked, index).map((reference) => created.get(reference.slice('bulkId:'.length)));
  const links = linksIn(resource);
  const missing = wanted.find((id) => id !== undefined && !links.includes(id));
  // A PATCH keeps the members that were there.
  const isExact = operations[index]?.method === 'PATCH' || links.length <= wanted.length;
  if (missing === undefined && isExact) return undefined;
  return isGroup
    ? fail(
        'members-not-as-referred',
        `the members ${wanted.join(', ')}, which the references mean`,
        `they are ${links.join(', ')}`,
        [shown],
      )
    : fail(
        'manager-not-as-referred',
        `the manager ${wanted.join(', ')}, which the reference means`,
        `it is ${links.join(', ')}`,
        [shown],
      );
};

/** A result with the bulkId of another operation is left to BULK-06. */
const judgeBulkIds = (bulk: Bulk): Judgement<Code> => {
  const { operations } = bulk.submission;
  return judgeEach(operations, ({ bulkId, method }, index) => {
    const shown = bulk.results[index]?.bulkId;
    if (bulkId === undefined || shown === bulkId) return undefined;
    const expected = `bulkId ${bulkId} in the result of ${describe(bulk.submission, index)}`;
    if (shown === undefined)
      return method === 'POST'
        ? findingOf(bulk)('bulk-id-missing-in-the-result', expected, 'there is none')
        : undefined;
    return operations.some((other) => other.bulkId === shown)
      ? undefined
      : findingOf(bulk)('bulk-id-changed', expected, `it is ${clip(shown)}, which no operation has`);
  });
};

export const bulk02 = defineRequirement({
  id: 'BULK-02',
  since: '1.0',
  level: 'MUST',
  title: '`bulkId` references are resolved, also when operations run in parallel; results carry `bulkId`',
  source: cite('RFC 7644 §3.7.2'),
  needs: { binding: 'any', capability: 'bulk' },
  alsoSynchronous: true,
  guide: {
    why: [
      'With `bulkId` a client puts a group and its new members into one request, and knows which result belongs to which operation.',
      'If a reference leads to the wrong user, one person gets the rights of another.',
    ],
    tested: [
      'Bulk requests hold users, groups whose `members` are `bulkId:…` of other operations, and PATCH of `/Users/bulkId:…`, in any order, so that references point backwards and forwards; the bulkIds are `n:n`, `n:nn`, `n:nnn` and so on. Four requests with the same bulkIds run at a time.',
      'Larger requests, of up to 120 operations if the target takes so many, have bulkIds of over 64 characters that differ only at the end, and a group at the end with a member at the beginning.',
      'Where single requests may do the same, a reference also stands in a PATCH and a PUT of a group that exists, and in the `manager` of a user.',
      'An operation that refers to one that succeeded has to succeed; the group has to have exactly the members that its references mean, and the patch has to have written the user that it means.',
      'Every result of a create has to carry its `bulkId`, unchanged.',
      'Members that the provider does not return are not compared, and references to a `bulkId` that no operation has are left to BULK-05.',
      'If the target serves no asynchronous binding, the requests are sent synchronously.',
    ],
    fix: [
      'Copy `bulkId` from the operation into its result.',
      'Keep one table from bulkId to id for each request, not one for all; let an operation wait until those that it refers to are done, also when several run in parallel.',
      'Replace whole values in `data` and in `path`: a search and replace in the text finds `bulkId:n` also at the beginning of `bulkId:nn`.',
      'Resolve references wherever a value may refer to a resource, also in the values of a PATCH and in `manager`.',
    ],
  },
  codes: {
    'bulk-id-missing-in-the-result': 'the result of a create has no bulkId',
    'bulk-id-changed': 'the bulkId of a result is that of no operation in the request',
    'reference-not-resolved': 'an operation that refers to a create of the same request fails',
    'reference-leads-to-another': 'a path with bulkId: writes to another resource than the one it names',
    'manager-not-as-referred': 'the manager of a user is not the user that its reference names',
    'members-not-as-referred': 'the members of a group are not the resources that its references name',
  },
  from: [bulkGraph, bulkSizes, bulkIdsShared, bulkReferences],
  judge: (view) =>
    together<Code>(
      ...bulksOf(view)
        .filter(({ results, submission }) => results.length === submission.operations.length)
        .map((bulk) => {
          const referring = bulk.submission.operations.flatMap(({ path, expected }, index) => {
            const refers = path.includes('bulkId:') || referencesSent(bulk.asked, index).length > 0;
            return expected === 'success' && refers ? [index] : [];
          });
          return together(
            judgeBulkIds(bulk),
            judgeEach(referring, (index) => findUnresolved(view, bulk, index)),
          );
        }),
    ),
});
