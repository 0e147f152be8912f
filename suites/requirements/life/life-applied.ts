/** The rules of LIFE-06 that need no history: an accepted write is not applied at all, or another PATCH undoes it. */
import type { Exchange } from '../../../schemas/types.js';
import { type Judge, judgeEach, together } from '../../judging/judge.js';
import { judgeAllAdded } from '../../judging/members.js';
import { patchesBesideEachOtherSteps } from '../../scenarios/lifecycle/patches-beside-each-other.js';
import { membersAtATimeSteps } from '../../scenarios/synchronous/members-at-a-time.js';
import { isAlikeAt } from '../../trace/alike.js';
import { isStep } from '../../trace/step.js';
import { atPath, firstPatchOperation, responseObject } from '../../trace/message.js';

const endpointOf = (url: string, baseUrl: string): string | undefined => url.slice(baseUrl.length).split('/')[1];

/**
 * A write that works synchronously has to work asynchronously, too: a valid operation that is accepted is applied. Judged
 * only where nothing else writes the resource.
 */
export const judgeUnapplied: Judge<'accepted-write-fails'> = (trace) => {
  const done = trace
    .answered('create', 'replace', 'patch', 'delete')
    .filter(({ response }) => response.status >= 200 && response.status < 300);
  const { baseUrl } = trace.target;
  return judgeEach(
    trace.submissions().flatMap((submission) => {
      const [operation] = submission.operations;
      const completion = trace.completion(submission);
      const result = completion?.results[0];
      const twin = done.find(
        ({ request }) =>
          request.method === operation?.method &&
          endpointOf(request.url, baseUrl) === endpointOf(baseUrl + operation.path, baseUrl),
      );
      // A provider may serve bulk requests for users only.
      const isOpen = submission.shape === 'bulk' && operation?.path.startsWith('/Groups') === true;
      return operation?.expected !== 'success' || isOpen || result?.status === undefined || twin === undefined
        ? []
        : [{ asked: trace.exchangeOf(submission), poll: completion?.poll, status: result.status, twin }];
    }),
    ({ asked, poll, status, twin }) =>
      Number(status) < 400
        ? undefined
        : {
            code: 'accepted-write-fails',
            expected: `an accepted ${twin.request.method} to be applied, because the same write made synchronously is answered ${twin.response.status}`,
            actual: `its result is ${status}`,
            exchanges: [twin, asked, ...(poll === undefined ? [] : [poll])],
          },
  );
};

/** Two patches of different attributes at the same time must not undo each other. */
export const judgePatchesAtTheSameTime: Judge<'patch-undone'> = (trace) => {
  const patches = trace
    .answered('patch', 'submit')
    .filter(({ request }) => request.method === 'PATCH')
    .flatMap((exchange) => {
      const submission = trace.submissions().find((each) => each.exchange === exchange.n);
      const completion = submission === undefined ? undefined : trace.completion(submission);
      const status = submission?.accepted === true ? completion?.results[0]?.status : String(exchange.response.status);
      const read = trace.answered('read').findLast(({ subject, n }) => subject === exchange.subject && n > exchange.n);
      const patch = firstPatchOperation(exchange);
      if (!/^2/.test(status ?? '') || read?.response.status !== 200 || patch === undefined) return [];
      return [{ exchange, completion, read, ...patch, seen: atPath(responseObject(read), patch.path) }];
    });
  // A provider may derive or ignore an attribute: only those that it keeps when nothing else is written are judged.
  const isAlone = (exchange: Exchange): boolean => isStep(exchange, patchesBesideEachOtherSteps.alone);
  const kept = new Set(
    patches
      .filter(({ exchange, path, value, seen }) => isAlone(exchange) && isAlikeAt(path, value, seen))
      .map(({ path }) => path),
  );
  return judgeEach(
    patches.filter(({ exchange, path }) => !isAlone(exchange) && kept.has(path)),
    ({ exchange, completion, read, path, value, seen }) => {
      if (isAlikeAt(path, value, seen)) return undefined;
      const other = patches.find((each) => each.exchange !== exchange && each.exchange.subject === exchange.subject);
      return {
        code: 'patch-undone',
        expected: `${path} to be «${String(value)}» after a PATCH that succeeded at the same time as one of another attribute`,
        actual: `it is ${JSON.stringify(seen)}`,
        exchanges: [
          ...(other === undefined ? [] : [other.exchange]),
          exchange,
          ...[completion, other?.completion].flatMap((done) => done?.poll ?? []),
          read,
        ],
      };
    },
  );
};

/** Members that are added to a group by PATCHes at the same time, some of them asynchronous, must all be there. */
export const judgeMembersAtTheSameTime: Judge<'member-lost'> = (trace) => {
  if (trace.submissions().length === 0) return together();
  const done = trace.variant(membersAtATimeSteps.atTheSameTime, 'patch', 'submit').filter((exchange) => {
    const submission = trace.submissions().find((each) => each.exchange === exchange.n);
    const completion = submission === undefined ? undefined : trace.completion(submission);
    const status = submission?.accepted === true ? completion?.results[0]?.status : String(exchange.response.status);
    return /^2/.test(status ?? '') && status !== '202';
  });
  return judgeAllAdded(trace, 'member-lost', done, trace.variant(membersAtATimeSteps.afterwards, 'read'));
};
