/** BULK-02 and BULK-05: operations of a bulk request that refer to one another by bulkId. */
import { pathUnder } from '../history/history.js';
import { isObject, requestJson, responseObject } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';
import { bulksOf, describe, findingOf, succeeded } from './bulk-requests.js';
import { judgeEach, together, type Finding, type Judge, type Judgement } from './judge.js';

const memberIds = (group: unknown): string[] =>
  isObject(group) && Array.isArray(group.members)
    ? group.members.filter(isObject).flatMap(({ value }) => (typeof value === 'string' ? [value] : []))
    : [];

const idOf = (location: string | undefined): string | undefined => {
  const segment = location?.split('/').at(-1);
  try {
    return segment === undefined ? undefined : decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

/** What an operation was sent with. */
const dataOf = (asked: Answered, index: number): unknown => {
  const sent = requestJson(asked);
  const operation: unknown = isObject(sent) && Array.isArray(sent.Operations) ? sent.Operations[index] : undefined;
  return isObject(operation) ? operation.data : undefined;
};

/** bulkId references are resolved, also when operations run in parallel; results carry bulkId. */
export const bulk02: Judge = (trace) =>
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
              : fail(`${describe(submission, index)} to write ${wanted}`, `it wrote ${String(idOf(result.location))}`);
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
  );

/** An operation whose bulkId reference cannot be resolved fails with a 4xx result; the others are not disturbed. */
export const bulk05: Judge = (trace) =>
  together(
    ...bulksOf(trace).map((bulk): Judgement => {
      const { submission, asked, results } = bulk;
      const fail = findingOf(bulk);
      if (results.length !== submission.operations.length) return together();
      const circular = asked.variant === 'a circle';
      // What refers to a create that should have failed and did not, is resolved: that create is ERR-03's.
      const leadsSomewhere = (reference: string): boolean =>
        submission.operations.some(({ bulkId }, place) => {
          const result = results[place];
          return reference === `bulkId:${bulkId ?? ''}` && result !== undefined && succeeded(result);
        });
      const isHopeless = (index: number): boolean =>
        submission.operations[index]?.expected === 'failure' &&
        [...memberIds(dataOf(asked, index)), submission.operations[index].path.split('/').at(-1) ?? '']
          .filter((id) => id.startsWith('bulkId:'))
          .some((reference) => circular || !leadsSomewhere(reference));
      const hopeless = submission.operations.map((_, index) => index).filter(isHopeless);
      if (hopeless.length === 0) return together();
      const independent = submission.operations
        .map((operation, index) => ({ operation, index }))
        .filter(
          ({ operation: { expected, path, method }, index }) =>
            expected === 'success' &&
            method === 'POST' &&
            path === '/Users' &&
            memberIds(dataOf(asked, index)).length === 0,
        );
      return together(
        judgeEach(hopeless, (index) => {
          const result = results[index];
          const code = Number(result?.status);
          // References in a circle may be resolved, too (RFC 7644 §3.7.1).
          if (circular && (code === 409 || (code >= 200 && code < 300))) return undefined;
          if (!circular && code >= 400 && code < 500) return undefined;
          return fail(
            circular
              ? `${describe(submission, index)} to be resolved, or to fail with 409`
              : `${describe(submission, index)} to fail with a 4xx, because its reference leads to nothing`,
            `its status is ${result?.status ?? 'absent'}`,
          );
        }),
        judgeEach(independent, ({ index }) => {
          const result = results[index];
          return result !== undefined && succeeded(result)
            ? undefined
            : fail(
                `${describe(submission, index)} to succeed beside one that cannot be resolved`,
                `its status is ${result?.status ?? 'absent'}`,
              );
        }),
      );
    }),
  );
