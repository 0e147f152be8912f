/** CNCL-01. DELETE on a pending status resource stops what has not run; those operations count as failed. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, judgeEach, type Judgement, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { cancel } from '../../scenarios/features/cancel.js';
import { responseObject } from '../../trace/message.js';
import { countFound } from '../../trace/searches.js';
import type { Answered } from '../../trace/trace.js';
import { booleansOf, countsOf, said } from '../../judging/status-members.js';

const judgeCancel = (trace: TraceView, cancel: Answered): Judgement => {
  const submissions = trace.submissions();
  const place = submissions.findIndex(({ n }) => n === cancel.submission);
  // The other request of the same client is asked next to it.
  const [submission, other] = submissions.slice(place, place + 2);
  if (place === -1 || submission === undefined) return together();
  const after = trace.variant('after cancel', 'status-read').find((read) => read.submission === submission.n);
  const before = trace.sightings(submission).findLast(({ exchange }) => exchange.n < cancel.n);
  const completion = trace.completion(submission);
  const pending = before === undefined ? 0 : (countsOf(before.status)?.pending ?? 0);
  if (pending === 0) return together();
  const asked = trace.asking(submission);
  if (cancel.response.status < 300 && completion === undefined) {
    const last = trace.statusReads(submission).at(-1);
    if (after !== undefined && after.response.status >= 400) {
      return judgeEach([after], () => ({
        expected: 'the status of a cancelled request, in which what was stopped counts as failed',
        actual: `GET of it is answered ${after.response.status}`,
        exchanges: [asked, cancel, after],
      }));
    }
    return judgeEach(trace.settlement(submission)?.outcome === 'deadline' ? [cancel] : [], () => ({
      expected: 'what was stopped to count as failed, so that the cancelled request completes',
      actual: 'it is still pending at the deadline',
      exchanges: [asked, cancel, ...(last === undefined ? [] : [last])],
    }));
  }
  const { status } = cancel.response;
  const exchanges = [asked, cancel, ...(completion === undefined ? [] : [completion.poll])];
  // Completed before the DELETE came: there was nothing to stop.
  const wasOver = after !== undefined && booleansOf(responseObject(after) ?? {})?.success === true;
  // Whether it was, is not known where the look after it was too long.
  if (status >= 400 && (wasOver || (after === undefined && trace.hasCut()))) return together();
  return judgeEach([cancel], (): Finding | undefined => {
    if (status >= 300) {
      return {
        expected: 'success of DELETE on a pending status resource',
        actual: `the answer is ${status}`,
        exchanges,
      };
    }
    const stopped = (completion?.results ?? []).filter((result) => Number(result.status) >= 400);
    const counts = completion === undefined ? undefined : countsOf(responseObject(completion.poll) ?? {});
    if (counts !== undefined && counts.failed === 0 && !wasOver) {
      return { expected: 'what had not run to be stopped, and to count as failed', actual: said(counts), exchanges };
    }
    const hit = other === undefined ? undefined : trace.completion(other);
    if (other !== undefined && hit?.results.some((result) => Number(result.status) >= 400) === true) {
      return {
        expected: 'another request of the same client to go on',
        actual: 'its operations are stopped, too',
        exchanges: [trace.asking(other), cancel, hit.poll],
      };
    }
    const places = new Map(stopped.map(({ index }) => [submission.operations[index]?.userName, index]));
    const search = trace.answered('search').find((each) => places.has(each.subject) && (countFound(each) ?? 0) > 0);
    return search === undefined
      ? undefined
      : {
          expected: `operation ${places.get(search.subject) ?? ''}, which was stopped, to have no effect`,
          actual: 'its user exists',
          exchanges: [...exchanges, search],
        };
  });
};

export const cncl01 = defineRequirement({
  id: 'CNCL-01',
  since: '1.0',
  level: 'MUST',
  title: 'DELETE on a pending status resource stops what has not run; those operations count as failed',
  source: cite('P-D'),
  needs: { binding: 'request-mode', feature: 'cancel' },
  guide: {
    why: [
      'Somebody who sees that an import goes wrong wants to stop it.',
      'Where the cancel is answered and nothing stops, or the rest stays pending, it cannot be known what was done.',
    ],
    tested: [
      'DELETE is sent to the status of a bulk request of 120 creates (480, where those were all done by then), at once and when some operations are done, beside another request of the same client.',
      'It has to be answered with success; the request has to complete, with at least one operation counted as failed; what was stopped may have no effect; no operation of the other request may fail; and the status has to stay readable.',
      'A refusal is right where the request was done already; where nothing is pending when the DELETE is sent, it is not judged.',
      'Only where `features` lists `cancel`.',
    ],
    fix: [
      'Mark the request as cancelled, and let the workers look at the mark before each operation.',
      'Write a result with `"status": "424"` for every operation that has not begun, and add it to `failed`, so that `pending` reaches 0; operations in work may finish.',
      'Stop by the id of the request, and not all that the client has in the queue; do not delete the status resource.',
    ],
  },
  from: [cancel],
  judge: (trace) =>
    together(
      ...trace
        .answered('cancel')
        .filter(({ variant }) => variant === undefined)
        .map((cancel) => judgeCancel(trace, cancel)),
    ),
});
