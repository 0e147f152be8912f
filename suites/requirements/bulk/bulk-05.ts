/** BULK-05. References that cannot be resolved fail with a 4xx; those in a circle may be resolved, too. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, type Judgement, together } from '../../judging/judge.js';
import { bulkCircle, bulkCircleSteps, bulkGraph } from '../../scenarios/bulk/bulk-graph.js';
import { linksSent } from './bulk-references.js';
import { isStep } from '../../trace/step.js';
import { bulksOf, describe, findingOf, succeeded, isNotImplemented } from '../../judging/bulk-requests.js';

type Code = 'unresolvable-does-not-fail' | 'circle-neither-resolved-nor-refused' | 'others-are-disturbed';

export const bulk05 = defineRequirement({
  id: 'BULK-05',
  since: '1.0',
  level: 'MUST',
  title:
    'an operation whose `bulkId` reference cannot be resolved fails with a 4xx result; the others are not disturbed',
  source: cite('RFC 7644 §3.7.2'),
  needs: { binding: 'any', capability: 'bulk' },
  alsoSynchronous: true,
  guide: {
    why: [
      'One broken reference in a large request is a small mistake.',
      'If it makes the other operations fail, or is stored as the text `bulkId:…`, the client has damaged data and no error that points to it.',
    ],
    tested: [
      'Bulk requests hold operations that refer to a `bulkId` that no operation has, to a create that fails, and to one another in a circle, beside users that refer to nothing.',
      'An operation that refers to nothing, or to a failed create, has to have a result of 4xx; a circle may be resolved, or its operations fail with 409, or with another 4xx if groups cannot be members of groups.',
      'The creates of users without references have to succeed.',
      'If the target serves no asynchronous binding, the requests are sent synchronously.',
    ],
    fix: [
      'Resolve references per operation, and turn one that cannot be resolved into the result of that operation: 400 or 409 with a SCIM error, not an exception that ends the request or a 500.',
      'When a create fails, mark its `bulkId` as failed, so that operations that wait for it fail as well.',
      'Never store a value that begins with `bulkId:`.',
    ],
  },
  codes: {
    'unresolvable-does-not-fail': 'an operation whose reference leads to nothing does not fail with a 4xx',
    'circle-neither-resolved-nor-refused':
      'an operation in a circle of references neither succeeds nor fails with a 4xx',
    'others-are-disturbed': 'an operation without references fails because another one cannot be resolved',
  },
  from: [bulkGraph, bulkCircle],
  judge: (trace) =>
    together<Code>(
      ...bulksOf(trace).map((bulk): Judgement<Code> => {
        const { submission, asked, results } = bulk;
        const fail = findingOf(bulk);
        if (results.length !== submission.operations.length) return together();
        const circular = isStep(asked, bulkCircleSteps.circle);
        // A reference to an invalid create that succeeded can be resolved; the create itself is judged by ERR-03.
        const canBeResolved = (reference: string): boolean =>
          submission.operations.some(({ bulkId }, place) => {
            const result = results[place];
            return reference === `bulkId:${bulkId ?? ''}` && result !== undefined && succeeded(result);
          });
        const isUnresolvable = (index: number): boolean =>
          submission.operations[index]?.expected === 'failure' &&
          [...linksSent(asked, index), submission.operations[index].path.split('/').at(-1) ?? '']
            .filter((id) => id.startsWith('bulkId:'))
            .some((reference) => circular || !canBeResolved(reference));
        const unresolvable = submission.operations
          .map((_, index) => index)
          .filter((index) => isUnresolvable(index) && !isNotImplemented(results[index]));
        if (unresolvable.length === 0) return together();
        const independent = submission.operations
          .map((operation, index) => ({ operation, index }))
          .filter(
            ({ operation: { expected, path, method }, index }) =>
              expected === 'success' && method === 'POST' && path === '/Users' && linksSent(asked, index).length === 0,
          );
        return together(
          judgeEach(unresolvable, (index) => {
            const result = results[index];
            const code = Number(result?.status);
            // References in a circle may be resolved, too, or fail with 409 (RFC 7644 §3.7.1). Only groups that are members of
            // groups can make a circle, and a provider that takes none refuses them in its own way (RFC 7643 §4.2).
            if (circular && code >= 200 && code < 300) return undefined;
            if (code >= 400 && code < 500) return undefined;
            return fail(
              circular ? 'circle-neither-resolved-nor-refused' : 'unresolvable-does-not-fail',
              circular
                ? `${describe(submission, index)} to be resolved, or to fail with a 4xx`
                : `${describe(submission, index)} to fail with a 4xx, because its reference leads to nothing`,
              `its status is ${result?.status ?? 'absent'}`,
            );
          }),
          judgeEach(independent, ({ index }) => {
            const result = results[index];
            return result !== undefined && (succeeded(result) || isNotImplemented(result))
              ? undefined
              : fail(
                  'others-are-disturbed',
                  `${describe(submission, index)} to succeed although another operation cannot be resolved`,
                  `its status is ${result?.status ?? 'absent'}`,
                );
          }),
        );
      }),
    ),
});
