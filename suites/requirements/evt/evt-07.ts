/** EVT-07. Poll delivery: sets, moreAvailable, acknowledged SETs are not sent again, unacknowledged ones are. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { clip, describeBody, shown } from '../../judging/describe.js';
import { type Finding, judgeEach, type Judgement, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { eventPoll } from '../../scenarios/respond-async/event-poll.js';
import { setsAbout, setsIn } from '../../security-events/security-event-token.js';
import { reducedTo } from '../../security-events/reduced-exchange.js';
import { hasBody, isObject, requestJson, responseJson } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';

/** The names of the tokens about this trace's own requests in a poll's answer. */
const ownKeys = (trace: TraceView, answer: Answered): string[] =>
  setsAbout(responseJson(answer), new Set(trace.submissions().map(({ txn }) => txn))).map(({ key }) => key);

/** The polls of the scenario itself: what was handed to whoever waited for it is a copy. */
const ownPolls = (trace: TraceView): Answered[] =>
  trace.answered('event-poll').filter(({ variant }) => variant !== undefined);

const wellFormed = (poll: Answered): Finding | undefined => {
  const fail = (expected: string, actual: string): Finding => ({ expected, actual, exchanges: [poll] });
  if (poll.response.status !== 200)
    return fail('200 to a poll (RFC 8936 §2.3)', `the answer is ${poll.response.status}`);
  const body = responseJson(poll);
  if (!isObject(body) || !isObject(body.sets)) {
    return fail('a JSON object with the object «sets»', hasBody(poll) ? describeBody(poll) : 'there is no body');
  }
  const other = Object.entries(body.sets).find(([, set]) => typeof set !== 'string');
  if (other !== undefined)
    return fail('each of «sets» to be a string', `«${other[0]}» is ${clip(JSON.stringify(other[1]))}`);
  return body.moreAvailable === undefined || typeof body.moreAvailable === 'boolean'
    ? undefined
    : fail('moreAvailable to be a boolean', `it is ${clip(JSON.stringify(body.moreAvailable))}`);
};

const isWhole = (poll: Answered | undefined): poll is Answered =>
  poll !== undefined && poll.response.status === 200 && isObject(responseJson(poll));

const judgeSteps = (trace: TraceView): Judgement => {
  const step = (variant: string): Answered | undefined => trace.variant(variant, 'event-poll').at(-1);
  const seen = new Set(trace.variant('until they are there', 'event-poll').flatMap((poll) => ownKeys(trace, poll)));
  const again = step('not acknowledged');
  const single = step('one at most');
  const judgements: Judgement[] = [];
  if (isWhole(again) && seen.size > 0) {
    const body = responseJson(again);
    const isMore = isObject(body) && body.moreAvailable === true;
    const missing = [...seen].find((key) => !ownKeys(trace, again).includes(key));
    judgements.push(
      judgeEach([again], () =>
        missing === undefined || isMore
          ? undefined
          : {
              expected: `SET ${missing}, which was not acknowledged, to be sent again`,
              actual: 'it is not',
              exchanges: [again],
            },
      ),
    );
  }
  if (isWhole(single) && seen.size > 1) {
    const count = setsIn(responseJson(single)).length;
    const body = responseJson(single);
    const says = isObject(body) ? body.moreAvailable : undefined;
    judgements.push(
      judgeEach([single], (): Finding | undefined => {
        if (count > 1)
          return { expected: 'one SET at most, as maxEvents asks', actual: `there are ${count}`, exchanges: [single] };
        return says === true
          ? undefined
          : {
              expected: `moreAvailable true, because ${seen.size} SETs are there`,
              actual: `it is ${shown(says)}`,
              exchanges: [single],
            };
      }),
    );
  }
  return together(...judgements, judgeAcknowledged(trace));
};

/** What was acknowledged is in no later answer. */
const judgeAcknowledged = (trace: TraceView): Judgement => {
  const polls = ownPolls(trace).filter(isWhole);
  const acknowledged = new Map<unknown, Answered>();
  return judgeEach(polls, (poll): Finding | undefined => {
    const back = setsIn(responseJson(poll)).find(({ key }) => acknowledged.has(key));
    const request = requestJson(poll);
    const ack: unknown[] = isObject(request) && Array.isArray(request.ack) ? request.ack : [];
    const by = acknowledged.get(back?.key);
    for (const key of ack) acknowledged.set(key, poll);
    return back === undefined || by === undefined
      ? undefined
      : {
          expected: `SET ${back.key ?? ''}, which was acknowledged, not to be sent again`,
          actual: 'it is',
          // Of what else came by it, the story tells nothing.
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
      'Where unacknowledged tokens are forgotten, a crash loses results; where acknowledged ones come again, everything is done twice.',
    ],
    tested: [
      'Three creates are submitted, and their tokens polled (RFC 8936) without acknowledging, a second time, with `maxEvents` 1, with `ack` of all three, and once more.',
      'Each poll has to be answered 200 with the object `sets`, whose values are strings, and `moreAvailable`, where present, as a boolean.',
      'Tokens that were not acknowledged have to come again (unless `moreAvailable` is true); with `maxEvents` 1 at most one may come, and `moreAvailable` has to be true; what was acknowledged may not come again.',
      'It needs `--set-poll`, and a stream that nobody else reads; inconclusive where the tokens do not come in time.',
    ],
    fix: [
      'Delete a token only when its `jti` is in `ack`, not when it was sent.',
      'Process `ack` before the answer is put together, also where `maxEvents` is 0.',
      'Answer `{"sets": {"<jti>": "<jwt>"}, "moreAvailable": false}`: `sets` is an object by `jti` and no list; `{}` where there is nothing.',
    ],
  },
  from: [eventPoll],
  judge: (trace) => {
    const polls = ownPolls(trace);
    return together(judgeEach(polls, wellFormed), judgeSteps(trace));
  },
});
