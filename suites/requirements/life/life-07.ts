/** LIFE-07. Only what belongs to another request for sure counts: its bulkId, its user, its counts, its words. */
import type { Submission } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, type Judge, judgeEach, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { responseObject } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';
import { crowded } from '../../scenarios/scenario-sets.js';
import { countsOf, countsInWords } from '../../judging/status-members.js';
import { foreignWords } from '../../judging/history/effects.js';
import { endOf } from './went-back.js';

type Code = 'result-of-another-request' | 'location-of-another-request' | 'counts-of-another-request';

/** Submissions that were under way at the same time as this one. */
const besides = (trace: TraceView, submission: Submission): Submission[] => {
  const span = (each: Submission): [number, number] => {
    const done = trace.completion(each)?.poll;
    return [trace.asking(each).at, done === undefined ? Infinity : endOf(done)];
  };
  const [from, to] = span(submission);
  return trace
    .submissions()
    .filter((other) => other !== submission && other.accepted && span(other)[0] <= to && span(other)[1] >= from);
};

/** Names of what a request creates, if all goes well. */
const createdNames = ({ operations }: Submission): Set<string> =>
  new Set(
    operations
      .filter(({ method, expected }) => method === 'POST' && expected === 'success')
      .flatMap(({ userName }) => userName?.toLowerCase() ?? []),
  );

const bulkIdsOf = ({ operations }: Submission): Set<string> =>
  new Set(operations.flatMap(({ bulkId }) => bulkId ?? []));

/** What in the results of one request belongs to another that was in flight with it. */
const stolen = (trace: TraceView, submission: Submission, others: readonly Submission[]): Finding<Code> | undefined => {
  const completion = trace.completion(submission);
  // One status for two requests is ACC-04's.
  if (completion === undefined || others.some(({ location }) => location === submission.location)) return undefined;
  const { poll, results } = completion;
  const asked = trace.asking(submission);
  const fail = (
    code: Code,
    [expected, actual]: [string, string],
    other: Submission,
    seen: Answered[] = [],
  ): Finding<Code> => ({
    code,
    expected,
    actual,
    exchanges: [asked, trace.asking(other), poll, ...seen],
  });
  const own = bulkIdsOf(submission);
  for (const other of others) {
    const foreign = results.find(
      ({ bulkId }) => bulkId !== undefined && !own.has(bulkId) && bulkIdsOf(other).has(bulkId),
    );
    if (foreign !== undefined) {
      const actual = `a result is of bulkId ${foreign.bulkId ?? ''}`;
      return fail('result-of-another-request', ['the results of the own operations', actual], other);
    }
    const names = createdNames(other);
    const ownNames = createdNames(submission);
    for (const { location, index } of results) {
      if (submission.operations[index]?.method !== 'POST') continue;
      const read = location === undefined ? undefined : readOf(trace, location, asked);
      const name = read === undefined ? undefined : responseObject(read)?.userName;
      if (read === undefined || typeof name !== 'string' || ownNames.has(name.toLowerCase())) continue;
      if (names.has(name.toLowerCase())) {
        const actual = `it is that of ${name}, of another request`;
        return fail('location-of-another-request', ['the location of the own resource', actual], other, [read]);
      }
    }
    const theirs = trace.completion(other)?.poll;
    const shown = countsOf(responseObject(poll) ?? {});
    const shownThere = theirs === undefined ? undefined : countsOf(responseObject(theirs) ?? {});
    const [size, otherSize] = [submission.operations.length, other.operations.length];
    if (shown !== undefined && size !== otherSize && shown.total === otherSize && shownThere?.total === size) {
      const actual = `they are those of another request: ${countsInWords(shown)}`;
      return fail('counts-of-another-request', [`counts of ${size} operations`, actual], other);
    }
  }
  return undefined;
};

const readOf = (trace: TraceView, location: string, asked: Answered): Answered | undefined => {
  if (!URL.canParse(location, asked.request.url)) return undefined;
  const { href } = new URL(location, asked.request.url);
  return trace.answered('read').find(({ request, response }) => request.url === href && response.status === 200);
};

const usual: Judge<Code> = (trace) =>
  judgeEach(
    trace
      .submissions()
      .filter(({ accepted }) => accepted)
      .map((submission) => ({ submission, others: besides(trace, submission) }))
      .filter(({ submission, others }) => others.length > 0 && trace.completion(submission) !== undefined),
    ({ submission, others }) => stolen(trace, submission, others),
  );

export const life07 = defineRequirement({
  id: 'LIFE-07',
  since: '1.0',
  level: 'MUST',
  title: "requests in flight together do not disturb each other's counts or results",
  source: cite('P-D'),
  needs: { binding: 'any' },
  guide: {
    why: [
      'A client files the `location` that it is given under the person it has created.',
      'Where results of two requests are mixed up, it later changes or deletes somebody else’s account.',
    ],
    tested: [
      'Many creates, random interleavings and bulk requests of different sizes are in flight at a time.',
      'For each completed request, beside those that overlapped it: no result may bear a `bulkId` of another one, no `location` may lead to a user that another one created, and the counts may not be those of another one.',
      'No resource may show a value that was written to another one.',
      'Two requests with one status resource are left to ACC-04.',
    ],
    fix: [
      'Look for state that requests share: a field of a singleton, a variable that a callback captures, a buffer of a worker, a map whose key is the client, the `bulkId` or the place in the request.',
      'Keep results under the id of the request and the place of the operation.',
      'It may show only under load: repeat the run with the same seed.',
    ],
  },
  codes: {
    'result-of-another-request': 'a result has the bulkId of another request',
    'location-of-another-request': 'the location of a result leads to what another request created',
    'counts-of-another-request': 'the counts are those of another request',
    'word-of-another-request': 'a resource shows what was written to another one',
  },
  from: crowded,
  judge: (trace) => together<Code | 'word-of-another-request'>(usual(trace), foreignWords(trace)),
});
