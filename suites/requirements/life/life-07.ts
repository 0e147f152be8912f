/** LIFE-07. A finding needs something that certainly belongs to another request: its bulkId, user, counts or values. */
import type { Submission } from '../../../schemas/types.js';
import { resolveLocation } from '../../bindings/locations.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Finding, type Judge, judgeEach, together } from '../../judging/judge.js';
import type { Completion, TraceView } from '../../judging/trace-view.js';
import { normal } from '../../trace/alike.js';
import { responseObject } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';
import { crowded } from '../../scenarios/scenario-sets.js';
import { countsOf, countsInWords } from '../../judging/status-members.js';
import { foreignWords } from '../../judging/history/effects.js';
import { endOf } from './went-back.js';

type Code = 'result-of-another-request' | 'location-of-another-request' | 'counts-of-another-request';

/** A submission, with the facts that are needed again and again when hundreds are in flight together. */
interface Flight {
  readonly submission: Submission;
  /** Milliseconds from the start of the run. */
  readonly from: number;
  readonly to: number;
  readonly bulkIds: ReadonlySet<string>;
  /** Names of the resources that it creates if all goes well. */
  readonly names: ReadonlySet<string>;
}

const flightOf = (trace: TraceView, submission: Submission): Flight => {
  const { operations } = submission;
  const done = trace.completion(submission)?.poll;
  const created = operations.filter(({ method, expected }) => method === 'POST' && expected === 'success');
  return {
    submission,
    from: trace.exchangeOf(submission).at,
    to: done === undefined ? Infinity : endOf(done),
    bulkIds: new Set(operations.flatMap(({ bulkId }) => bulkId ?? [])),
    names: new Set(created.flatMap(({ userName }) => (userName === undefined ? [] : [normal(userName)]))),
  };
};

/** The users to which the results of its creates lead, but whose names are not among its own. */
const foreignUsers = (
  { submission, names }: Flight,
  { results }: Completion,
  readAt: (location: string) => Answered | undefined,
): { read: Answered; name: string }[] =>
  results.flatMap(({ location, index }) => {
    if (submission.operations[index]?.method !== 'POST' || location === undefined) return [];
    const read = readAt(location);
    const name = read === undefined ? undefined : responseObject(read)?.userName;
    return read === undefined || typeof name !== 'string' || names.has(normal(name)) ? [] : [{ read, name }];
  });

/** A part of the results of one request that belongs to another request in flight at the same time. */
const findForeignResult = (
  trace: TraceView,
  flight: Flight,
  others: readonly Flight[],
  readAt: (location: string, asked: Answered) => Answered | undefined,
): Finding<Code> | undefined => {
  const { submission, bulkIds } = flight;
  const completion = trace.completion(submission);
  // ACC-04 judges two requests with one status resource.
  if (completion === undefined || others.some((other) => other.submission.location === submission.location))
    return undefined;
  const { poll, results } = completion;
  const asked = trace.exchangeOf(submission);
  const fail = (
    code: Code,
    [expected, actual]: [string, string],
    other: Flight,
    seen: Answered[] = [],
  ): Finding<Code> => ({
    code,
    expected,
    actual,
    exchanges: [asked, trace.exchangeOf(other.submission), poll, ...seen],
  });
  const foreignIds = results.flatMap(({ bulkId }) => (bulkId === undefined || bulkIds.has(bulkId) ? [] : [bulkId]));
  const users = foreignUsers(flight, completion, (location) => readAt(location, asked));
  const shown = countsOf(responseObject(poll) ?? {});
  for (const other of others) {
    const bulkId = foreignIds.find((id) => other.bulkIds.has(id));
    if (bulkId !== undefined) {
      const actual = `a result is of bulkId ${bulkId}`;
      return fail('result-of-another-request', ['the results of the operations of this request', actual], other);
    }
    const user = users.find(({ name }) => other.names.has(normal(name)));
    if (user !== undefined) {
      const actual = `it leads to ${user.name}, which another request created`;
      return fail(
        'location-of-another-request',
        ['the location of the resource that this request created', actual],
        other,
        [user.read],
      );
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

const judgeResults: Judge<Code> = (trace) => {
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
    ({ flight, others }) => findForeignResult(trace, flight, others, readAt),
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
      'A client stores the `location` that it gets with the person it has created.',
      'If results of two requests are mixed up, the client later changes or deletes the account of somebody else.',
    ],
    tested: [
      'Many creates, random interleavings and bulk requests of different sizes are in flight at a time.',
      'Each completed request is compared with those that overlapped it in time: no result may have a `bulkId` of another request, no `location` may lead to a user that another request created, and the counts must not be those of another request.',
      'No resource may show a value that was written to another resource.',
      'Two requests with one status resource are left to ACC-04.',
    ],
    fix: [
      'Look for state that requests share: a field of a singleton, a variable that a callback captures, a buffer of a worker, a map whose key is the client, the `bulkId` or the place in the request.',
      'Store results under the id of the request and the place of the operation.',
      'The fault may show only under load: repeat the run with the same seed.',
    ],
  },
  codes: {
    'result-of-another-request': 'a result has the bulkId of another request',
    'location-of-another-request': 'the location of a result leads to a resource that another request created',
    'counts-of-another-request': 'the counts are those of another request',
    'word-of-another-request': 'a resource shows a value that was written to another resource',
  },
  from: crowded,
  judge: (trace) => together<Code | 'word-of-another-request'>(judgeResults(trace), foreignWords(trace)),
});
