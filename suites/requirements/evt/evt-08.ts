/** EVT-08. Here the provider is the client: it pushes tokens, and the suite answers 202, 400 with `err`, and 503 once. */
import { header, mediaType } from '../../../schemas/names.js';
import type { Exchange, ReceivedToken } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { clip } from '../../judging/describe.js';
import { type Finding, judgeEach, type Judgement, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { eventPush } from '../../scenarios/respond-async/event-push.js';
import { isCompact } from '../../security-events/security-event-token.js';
import { headerValue } from '../../trace/message.js';

const tokenOf = (trace: TraceView, push: Exchange): ReceivedToken | undefined => trace.tokensBy(push)[0];

type Code = 'other-content-type' | 'body-not-a-set' | 'acknowledged-pushed-again' | 'refused-pushed-again';

const judgeForm = (trace: TraceView): Judgement<Code> =>
  judgeEach(trace.pushes(), (push): Finding<Code> | undefined => {
    const type = headerValue(push.request.headers, header.contentType)?.split(';')[0]?.trim().toLowerCase();
    if (type !== mediaType.securityEventToken) {
      const expected = `a push with Content-Type ${mediaType.securityEventToken}`;
      return { code: 'other-content-type', expected, actual: `it is ${type ?? 'absent'}`, exchanges: [push] };
    }
    // The claims can be read through quotes or an object around the token, too.
    return tokenOf(trace, push)?.claims === undefined || !isCompact(push.request.body ?? '')
      ? {
          code: 'body-not-a-set',
          expected: 'one SET as the body of a push',
          actual: `it is ${clip(push.request.body ?? 'empty')}`,
          exchanges: [push],
        }
      : undefined;
  });

/** A token that was acknowledged or refused should not be sent again (RFC 8935 §2). */
const judgeRepetitions = (trace: TraceView): Judgement<Code> => {
  const pushes = trace.pushes().map((push) => {
    const claims = tokenOf(trace, push)?.claims;
    return { push, content: claims === undefined ? undefined : JSON.stringify(claims) };
  });
  const settled = pushes.filter(
    ({ push, content }) => [202, 400].includes(push.response?.status ?? 0) && content !== undefined,
  );
  return judgeEach(settled, ({ push, content }) => {
    const again = pushes.find((other) => other.push.n > push.n && other.content === content);
    const isAcknowledged = push.response?.status === 202;
    return again === undefined
      ? undefined
      : {
          code: isAcknowledged ? 'acknowledged-pushed-again' : 'refused-pushed-again',
          level: 'SHOULD',
          expected: `a SET that was ${isAcknowledged ? 'acknowledged' : 'refused'} not to be pushed again`,
          actual: 'it is pushed again',
          exchanges: [push, again.push],
        };
  });
};

export const evt08 = defineRequirement({
  id: 'EVT-08',
  since: '1.0',
  level: 'MUST',
  title: 'push delivery: POST of `application/secevent+jwt`, 202 acknowledges, 400 with `err` refuses',
  source: cite('RFC 8935 §2'),
  needs: { binding: 'respond-async', delivery: 'push' },
  guide: {
    why: [
      'A receiver recognises a token by its content type and answers each one.',
      'If a token comes as JSON, it is refused; if the provider ignores the answer, the same token comes again forever.',
    ],
    tested: [
      'The suite listens (`--set-push`), and creates are submitted: it acknowledges the token of the first with 202, refuses that of the second with 400 and `err`, and answers that of the third with 503 once.',
      'Every delivery has to have `Content-Type: application/secevent+jwt` and one token as its body.',
      'A delivery of another form is refused with 400 and `err` (RFC 8935 §2.4), and counts whatever request it is about: nobody else knows the path to push to.',
      'A token that was acknowledged or refused should not be pushed again; if it is, that is a warning. Whether the third comes again is not judged.',
      'Inconclusive if nothing is pushed.',
    ],
    fix: [
      'POST the compact JWT itself, as `application/secevent+jwt`, one token in each request, without JSON or a form around it.',
      'Do not send the token again after 202, nor after 400 (log `err` and `description`); try again only after a timeout, 429 or 5xx.',
    ],
  },
  codes: {
    'other-content-type': 'the Content-Type of a push is not application/secevent+jwt',
    'body-not-a-set': 'the body of a push is not a security event token',
    'acknowledged-pushed-again': 'a token that was acknowledged is pushed again',
    'refused-pushed-again': 'a token that was refused is pushed again',
  },
  from: [eventPush],
  judge: (trace) => together(judgeForm(trace), judgeRepetitions(trace)),
});
