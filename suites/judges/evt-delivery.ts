/** EVT-07 and EVT-08: how security event tokens are delivered, by poll (RFC 8936) and by push (RFC 8935). */
import { header, mediaType } from '../../schemas/names.js';
import type { Exchange, ReceivedToken } from '../../schemas/types.js';
import { reducedTo } from '../security-events/event-poller.js';
import { setsAbout, setsIn } from '../security-events/security-event-token.js';
import { hasBody, headerValue, isObject, requestJson, responseJson } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';
import type { TraceView } from '../trace/trace-view.js';
import { clip, describeBody, shown } from './describe.js';
import { judgeEach, together, type Finding, type Judge, type Judgement } from './judge.js';

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

/** Poll delivery: sets, moreAvailable, acknowledged SETs are not sent again, unacknowledged ones are. */
export const evt07: Judge = (trace) => {
  const polls = ownPolls(trace);
  return together(judgeEach(polls, wellFormed), judgeSteps(trace));
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

/** Push delivery: POST of application/secevent+jwt, 202 acknowledges, 400 with err refuses. */
export const evt08: Judge = (trace) =>
  together(
    judgeEach(trace.pushes(), (push): Finding | undefined => {
      const type = headerValue(push.request.headers, header.contentType)?.split(';')[0]?.trim().toLowerCase();
      if (type !== mediaType.securityEventToken) {
        const expected = `${mediaType.securityEventToken} to be pushed`;
        return { expected, actual: `it is ${type ?? 'of no type'}`, exchanges: [push] };
      }
      return tokenOf(trace, push)?.claims === undefined
        ? {
            expected: 'one SET as the body of a push',
            actual: `it is ${clip(push.request.body ?? 'empty')}`,
            exchanges: [push],
          }
        : undefined;
    }),
    judgeRepetitions(trace),
  );

const tokenOf = (trace: TraceView, push: Exchange): ReceivedToken | undefined => trace.tokensBy(push)[0];

/** What was taken or refused is not sent again (RFC 8935 §2, a SHOULD of it). */
const judgeRepetitions = (trace: TraceView): Judgement => {
  const pushes = trace
    .pushes()
    .map((push) => ({ push, token: tokenOf(trace, push) }))
    .map(({ push, token }) => ({ push, token, claims: JSON.stringify(token?.claims) }));
  const settled = pushes.filter(
    ({ push, token }) => [202, 400].includes(push.response?.status ?? 0) && token?.claims !== undefined,
  );
  return judgeEach(settled, ({ push, claims }): Finding | undefined => {
    const again = pushes.find((other) => other.push.n > push.n && other.claims === claims);
    return again === undefined
      ? undefined
      : {
          level: 'SHOULD',
          expected: `a SET that was ${push.response?.status === 202 ? 'acknowledged' : 'refused'} not to be pushed again`,
          actual: 'it is',
          exchanges: [push, again.push],
        };
  });
};
