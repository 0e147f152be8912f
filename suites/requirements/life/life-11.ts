/**
 * LIFE-11. Left to others: a result of another operation of a bulk request (BULK-06, EVT-03), a create without location
 * (LIFE-10), the method in completion events (EVT-05), and an effect that is late or never comes (LIFE-04, LIFE-06).
 */
import type { Submission } from '../../../schemas/types.js';
import type { OperationResult } from '../../bindings/binding.js';
import { resolveLocation } from '../../bindings/locations.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { describe, succeeded } from '../../judging/bulk-requests.js';
import { shown } from '../../judging/describe.js';
import { pathUnder } from '../../judging/history/history.js';
import { type Finding, judgeEach, type Judgement, together } from '../../judging/judge.js';
import { isSamePath } from '../../judging/same-path.js';
import type { TraceView } from '../../judging/trace-view.js';
import { resultsOfWrites, resultsOfWritesSteps } from '../../scenarios/lifecycle/results-of-writes.js';
import { settling } from '../../scenarios/scenario-sets.js';
import { isAlike } from '../../trace/alike.js';
import { readDateTime } from '../../trace/date-time.js';
import { isSameTag, tagsIn } from '../../trace/entity-tags.js';
import { atPath, responseObject } from '../../trace/message.js';
import { countFound } from '../../trace/searches.js';
import type { Answered } from '../../trace/trace.js';

const codes = {
  'method-missing': 'a result has no method',
  'method-of-another': 'the result of a single request has another method than the request',
  'create-not-201': 'the result of a create that succeeded is not 201',
  'change-is-201': 'the result of a PUT, PATCH or DELETE that succeeded is 201',
  'location-missing': 'the result of a PUT, PATCH or DELETE that succeeded has no location',
  'location-of-another': 'the location of a result is not that of the resource that the operation wrote',
  'location-leads-nowhere': 'no resource is at the location of a create, although the resource exists',
  'version-differs': 'the version of a result is not that of the resource',
};

type Code = keyof typeof codes;

/** A result with its request, and the answer that showed it. */
interface Shown {
  readonly submission: Submission;
  readonly asked: Answered;
  readonly poll: Answered;
  readonly result: OperationResult;
  readonly operation: Submission['operations'][number];
}

const resultsIn = (trace: TraceView): Shown[] =>
  trace.accepted().flatMap(({ submission, exchange }) => {
    const completion = trace.completion(submission);
    return (completion?.results ?? []).flatMap((result): Shown[] => {
      const operation = submission.operations[result.index];
      return completion === undefined || operation === undefined
        ? []
        : [{ submission, asked: exchange, poll: completion.poll, result, operation }];
    });
  });

const findingOf = (
  { asked, poll }: Shown,
  code: Code,
  expected: string,
  actual: string,
  more: readonly Answered[] = [],
): Finding<Code> => ({ code, expected, actual, exchanges: [asked, poll, ...more] });

const findWrongMethod = (seen: Shown): Finding<Code> | undefined => {
  const { submission, result, operation } = seen;
  if (submission.binding !== 'request-mode') return undefined;
  const expected = `method ${operation.method} in the result of ${describe(submission, result.index)}`;
  if (result.method === undefined) return findingOf(seen, 'method-missing', expected, 'it has none');
  return submission.shape === 'bulk' || result.method.toUpperCase() === operation.method
    ? undefined
    : findingOf(seen, 'method-of-another', expected, `it is ${result.method}`);
};

const findOtherSuccess = (seen: Shown): Finding<Code> | undefined => {
  const { submission, result, operation } = seen;
  const isCreate = operation.method === 'POST';
  if (!succeeded(result) || isCreate === (result.status === '201')) return undefined;
  // ERR-06 and ERR-07 judge what should have failed.
  if (!isCreate && operation.expected === 'failure') return undefined;
  const status = `the status of ${describe(submission, result.index)}`;
  const actual = `it is ${result.status ?? 'absent'}`;
  return isCreate
    ? findingOf(seen, 'create-not-201', `201 as ${status} (RFC 7644 §3.3)`, actual)
    : findingOf(
        seen,
        'change-is-201',
        `200 or 204 as ${status}, because nothing was created (RFC 9110 §15.3.2)`,
        actual,
      );
};

/** Whether a location leads to this path, on whatever host: CORE-02 judges the host. */
const leadsTo = (location: string, asked: Answered, path: string): boolean => {
  const href = resolveLocation(location, asked.request.url);
  return href !== undefined && isSamePath(new URL(href).pathname.slice(-path.length), path);
};

/** RFC 7644 §3.7.3 requires it of every result but that of a failed POST; the profile (LIFE-10) only of creates. */
const findNoLocation = (seen: Shown): Finding<Code> | undefined => {
  const { submission, result, operation } = seen;
  const isJudged = submission.binding === 'request-mode' && operation.method !== 'POST' && succeeded(result);
  if (!isJudged || result.location !== undefined) return undefined;
  const expected = `a location in the result of ${describe(submission, result.index)} (RFC 7644 §3.7.3)`;
  return { ...findingOf(seen, 'location-missing', expected, 'it has none'), level: 'SHOULD' };
};

/** A single request names its resource, unless it creates it. */
const findOtherLocation = (seen: Shown): Finding<Code> | undefined => {
  const { submission, asked, result, operation } = seen;
  if (submission.shape === 'bulk' || operation.method === 'POST' || result.location === undefined) return undefined;
  return leadsTo(result.location, asked, operation.path)
    ? undefined
    : findingOf(seen, 'location-of-another', `the location of ${operation.path}`, `it is ${shown(result.location)}`);
};

/** The read of what an operation wrote, right after its result; nothing else writes it in between. */
const readOf = (trace: TraceView, { poll, result, operation }: Shown): Answered | undefined => {
  const { baseUrl } = trace.target;
  const path =
    operation.method === 'POST' ? pathUnder(result.location ?? '', poll.request.url, baseUrl) : operation.path;
  return trace.variant(resultsOfWritesSteps.afterResult, 'read').find(({ n, request }) => {
    const seen = pathUnder(request.url, request.url, baseUrl);
    return n > poll.n && path !== undefined && seen !== undefined && isSamePath(seen, path);
  });
};

const findWrongCreate = (trace: TraceView, seen: Shown, read: Answered): Finding<Code> | undefined => {
  const { result, operation, poll } = seen;
  const name = operation.userName;
  if (operation.method !== 'POST' || name === undefined) return undefined;
  const expected = `the location of ${name}, which was created`;
  const found = responseObject(read)?.userName;
  if (read.response.status === 200)
    return typeof found !== 'string' || isAlike(name, found)
      ? undefined
      : findingOf(seen, 'location-of-another', expected, `it leads to ${found}`, [read]);
  const search = trace.answered('search').find(({ n, subject }) => n > poll.n && subject === name);
  return read.response.status === 404 && search !== undefined && (countFound(search) ?? 0) > 0
    ? findingOf(
        seen,
        'location-leads-nowhere',
        expected,
        `a GET of ${shown(result.location)} is answered 404, and a search finds the user`,
        [read, search],
      )
    : undefined;
};

/** Whether the resource was changed again after its request was completed, by the dates of the provider. */
const isChangedSince = ({ poll }: Pick<Shown, 'poll'>, read: Answered): boolean => {
  const [completed, changed] = [poll, read].map((answer) => {
    const date = atPath(responseObject(answer), 'meta.lastModified');
    return readDateTime(date)?.at ?? NaN;
  });
  return changed !== undefined && completed !== undefined && changed > completed;
};

const findOtherVersion = ({ result, ...seen }: Shown, read: Answered): Finding<Code> | undefined => {
  if (isChangedSince(seen, read)) return undefined;
  const versions = read.response.status === 200 ? tagsIn(read) : [];
  const { version } = result;
  if (version === undefined || versions.length === 0) return undefined;
  return versions.some((each) => isSameTag(each, version))
    ? undefined
    : findingOf(
        { result, ...seen },
        'version-differs',
        `version ${[...new Set(versions)].join(' or ')}, which the resource has, in its result`,
        `it is ${version}`,
        [read],
      );
};

/** Reads are found by their places, and a missing one (its body was too long) would shift them. */
const judgeReads = (trace: TraceView, results: readonly Shown[]): Judgement<Code> =>
  judgeEach(
    (trace.hasCut() ? [] : results).flatMap((seen) => {
      const read = succeeded(seen.result) ? readOf(trace, seen) : undefined;
      return read === undefined ? [] : [{ seen, read }];
    }),
    ({ seen, read }) => findWrongCreate(trace, seen, read) ?? findOtherVersion(seen, read),
  );

export const life11 = defineRequirement({
  id: 'LIFE-11',
  since: '1.1',
  level: 'MUST',
  title:
    "`version` and `location` of a result are those of the resource at that moment; a create's result is 201 and every result has its `method`",
  source: cite('RFC 7644 §3.7.3, D6'),
  needs: { binding: 'any' },
  guide: {
    why: [
      'A result replaces the answer of a synchronous write: the client stores its `location`, and sends its `version` in the next `If-Match`.',
      'If one of them is wrong, the client changes another account, or its next write is refused with 412.',
      'If a create is reported as 200, the client takes the user for one that was there before.',
    ],
    tested: [
      'In every completed request of the run, the result of a create that succeeded has to have the status 201, and that of another write must not have it. In request-mode, each result has to have `method`, and that of a single request has to be the method of the request.',
      '`location` of a single PUT, PATCH or DELETE has to lead to the resource of the request. If such a result has none in request-mode, that is a warning.',
      'In addition, users are created, replaced, patched and deleted, alone and in a bulk request, and each is read right after its result: the location of a create has to lead to the user that was created, and `version`, where it is present, has to be the ETag or `meta.version` of the read, weak or not. A resource that says that it was changed after its request was completed is not compared.',
      'Left to others: results of other operations in a bulk request (BULK-06, EVT-03), a missing location of a create (LIFE-10), the method in completion events (EVT-05).',
    ],
    fix: [
      'Build the result from what the write returned, in the same transaction: its status, the URL of the resource, and its version after the write.',
      'Usual causes: a worker that uses one success status for all methods, the version from before the write, and a location made from the id of the job.',
      'If you cannot tell the version, leave `version` out.',
    ],
  },
  codes,
  from: settling,
  first: resultsOfWrites,
  judge: (trace) => {
    const results = resultsIn(trace);
    return together(
      judgeEach(
        results,
        (seen) => findWrongMethod(seen) ?? findOtherSuccess(seen) ?? findOtherLocation(seen) ?? findNoLocation(seen),
      ),
      judgeReads(trace, results),
    );
  },
});
