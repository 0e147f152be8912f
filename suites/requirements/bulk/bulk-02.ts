/** BULK-02. bulkId references are resolved, also when operations run in parallel; results carry bulkId. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { pathUnder } from '../../judging/history/history.js';
import { type Finding, judgeEach, type Judgement, together } from '../../judging/judge.js';
import { bulkGraph, bulkIdsShared } from '../../scenarios/bulk/bulk-graph.js';
import { responseObject } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';
import { dataOf, memberIds } from './bulk-references.js';
import { bulksOf, describe, findingOf, succeeded } from '../../judging/bulk-requests.js';

const idOf = (location: string | undefined): string | undefined => {
  const segment = location?.split('/').at(-1);
  try {
    return segment === undefined ? undefined : decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

export const bulk02 = defineRequirement({
  id: 'BULK-02',
  since: '1.0',
  level: 'MUST',
  title: '`bulkId` references are resolved, also when operations run in parallel; results carry `bulkId`',
  source: cite('RFC 7644 §3.7.2'),
  needs: { binding: 'any', capability: 'bulk' },
  guide: {
    why: [
      'By `bulkId` a client puts a group and its new members into one request, and knows which result is whose.',
      'Where a reference leads to the wrong user, somebody gets the rights of somebody else.',
    ],
    tested: [
      'Bulk requests hold users, groups whose `members` are `bulkId:…` of other operations, and PATCH of `/Users/bulkId:…`, in any order, so that references point backwards and forwards; the bulkIds are `n`, `nn`, `nnn` and so on. Four requests with the same bulkIds run at a time.',
      'An operation that refers to one that succeeded has to succeed; the group has to have exactly the members that its references mean, and the patch has to have written the user that it means.',
      'Every result of a create has to carry its `bulkId`.',
      'Members that the provider does not return are not compared, and references to nothing are BULK-05’s.',
    ],
    fix: [
      'Copy `bulkId` from the operation into its result.',
      'Keep one table from bulkId to id for each request, not one for all; let an operation wait until those that it refers to are done, also where several run in parallel.',
      'Replace whole values in `data` and in `path`: a replacement in the text takes `bulkId:n` for the beginning of `bulkId:nn`.',
    ],
  },
  from: [bulkGraph, bulkIdsShared],
  judge: (trace) =>
    together(
      ...bulksOf(trace).map((bulk): Judgement => {
        const { submission, asked, results } = bulk;
        const fail = findingOf(bulk);
        const { operations } = submission;
        if (results.length !== operations.length) return together();
        const created = new Map(
          operations.map(({ bulkId }, index) => [bulkId ?? '', idOf(results[index]?.location)] as const),
        );
        const read = (index: number): Answered | undefined => {
          const path = pathUnder(results[index]?.location ?? '', asked.request.url, trace.target.baseUrl);
          return trace
            .answered('read')
            .find(
              ({ request, response }) =>
                request.url === `${trace.target.baseUrl}${path ?? ' '}` && response.status === 200,
            );
        };
        const refersTo = (index: number): string[] =>
          memberIds(dataOf(asked, index)).filter((id) => id.startsWith('bulkId:'));
        const named = judgeEach(operations, ({ bulkId, method }, index) =>
          bulkId === undefined || method !== 'POST' || results[index]?.bulkId !== undefined
            ? undefined
            : fail(`bulkId ${bulkId} in the result of ${describe(submission, index)}`, 'there is none'),
        );
        const resolved = judgeEach(
          operations
            .map((operation, index) => ({ operation, index }))
            .filter(
              ({ operation: { path, expected }, index }) =>
                expected === 'success' && (path.includes('bulkId:') || refersTo(index).length > 0),
            ),
          ({ operation, index }): Finding | undefined => {
            const result = results[index];
            // What refers to an operation that failed cannot succeed.
            const needed = [...refersTo(index), operation.path.split('/').at(-1) ?? '']
              .filter((reference) => reference.startsWith('bulkId:'))
              .map((reference) => operations.findIndex(({ bulkId }) => `bulkId:${bulkId ?? ''}` === reference));
            const isDoomed = needed.some((place) => results[place] !== undefined && !succeeded(results[place]));
            if (result === undefined || isDoomed) return undefined;
            if (!succeeded(result)) {
              return fail(
                `${describe(submission, index)} to succeed, with its references resolved`,
                `its status is ${result.status ?? 'absent'}`,
              );
            }
            const shown = read(index);
            if (operation.path.includes('bulkId:')) {
              const wanted = created.get(operation.path.split('bulkId:')[1] ?? '');
              return result.location === undefined || idOf(result.location) === wanted || wanted === undefined
                ? undefined
                : fail(
                    `${describe(submission, index)} to write ${wanted}`,
                    `it wrote ${String(idOf(result.location))}`,
                  );
            }
            // Members may be kept from being returned.
            if (shown === undefined || !Array.isArray(responseObject(shown)?.members)) return undefined;
            const wanted = refersTo(index).map((reference) => created.get(reference.slice('bulkId:'.length)));
            const members = memberIds(responseObject(shown));
            const missing = wanted.find((id) => id !== undefined && !members.includes(id));
            return missing === undefined && members.length <= wanted.length
              ? undefined
              : fail(`the members ${wanted.join(', ')}, as the references say`, `they are ${members.join(', ')}`, [
                  shown,
                ]);
          },
        );
        return together(named, resolved);
      }),
    ),
});
