/** EVT-07. Only tokens about requests of this trace have to come again: the stream may have tokens for other requests. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { clip, describeBody, shown } from '../../judging/describe.js';
import { type Finding, judgeEach, type Judgement, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { eventPoll, eventPollSteps } from '../../scenarios/respond-async/event-poll.js';
import { setsAbout, setsIn } from '../../security-events/security-event-token.js';
import { reducedTo } from '../../security-events/reduced-exchange.js';
import { hasBody, isObject, type JsonObject, requestJson, responseJsonAsSent } from '../../trace/message.js';
import { isStep, type Step } from '../../trace/step.js';
import type { Answered } from '../../trace/trace.js';

/** The names of the tokens in the answer to a poll that are about requests of this trace. */
const ownKeys = (trace: TraceView, answer: Answered): string[] =>
  setsAbout(responseJsonAsSent(answer), new Set(trace.submissions().map(({ txn }) => txn))).map(({ key }) => key);

/** The polls that the scenario itself sent. Copies of polls that brought a token for another wait have no step. */
const ownPolls = (trace: TraceView): Answered[] =>
  trace.answered('event-poll').filter((poll) => isStep(poll, ...Object.values(eventPollSteps)));

type Code =
  | 'poll-refused'
  | 'sets-missing'
  | 'set-not-a-string'
  | 'more-available-not-boolean'
  | 'unacknowledged-set-lost'
  | 'max-events-ignored'
  | 'more-available-not-said'
  | 'acknowledged-set-sent-again';

const wellFormed = (poll: Answered): Finding<Code> | undefined => {
  const exchanges = [poll];
  if (poll.response.status !== 200) {
    const actual = `the answer is ${poll.response.status}`;
    return { code: 'poll-refused', expected: '200 to a poll (RFC 8936 §2.3)', actual, exchanges };
  }
  const body = responseJsonAsSent(poll);
  if (!isObject(body) || !isObject(body.sets)) {
    const actual = hasBody(poll) ? describeBody(poll) : 'there is no body';
    return { code: 'sets-missing', expected: 'a JSON object with the object «sets»', actual, exchanges };
  }
  const other = Object.entries(body.sets).find(([, set]) => typeof set !== 'string');
  if (other !== undefined) {
    const actual = `«${other[0]}» is ${clip(JSON.stringify(other[1]))}`;
    return { code: 'set-not-a-string', expected: 'each of «sets» to be a string', actual, exchanges };
  }
  if (body.moreAvailable === undefined || typeof body.moreAvailable === 'boolean') return undefined;
  const actual = `it is ${clip(JSON.stringify(body.moreAvailable))}`;
  return { code: 'more-available-not-boolean', expected: 'moreAvailable to be a boolean', actual, exchanges };
};

/** The last poll of a step, if its answer has the right form: an answer without `sets` cannot be judged further. */
const lastOf = (trace: TraceView, step: Step): { poll: Answered; body: JsonObject } | undefined => {
  const poll = trace.variant(step, 'event-poll').at(-1);
  const body = poll?.response.status === 200 ? responseJsonAsSent(poll) : undefined;
  return poll === undefined || !isObject(body) || !isObject(body.sets) ? undefined : { poll, body };
};

/** Names of tokens about requests of this trace that came before the first acknowledgement. */
const seenAtFirst = (trace: TraceView): ReadonlySet<string> =>
  new Set(trace.variant(eventPollSteps.untilThere, 'event-poll').flatMap((poll) => ownKeys(trace, poll)));

/** What a poll acknowledges. */
const ackOf = (poll: Answered): unknown[] => {
  const request = requestJson(poll);
  return isObject(request) && Array.isArray(request.ack) ? request.ack : [];
};

/** A token that was not acknowledged has to come again, whatever others were. */
const judgeUnacknowledged = (trace: TraceView): Judgement<Code> => {
  const waiting = [eventPollSteps.notAcknowledged, eventPollSteps.acknowledgingOne]
    .flatMap((step) => lastOf(trace, step) ?? [])
    .map((again) => {
      const ack = ackOf(again.poll);
      return { ...again, keys: [...seenAtFirst(trace)].filter((key) => !ack.includes(key)) };
    })
    .filter(({ keys }) => keys.length > 0);
  return judgeEach(waiting, ({ poll, body, keys }) => {
    const sent = ownKeys(trace, poll);
    const missing = keys.find((key) => !sent.includes(key));
    return missing === undefined || body.moreAvailable === true
      ? undefined
      : {
          code: 'unacknowledged-set-lost',
          expected: `SET ${missing}, which was not acknowledged, to be sent again`,
          actual: 'it is not sent',
          exchanges: [poll],
        };
  });
};

/** `maxEvents` is a limit, and `moreAvailable` has to say that more tokens are waiting. */
const judgeOneAtMost = (trace: TraceView): Judgement<Code> => {
  const seen = seenAtFirst(trace);
  const single = lastOf(trace, eventPollSteps.oneAtMost);
  return judgeEach(
    single === undefined || seen.size < 2 ? [] : [single],
    ({ poll, body }): Finding<Code> | undefined => {
      const count = setsIn(body).length;
      const exchanges = [poll];
      if (count > 1) {
        const expected = 'one SET at most, because maxEvents is 1';
        return { code: 'max-events-ignored', expected, actual: `there are ${count}`, exchanges };
      }
      return body.moreAvailable === true
        ? undefined
        : {
            code: 'more-available-not-said',
            expected: `moreAvailable true, because ${seen.size} SETs are waiting`,
            actual: `it is ${shown(body.moreAvailable)}`,
            exchanges,
          };
    },
  );
};

/** A token that was acknowledged must not come again. */
const judgeAcknowledged = (trace: TraceView): Judgement<Code> => {
  const polls = ownPolls(trace).filter((poll) => poll.response.status === 200 && isObject(responseJsonAsSent(poll)));
  const acknowledged = new Map<unknown, Answered>();
  return judgeEach(polls, (poll) => {
    const back = setsIn(responseJsonAsSent(poll)).find(({ key }) => acknowledged.has(key));
    const by = acknowledged.get(back?.key);
    for (const key of ackOf(poll)) acknowledged.set(key, poll);
    return back === undefined || by === undefined
      ? undefined
      : {
          code: 'acknowledged-set-sent-again',
          expected: `SET ${back.key ?? ''}, which was acknowledged, not to be sent again`,
          actual: 'it is sent again',
          // The other tokens of these polls are left out of the finding.
          exchanges: [by, poll].map((each) => reducedTo(each, back)),
        };
  });
};

export const evt07 = defineRequirement({
  id: 'EVT-07',
  since: '1.0',
  level: 'MUST',
  title: 'poll delivery: `sets`, `moreAvailable`, acknowledged SETs are not sent again, unacknowledged ones are',
  source: cite('RFC 8936 §2'),
  needs: { binding: 'respond-async', delivery: 'poll' },
  guide: {
    why: [
      'With polling, a receiver acknowledges what it has stored.',
      'If unacknowledged tokens are lost, a crash of the receiver loses results; if acknowledged ones come again, the receiver handles them twice.',
    ],
    tested: [
      'Three creates are submitted, and their tokens are polled (RFC 8936) six times: twice without acknowledging, then with `maxEvents` 1, with `ack` of one of them, with `ack` of the others, and once more.',
      'Each poll has to be answered 200 with the object `sets`, whose values are strings, and `moreAvailable`, where present, as a boolean.',
      'Tokens that were not acknowledged have to come again (unless `moreAvailable` is true); with `maxEvents` 1 at most one may come, and `moreAvailable` has to be true; tokens that were acknowledged must not come again.',
      'The test needs `--set-poll`, and a stream that nobody else reads; it is inconclusive if the tokens do not come in time.',
    ],
    fix: [
      'Delete a token only when its `jti` is in `ack`, not when it was sent, and not when another one is acknowledged: `ack` is no position in the stream.',
      'Process `ack` before you build the answer, also if `maxEvents` is 0.',
      'Answer `{"sets": {"<jti>": "<jwt>"}, "moreAvailable": false}`: `sets` is an object with the `jti`s as names, not a list, and `{}` if there are no tokens.',
    ],
  },
  codes: {
    'poll-refused': 'a poll is not answered 200',
    'sets-missing': 'the answer to a poll is not a JSON object with the object sets',
    'set-not-a-string': 'a token in sets is not a string',
    'more-available-not-boolean': 'moreAvailable is not a boolean',
    'unacknowledged-set-lost': 'a token that was not acknowledged is not sent again',
    'max-events-ignored': 'more tokens come than maxEvents allows',
    'more-available-not-said': 'moreAvailable is not true although more tokens are waiting',
    'acknowledged-set-sent-again': 'a token that was acknowledged is sent again',
  },
  from: [eventPoll],
  judge: (trace) =>
    together(
      judgeEach(ownPolls(trace), wellFormed),
      judgeUnacknowledged(trace),
      judgeOneAtMost(trace),
      judgeAcknowledged(trace),
    ),
});
