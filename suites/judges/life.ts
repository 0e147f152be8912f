/** LIFE-01, 02, 03, 07, 09 and 10: how an accepted request goes from its 202 to its end. */
import { isDeepStrictEqual } from 'node:util';
import { validate } from '../../schemas/validators.js';
import type { Exchange, Submission } from '../../schemas/types.js';
import { completionOf } from '../security-events/security-event-token.js';
import { asyncRequestOf } from '../target/security-events.js';
import { isObject, responseObject, textOf, withoutNulls } from '../trace/message.js';
import { isAnswered, type Answered } from '../trace/trace.js';
import { isUnavailable, type Completion, type StatusSighting, type TraceView } from '../trace/trace-view.js';
import { clip, describeBody, describeViolations } from './describe.js';
import { judgeEach, notApplicable, together, type Finding, type Judge, type Judgement } from './judge.js';
import { leftPending } from './bulk-requests.js';
import { booleansOf, countsOf, profileMembers, said } from './status-members.js';

const endOf = ({ at, took }: Exchange): number => at + took;

/**
 * Every accepted request completes within the deadline. Those of a burst are RATE-05's, what was stopped is BULK-03's
 * or CNCL-01's, and completion events of which only some came are EVT-04's.
 */
export const life01: Judge = (trace) =>
  judgeEach(
    (trace.trace.scenario === 'burst' ? [] : trace.submissions()).flatMap((submission) => {
      const settlement = trace.settlement(submission);
      return settlement === undefined ||
        trace.isCancelled(submission.n) ||
        isPartly(trace, submission) ||
        leftPending(trace, submission) !== undefined
        ? []
        : [{ submission, settlement }];
    }),
    ({ submission, settlement }) => {
      const expected = 'the accepted request to complete';
      const asked = trace.asking(submission);
      if (settlement.outcome === 'deadline') {
        const actual = `it is still pending after ${(settlement.waited / 1000).toFixed(1)} s`;
        return { expected, actual, exchanges: [asked, ...trace.statusReads(submission).slice(-1)] };
      }
      const lost = lostWhilePending(trace, submission);
      return settlement.outcome === 'unreadable' && lost.length > 0
        ? { expected, actual: 'its status was pending, and is answered 404', exchanges: [asked, ...lost] }
        : undefined;
    },
  );

/** Whether completion events of some operations of a bulk request came, and of others not. */
const isPartly = (trace: TraceView, submission: Submission): boolean =>
  submission.shape === 'bulk' &&
  trace.completion(submission) === undefined &&
  trace.tokens(submission).some(({ claims }) => completionOf(claims) !== undefined);

/** The last look that saw a request pending, and the 404 that followed: only what is completed may be forgotten. */
const lostWhilePending = (trace: TraceView, submission: Submission): Answered[] => {
  // At a result URI a 404 may say that it is pending (profile §7, clarification 5).
  if (submission.binding !== 'request-mode') return [];
  const reads = trace.statusReads(submission).filter(({ credential }) => credential === 'primary');
  const last = reads.at(-1);
  const before = reads.at(-2);
  const wasPending = before !== undefined && booleansOf(responseObject(before) ?? {})?.completed === false;
  return last?.response.status === 404 && wasPending ? [before, last] : [];
};

/** Pairs of sightings of one submission of which the first was over before the second began. */
const pairsOf = (sightings: readonly StatusSighting[]): [StatusSighting, StatusSighting][] =>
  sightings.slice(1).flatMap((later, index): [StatusSighting, StatusSighting][] => {
    const earlier = sightings
      .slice(0, index + 1)
      .filter(({ exchange }) => endOf(exchange) <= later.exchange.at)
      .at(-1);
    return earlier === undefined ? [] : [[earlier, later]];
  });

const wentBack = (earlier: StatusSighting, later: StatusSighting): string | undefined => {
  const [was, is] = [countsOf(earlier.status), countsOf(later.status)];
  if (was !== undefined && is !== undefined) {
    if (is.success < was.success) return `success falls from ${was.success} to ${is.success}`;
    if (is.failed < was.failed) return `failed falls from ${was.failed} to ${is.failed}`;
    if (is.pending > was.pending) return `pending rises from ${was.pending} to ${is.pending}`;
  }
  const reverted = booleansOf(earlier.status)?.completed === true && booleansOf(later.status)?.completed === false;
  return reverted ? 'completed is false again' : undefined;
};

/** What only a status resource shows is not judged where there is none (profile §7, clarification 1). */
export const ofStatusResources =
  (judge: Judge): Judge =>
  (trace) =>
    trace.target.bindings['request-mode'] === undefined
      ? notApplicable('The respond-async binding shows neither counts nor a status that changes.')
      : judge(trace);

/** success and failed never fall, pending never rises, completed never reverts. */
export const life02: Judge = ofStatusResources((trace) =>
  together(
    ...trace.histories().map(({ sightings }) =>
      judgeEach(pairsOf(sightings), ([earlier, later]) => {
        const back = wentBack(earlier, later);
        return back === undefined
          ? undefined
          : {
              expected: 'the counts and completed to go forward only',
              actual: back,
              exchanges: [earlier.exchange, later.exchange],
            };
      }),
    ),
  ),
);

/** After completion the status resource does not change; going back from completed is LIFE-02's. */
export const life03: Judge = ofStatusResources((trace) =>
  together(
    ...trace.histories().map(({ submission, sightings }) => {
      // Completed with something pending contradicts itself, and that is STAT-05's.
      const completed = sightings.find(
        ({ status, seen }) =>
          seen === 'read' && booleansOf(status)?.completed === true && (countsOf(status)?.pending ?? 0) === 0,
      );
      if (completed === undefined) return together();
      const later = trace
        .statusReads(submission)
        .filter(({ at, credential }) => at >= endOf(completed.exchange) && credential === 'primary')
        .filter(({ request, variant }) => request.method === 'GET' && variant?.startsWith('wrong') !== true)
        .filter(({ purpose, response }) => purpose !== 'status-conditional' && response.status === 200);
      return judgeEach(later, (exchange): Finding | undefined => {
        const body = responseObject(exchange);
        if (body === undefined || booleansOf(body)?.completed === false) return undefined;
        const [was, is] = [profileMembers(completed.status), profileMembers(body)];
        const wentBackToo = wentBack(completed, { ...completed, exchange, status: body }) !== undefined;
        return wentBackToo || isDeepStrictEqual(was, is)
          ? undefined
          : {
              expected: 'the status resource to stay as it was when it was completed',
              actual: `it is ${clip(JSON.stringify(is))}`,
              exchanges: [completed.exchange, exchange],
            };
      });
    }),
  ),
);

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
const stolen = (trace: TraceView, submission: Submission, others: readonly Submission[]): Finding | undefined => {
  const completion = trace.completion(submission);
  // One status for two requests is ACC-04's.
  if (completion === undefined || others.some(({ location }) => location === submission.location)) return undefined;
  const { poll, results } = completion;
  const asked = trace.asking(submission);
  const fail = (expected: string, actual: string, other: Submission, seen: Answered[] = []): Finding => ({
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
      return fail('the results of the own operations', `a result is of bulkId ${foreign.bulkId ?? ''}`, other);
    }
    const names = createdNames(other);
    const ownNames = createdNames(submission);
    for (const { location, index } of results) {
      if (submission.operations[index]?.method !== 'POST') continue;
      const read = location === undefined ? undefined : readOf(trace, location, asked);
      const name = read === undefined ? undefined : responseObject(read)?.userName;
      if (read === undefined || typeof name !== 'string' || ownNames.has(name.toLowerCase())) continue;
      if (names.has(name.toLowerCase())) {
        return fail('the location of the own resource', `it is that of ${name}, of another request`, other, [read]);
      }
    }
    const theirs = trace.completion(other)?.poll;
    const shown = countsOf(responseObject(poll) ?? {});
    const shownThere = theirs === undefined ? undefined : countsOf(responseObject(theirs) ?? {});
    const [size, otherSize] = [submission.operations.length, other.operations.length];
    if (shown !== undefined && size !== otherSize && shown.total === otherSize && shownThere?.total === size) {
      return fail(`counts of ${size} operations`, `they are those of another request: ${said(shown)}`, other);
    }
  }
  return undefined;
};

const readOf = (trace: TraceView, location: string, asked: Answered): Answered | undefined => {
  if (!URL.canParse(location, asked.request.url)) return undefined;
  const { href } = new URL(location, asked.request.url);
  return trace.answered('read').find(({ request, response }) => request.url === href && response.status === 200);
};

/** Requests in flight together do not disturb each other's counts or results. */
export const life07: Judge = (trace) =>
  judgeEach(
    trace
      .submissions()
      .filter(({ accepted }) => accepted)
      .map((submission) => ({ submission, others: besides(trace, submission) }))
      .filter(({ submission, others }) => others.length > 0 && trace.completion(submission) !== undefined),
    ({ submission, others }) => stolen(trace, submission, others),
  );

/** Synchronous requests are served while asynchronous ones are pending. */
export const life09: Judge = (trace) => {
  const submission = trace.submissions()[0];
  if (submission === undefined) return together();
  const isPending = (exchange: Answered | undefined): boolean => trace.isPending(exchange);
  const before = trace.variant('before', 'status-read')[0];
  const after = trace.variant('after', 'status-read')[0];
  /** Milliseconds that the same takes where nothing is pending. */
  const idle = ({ request: { method } }: Exchange): number | undefined =>
    trace.variant('idle', 'meanwhile').find(({ request }) => request.method === method)?.took;
  const meanwhile = trace
    .all()
    .filter(({ purpose, variant }) => purpose === 'meanwhile' && variant === 'pending')
    // Enough is enough, whatever else is pending: RATE judges that.
    .filter((exchange) => !isAnswered(exchange) || !isUnavailable(exchange));
  if (!isPending(before)) return together();
  return judgeEach(
    // What was answered while the other was pending for sure, and what was not answered well at all.
    meanwhile.filter(
      (exchange) => isPending(after) || !isAnswered(exchange) || exchange.response.status >= 400 || wasHeldUp(exchange),
    ),
    (exchange): Finding | undefined => {
      const about = `${exchange.request.method} while an asynchronous request is pending`;
      const exchanges = [trace.asking(submission), exchange, ...(after === undefined ? [] : [after])];
      if (!isAnswered(exchange)) {
        return { expected: `an answer to a ${about}`, actual: exchange.failure?.message ?? 'there is none', exchanges };
      }
      const { status } = exchange.response;
      if (status >= 400) return { expected: `success of a ${about}`, actual: `the answer is ${status}`, exchanges };
      return after !== undefined && !isPending(after) && wasHeldUp(exchange)
        ? {
            expected: `a ${about} to be served meanwhile`,
            actual: `it took ${Math.round(exchange.took)} ms, until the other was completed, against ${Math.round(idle(exchange) ?? 0)} ms before`,
            exchanges,
          }
        : undefined;
    },
  );

  /** Much slower than the same was before: held up until the other request was done. Who says `long` may let all writes wait. */
  function wasHeldUp(exchange: Exchange): boolean {
    const usual = idle(exchange);
    return asyncRequestOf(trace.target) !== 'long' && usual !== undefined && exchange.took > 5 * usual + 100;
  }
};

/** After completion every failed operation's SCIM error, and every created resource's location, can be read. */
export const life10: Judge = (trace) =>
  together(
    ...trace
      .submissions()
      .filter(({ accepted }) => accepted)
      .map((submission) => {
        const completion = trace.completion(submission);
        if (completion === undefined) return together();
        const { poll, results } = completion;
        if (submission.binding === 'respond-async') return locationsOf(trace, submission, completion);
        const operations: unknown = responseObject(poll)?.Operations;
        const fail = (expected: string, actual: string): Finding => ({
          expected,
          actual,
          exchanges: [trace.asking(submission), poll],
        });
        if (!Array.isArray(operations) || operations.length === 0) {
          return judgeEach([submission], () => fail('Operations after completion', describeBody(poll)));
        }
        const numeric: unknown = operations.find(
          (operation) => isObject(operation) && typeof operation.status !== 'string',
        );
        if (numeric !== undefined) {
          return judgeEach([submission], () =>
            fail('results whose status is a string (RFC 7644 §3.7.3)', clip(JSON.stringify(numeric))),
          );
        }
        return judgeEach(results, ({ status, method, location, response }, index) => {
          if (Number(status) >= 400) {
            const validation = validate('scim/error', withoutNulls(response));
            if (!validation.valid) {
              return fail(
                `the SCIM error of operation ${index} as its response`,
                response === undefined ? 'there is none' : describeViolations(validation.violations),
              );
            }
            return isObject(response) && response.status === status
              ? undefined
              : fail(
                  `an error of status ${status ?? ''}, as the result says`,
                  `it says ${textOf((response as { status?: unknown }).status)}`,
                );
          }
          const creates = (method ?? submission.operations[index]?.method) === 'POST';
          return creates && location === undefined
            ? fail(`the location of the resource that operation ${index} created`, 'there is none')
            : undefined;
        });
      }),
  );

/** Of completion events the errors are EVT-05's: here it is that what was created can be found. */
const locationsOf = (trace: TraceView, submission: Submission, { poll, results }: Completion): Judgement =>
  judgeEach(
    results.filter(({ status, index }) => Number(status) < 300 && submission.operations[index]?.method === 'POST'),
    ({ location, index }) =>
      location === undefined
        ? {
            expected: `the location of the resource that operation ${index} created, in its result or as the subject of its event`,
            actual: 'there is none',
            exchanges: [trace.asking(submission), poll],
          }
        : undefined,
  );
