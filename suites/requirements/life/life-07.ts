/** LIFE-07. Only what belongs to another request for sure counts: its bulkId, its user, its counts, its words. */
import type { Submission } from '../../../schemas/types.js';
import { resolveLocation } from '../../bindings/locations.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, type Judge, judgeEach, together } from '../../judging/judge.js';
import type { Completion, TraceView } from '../../judging/trace-view.js';
import { responseObject } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';
import { crowded } from '../../scenarios/scenario-sets.js';
import { countsOf, countsInWords } from '../../judging/status-members.js';
import { foreignWords } from '../../judging/history/effects.js';
import { endOf } from './went-back.js';

type Code = 'result-of-another-request' | 'location-of-another-request' | 'counts-of-another-request';

/** A submission, and what is asked of it again and again where hundreds are in flight together. */
interface Flight {
  readonly submission: Submission;
  /** Milliseconds from the start of the run. */
  readonly from: number;
  readonly to: number;
  readonly bulkIds: ReadonlySet<string>;
  /** Names of what it creates, if all goes well. */
  readonly names: ReadonlySet<string>;
}

const flightOf = (trace: TraceView, submission: Submission): Flight => {
  const { operations } = submission;
  const done = trace.completion(submission)?.poll;
  const created = operations.filter(({ method, expected }) => method === 'POST' && expected === 'success');
  return {
    submission,
    from: trace.asking(submission).at,
    to: done === undefined ? Infinity : endOf(done),
    bulkIds: new Set(operations.flatMap(({ bulkId }) => bulkId ?? [])),
    names: new Set(created.flatMap(({ userName }) => userName?.toLowerCase() ?? [])),
  };
};

/** The users that the results of its creates lead to, and that do not bear a name of its own. */
const foreignUsers = (
  { submission, names }: Flight,
  { results }: Completion,
  readAt: (location: string) => Answered | undefined,
): { read: Answered; name: string }[] =>
  results.flatMap(({ location, index }) => {
    if (submission.operations[index]?.method !== 'POST' || location === undefined) return [];
    const read = readAt(location);
    const name = read === undefined ? undefined : responseObject(read)?.userName;
    return read === undefined || typeof name !== 'string' || names.has(name.toLowerCase()) ? [] : [{ read, name }];
  });

/** What in the results of one request belongs to another that was in flight with it. */
const stolen = (
  trace: TraceView,
  flight: Flight,
  others: readonly Flight[],
  readAt: (location: string, asked: Answered) => Answered | undefined,
): Finding<Code> | undefined => {
  const { submission, bulkIds } = flight;
  const completion = trace.completion(submission);
  // One status for two requests is ACC-04's.
  if (completion === undefined || others.some((other) => other.submission.location === submission.location))
    return undefined;
  const { poll, results } = completion;
  const asked = trace.asking(submission);
  const fail = (
    code: Code,
    [expected, actual]: [string, string],
    other: Flight,
    seen: Answered[] = [],
  ): Finding<Code> => ({
    code,
    expected,
    actual,
    exchanges: [asked, trace.asking(other.submission), poll, ...seen],
  });
  const foreignIds = results.flatMap(({ bulkId }) => (bulkId === undefined || bulkIds.has(bulkId) ? [] : [bulkId]));
  const users = foreignUsers(flight, completion, (location) => readAt(location, asked));
  const shown = countsOf(responseObject(poll) ?? {});
  for (const other of others) {
    const bulkId = foreignIds.find((id) => other.bulkIds.has(id));
    if (bulkId !== undefined) {
      const actual = `a result is of bulkId ${bulkId}`;
      return fail('result-of-another-request', ['the results of the own operations', actual], other);
    }
    const user = users.find(({ name }) => other.names.has(name.toLowerCase()));
    if (user !== undefined) {
      const actual = `it is that of ${user.name}, of another request`;
      return fail('location-of-another-request', ['the location of the own resource', actual], other, [user.read]);
    }
    const [size, otherSize] = [submission.operations.length, other.submission.operations.length];
    if (shown === undefined || size === otherSize || shown.total !== otherSize) continue;
    const theirs = trace.completion(other.submission)?.poll;
    const shownThere = theirs === undefined ? undefined : countsOf(responseObject(theirs) ?? {});
    if (shownThere?.total === size) {
      const actual = `they are those of another request: ${countsInWords(shown)}`;
      return fail('counts-of-another-request', [`counts of ${size} operations`, actual], other);
    }
  }
  return undefined;
};

const usual: Judge<Code> = (trace) => {
  const flights = trace
    .submissions()
    .filter(({ accepted }) => accepted)
    .map((submission) => flightOf(trace, submission));
  const reads = new Map<string, Answered>();
  for (const read of trace.answered('read'))
    if (read.response.status === 200 && !reads.has(read.request.url)) reads.set(read.request.url, read);
  const readAt = (location: string, asked: Answered): Answered | undefined =>
    reads.get(resolveLocation(location, asked.request.url) ?? '');
  return judgeEach(
    flights
      .map((flight) => ({
        flight,
        others: flights.filter((other) => other !== flight && other.from <= flight.to && other.to >= flight.from),
      }))
      .filter(({ flight, others }) => others.length > 0 && trace.completion(flight.submission) !== undefined),
    ({ flight, others }) => stolen(trace, flight, others, readAt),
  );
};

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
