/** STAT-13. Members that the profile does not define may change after completion, and the ETag with them (profile §7, clarification 7). */
import { isDeepStrictEqual } from 'node:util';
import { header } from '../../../schemas/names.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, notApplicable, together, type Finding, type Judgement } from '../../judging/judge.js';
import { profileMembers } from '../../judging/status-members.js';
import type { StatusSighting, TraceView } from '../../judging/trace-view.js';
import {
  statusRepresentations,
  statusRepresentationsSteps,
} from '../../scenarios/request-mode/status-representations.js';
import { settling } from '../../scenarios/scenario-sets.js';
import { isSameTag } from '../../trace/entity-tags.js';
import { headerValue, responseHeader } from '../../trace/message.js';
import { isStep } from '../../trace/step.js';
import type { Answered } from '../../trace/trace.js';

const codes = {
  'etag-unchanged': 'the ETag stays the same when the state changes',
  'if-none-match-ignored': 'a GET with the current ETag in If-None-Match is not answered 304',
  'not-modified-to-another-tag': 'a GET with an ETag in If-None-Match that is not the current one is answered 304',
  'conditional-read-refused': 'a GET with If-None-Match is answered with an error',
};

type Code = keyof typeof codes;

const etagOf = (exchange: Answered): string | undefined => responseHeader(exchange, header.etag);

/** Each read together with the read before it of the same request, if both have an ETag. */
const pairsOf = (reads: readonly StatusSighting[]): { before: StatusSighting; after: StatusSighting }[] =>
  reads.flatMap((after, index) => {
    const before = reads.slice(0, index).findLast(({ submission }) => submission.n === after.submission.n);
    return before === undefined || etagOf(before.exchange) === undefined || etagOf(after.exchange) === undefined
      ? []
      : [{ before, after }];
  });

const findUnchanged = (before: StatusSighting, after: StatusSighting): Finding<Code> | undefined => {
  const etag = etagOf(after.exchange) ?? '';
  return etagOf(before.exchange) !== etag ||
    isDeepStrictEqual(profileMembers(before.status), profileMembers(after.status))
    ? undefined
    : {
        code: 'etag-unchanged',
        expected: 'a new ETag when the state has changed',
        actual: `the ETag is ${etag} before and after`,
        exchanges: [before.exchange, after.exchange],
      };
};

const sentTag = ({ request }: Answered): string | undefined => headerValue(request.headers, header.ifNoneMatch);

const { tagOfNothing, tagWhilePending, listOfTags, anyTag } = statusRepresentationsSteps;

/** Whether the tag in a GET was no longer current when it was answered: then 200 with the body is right (RFC 9110 §13.1.2). */
const isOutdated = (exchange: Answered): boolean => {
  const current = etagOf(exchange);
  const sent = sentTag(exchange) ?? '';
  // A list of tags is compared tag by tag.
  const tags = isStep(exchange, listOfTags) ? sent.split(',').map((tag) => tag.trim()) : [sent];
  return exchange.response.status === 200 && current !== undefined && !tags.some((tag) => isSameTag(tag, current));
};

/** A GET with a tag that the status resource never had, or had before it was completed, has to show the resource. */
const judgeAnotherTag = (exchange: Answered): Finding<Code> | undefined =>
  exchange.response.status === 304
    ? {
        code: 'not-modified-to-another-tag',
        expected: '200 with the status resource to If-None-Match with another ETag than the current one',
        actual: `the answer to ${sentTag(exchange) ?? ''} is 304`,
        exchanges: [exchange],
      }
    : undefined;

const judgeCurrentTag = (exchange: Answered): Finding<Code> | undefined =>
  exchange.response.status === 304
    ? undefined
    : {
        code: 'if-none-match-ignored',
        expected: '304 to If-None-Match with the current ETag',
        actual: `the answer is ${exchange.response.status}`,
        exchanges: [exchange],
      };

/** Whether the field made the provider refuse the GET: no status of a GET without the field says that. */
const isRefused = ({ response: { status } }: Answered): boolean => status >= 400 && status < 500 && status !== 401;

const judgeConditionalRead = (exchange: Answered): Finding<Code> | undefined => {
  if (isRefused(exchange))
    return {
      code: 'conditional-read-refused',
      expected: '200 or 304 to a GET with If-None-Match',
      actual: `the answer to ${sentTag(exchange) ?? ''} is ${exchange.response.status}`,
      exchanges: [exchange],
    };
  if (isStep(exchange, tagOfNothing, tagWhilePending)) return judgeAnotherTag(exchange);
  return isStep(exchange, anyTag) ? undefined : judgeCurrentTag(exchange);
};

/** Errors of the provider are left to ERR-09. */
const isTelling = (exchange: Answered): boolean => [200, 304].includes(exchange.response.status) || isRefused(exchange);

const judgeConditionalReads = (trace: TraceView): Judgement<Code> =>
  judgeEach(
    trace
      .answered('status-conditional')
      .filter((exchange) => isTelling(exchange) && !trace.isForgotten(exchange))
      .filter((exchange) => isStep(exchange, tagOfNothing, tagWhilePending) || !isOutdated(exchange)),
    judgeConditionalRead,
  );

export const stat13 = defineRequirement({
  id: 'STAT-13',
  since: '1.0',
  level: 'MUST',
  title: 'where it carries an `ETag`, the tag changes when the state changes, and `If-None-Match` answers 304',
  source: cite('RFC 7644 §3.14'),
  needs: { binding: 'request-mode' },
  guide: {
    why: [
      'A client that polls with `If-None-Match` and gets 304 believes that nothing has changed.',
      'If the tag does not change with the state, or any tag is answered 304, it waits forever.',
    ],
    tested: [
      'Judged only if the status resource has an `ETag`; otherwise skipped.',
      'Two consecutive reads of one request with the same tag have to show the same `id`, counts, booleans, `state` and `Operations`.',
      'A GET of a completed status resource with its current tag in `If-None-Match`, alone, in a list of tags, or weak where it is strong (and the other way round), has to answer 304.',
      'If that GET answers 200 with another tag, the first one was no longer current, and that is right.',
      'A GET with a tag that was never sent (also one that only begins like the current tag, and a list of such tags), and one with the tag that the status had while it was pending, must not be answered 304. To `*` both 200 and 304 are accepted.',
      'The same holds at `/provision/{id}/status` and `/provisions/{id}/status`, where these show the status with the same tag.',
    ],
    fix: [
      'Make the tag from the content, such as a hash of the body, or from a version that grows with every change of the counts.',
      'A tag made from `lastModified` in whole seconds, or from the `id`, misses changes.',
      'Compare `If-None-Match` as a list of tags, weak or not (`W/"1"`), each with the whole current tag; or send no `ETag` at all.',
      'A 304 to every `If-None-Match` often comes from code that checks only whether the field is there, or from a cache in front that keeps the first tag.',
    ],
  },
  codes,
  from: [...settling, statusRepresentations],
  judge: (trace) => {
    const reads = trace.sightings().filter(({ seen }) => seen === 'read');
    if (reads.length > 0 && reads.every(({ exchange }) => etagOf(exchange) === undefined)) {
      return notApplicable('The status resource has no ETag.');
    }
    return together(
      judgeEach(pairsOf(reads), ({ before, after }) => findUnchanged(before, after)),
      judgeConditionalReads(trace),
    );
  },
});
