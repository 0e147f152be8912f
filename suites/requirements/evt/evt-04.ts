/**
 * EVT-04. Only tokens are counted: results in another form are no events. A token that is issued again counts once, and has
 * to tell the same end.
 */
import type { Exchange, ReceivedToken, Submission } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { readOperation } from '../../bindings/operation-result.js';
import { shown } from '../../judging/describe.js';
import { type Finding, judgeEach, type Judgement, notApplicable, together } from '../../judging/judge.js';
import { isStillMoving } from '../../judging/still-moving.js';
import { isSamePath } from '../../judging/same-path.js';
import type { TraceView } from '../../judging/trace-view.js';
import { completionOf, suffixOf, txnOf } from '../../security-events/security-event-token.js';
import { isObject, textOf } from '../../trace/message.js';
import { answered } from '../../scenarios/scenario-sets.js';
import { completions, hasOnlyBareResults, noToken } from './each-token.js';

const codes = {
  'event-missing': 'a bulk request has fewer completion events than operations',
  'event-too-many': 'a bulk request has more completion events than operations',
  'events-contradict': 'two completion events of one operation differ in status, method or location',
};

type Code = keyof typeof codes;

/** The exchange that brought the last completion event of a submission. */
const lastExchange = (trace: TraceView, events: readonly ReceivedToken[]): readonly Exchange[] => {
  const last = events.at(-1);
  return last === undefined ? [] : [trace.exchangeAt(last.exchange)];
};

const eventsAtResult = {
  point: 'how many events of a bulk request a GET of its result shows',
  readings: [
    'all of them, because the Location leads to the result of the request (RFC 9967 §2.5.1.1)',
    'some of them, because each operation has an event of its own, which is delivered (RFC 9967 §2.5.1.2)',
  ],
} as const;

/** The number of operations that events report. */
const countDifferent = (events: readonly ReceivedToken[]): number => {
  // A token that is issued again for the same operation has the same txn (RFC 9967 §2.2).
  const different = new Set(
    events.map(({ claims }) => {
      const payload = completionOf(claims);
      return `${txnOf(claims) ?? ''} ${isObject(payload) ? textOf(payload.bulkId) : ''}`;
    }),
  );
  return different.size;
};

/** Whether tokens of this request were received, or could have been, and not only read at its result URI. */
const isDelivered = (trace: TraceView, submission: Submission, events: readonly ReceivedToken[]): boolean =>
  events.some(({ via }) => via !== 'result') ||
  trace.answered('event-poll').some(({ n, response }) => n > submission.n && response.status === 200);

const judgeCounts = (trace: TraceView): Judgement<Code> => {
  const bulks = trace
    .accepted()
    .filter(
      ({ submission }) =>
        submission.shape === 'bulk' &&
        trace.settlement(submission) !== undefined &&
        // LIFE-01 judges one that is still under way.
        !isStillMoving(trace, submission),
    )
    .map(({ submission, exchange }) => ({ submission, exchange, events: completions(trace, submission) }));
  // If no event came at all, LIFE-01 judges that.
  const told = bulks.filter(({ events }) => events.length > 0);
  const isOpen = ({ submission, events }: (typeof told)[number]): boolean =>
    countDifferent(events) < submission.operations.length && !isDelivered(trace, submission, events);
  const open = told.find(isOpen);
  const judgement = judgeEach(
    told.filter((bulk) => !isOpen(bulk)),
    ({ submission, exchange, events }): Finding<Code> | undefined => {
      const count = countDifferent(events);
      const wanted = submission.operations.length;
      return count === wanted
        ? undefined
        : {
            code: count < wanted ? 'event-missing' : 'event-too-many',
            expected: `${wanted} completion events, one for each operation`,
            actual: `there are ${count}`,
            exchanges: [exchange, ...lastExchange(trace, events)],
          };
    },
  );
  if (open === undefined) return judgement;
  const seen = `shows ${countDifferent(open.events)} of ${open.submission.operations.length}`;
  return { ...judgement, ambiguities: [{ ...eventsAtResult, seen }] };
};

/** The operation that an event is about; undefined if it does not say which one of several. */
const operationOf = ({ shape, txn = '' }: Submission, { claims }: ReceivedToken): string | undefined => {
  if (shape === 'single') return '';
  const payload = completionOf(claims);
  const { bulkId } = readOperation(isObject(payload) ? payload : {}, 0);
  const suffix = suffixOf(txnOf(claims), txn);
  return suffix === undefined && bulkId === undefined ? undefined : `${suffix ?? ''} ${bulkId ?? ''}`;
};

const lastSegment = (location: string): string =>
  location
    .replace(/[?#].*$/, '')
    .split('/')
    .at(-1) ?? '';

/** What a completion event says of its operation, by member. Only the end of a location is compared: it may be relative. */
const toldBy = ({ claims }: ReceivedToken): Readonly<Record<string, string | undefined>> => {
  const payload = completionOf(claims);
  const { status, method, location } = readOperation(isObject(payload) ? payload : {}, 0);
  return {
    status,
    method: method?.toUpperCase(),
    location: location === undefined ? undefined : lastSegment(location),
  };
};

/** How a later event differs from an earlier one of the same operation, as a clause; members that one lacks do not count. */
const contradiction = (earlier: ReceivedToken, later: ReceivedToken): string | undefined => {
  const [first, second] = [toldBy(earlier), toldBy(later)];
  const name = Object.keys(first).find((each) => {
    const [one, other] = [first[each], second[each]];
    return one !== undefined && other !== undefined && !isSamePath(one, other);
  });
  return name === undefined
    ? undefined
    : `one says ${name} ${shown(first[name])}, and another ${name} ${shown(second[name])}`;
};

/** Every event after the first one of its operation. */
const judgeRepetitions = (trace: TraceView): Judgement<Code> => {
  const repeated = trace.accepted().flatMap(({ submission, exchange }) => {
    const first = new Map<string, ReceivedToken>();
    return completions(trace, submission).flatMap((event) => {
      const operation = operationOf(submission, event);
      if (operation === undefined) return [];
      const earlier = first.get(operation);
      first.set(operation, earlier ?? event);
      return earlier === undefined ? [] : [{ exchange, earlier, event }];
    });
  });
  return judgeEach(repeated, ({ exchange, earlier, event }): Finding<Code> | undefined => {
    const actual = contradiction(earlier, event);
    return actual === undefined
      ? undefined
      : {
          code: 'events-contradict',
          expected: 'all completion events of one operation to tell the same end',
          actual,
          exchanges: [exchange, trace.exchangeAt(earlier.exchange), trace.exchangeAt(event.exchange)],
        };
  });
};

export const evt04 = defineRequirement({
  id: 'EVT-04',
  since: '1.0',
  level: 'MUST',
  title: 'one completion event for each operation of a bulk',
  source: cite('RFC 9967 §2.5.1.2'),
  needs: { binding: 'respond-async' },
  guide: {
    why: [
      'For a client a bulk request is done when it has an event for every operation.',
      'If one event is missing, the client waits until its deadline and does not know whether that user exists.',
      'If one event says 503 and another 201, the client creates the user again, or believes in a user that is not there.',
    ],
    tested: [
      'After a bulk request there have to be as many different completion events (by `txn` and `bulkId`) as operations, whether these succeeded, failed or were stopped by `failOnErrors`.',
      'The suite waits until the deadline (60 seconds, `--deadline`); if no event comes at all, LIFE-01 judges that.',
      'A token that is sent again counts once, also with a new `jti`. Two completion events of one operation, in a bulk request or alone, must not differ in `status`, `method` or `location`.',
      'Only tokens are counted: results in another form are not judged here.',
    ],
    fix: [
      'Issue an event for every operation at the place in the code that stores its result: for successes, for failures, and for operations that `failOnErrors` stops, with `"status": "424"`.',
      'Issue it once, when the operation is at its end: an attempt that is tried again has no event.',
      'Often only failures are reported, or a code path that returns early issues none.',
    ],
  },
  codes,
  from: answered,
  judge: (trace) =>
    hasOnlyBareResults(trace) ? notApplicable(noToken) : together(judgeCounts(trace), judgeRepetitions(trace)),
});
