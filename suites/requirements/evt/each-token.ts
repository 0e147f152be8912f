/** The EVT judges share how they judge each security event token, and a trace in which results came without tokens. */
import type { ReceivedToken, Submission } from '../../../schemas/types.js';
import { type Finding, judgeEach, type Judgement, notApplicable } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { completionOf } from '../../security-events/security-event-token.js';

/** The exchanges that show a token: the one that submitted its request, and the one that brought the token. */
export const exchangesOfToken = (trace: TraceView, { exchange, submission }: ReceivedToken): Finding['exchanges'] => {
  const submitted = trace.submissions().find(({ n }) => n === submission);
  return [...(submitted === undefined ? [] : [trace.exchangeOf(submitted)]), trace.exchangeAt(exchange)];
};

export const noToken =
  'No security event token was seen: the target shows results in another form. Give --set-poll or --set-push to receive tokens.';

/** Whether the trace has results but no token. */
export const hasOnlyBareResults = (trace: TraceView): boolean =>
  trace.tokens().length === 0 && trace.accepted().some(({ submission }) => trace.completion(submission) !== undefined);

/** What is wrong with a token: a finding without its exchanges. */
export type TokenFault<Code extends string> = Pick<Finding, 'expected' | 'actual'> & { readonly code: Code };

/** Judges each token that was seen; not applicable if results came without tokens. */
export const eachToken = <Code extends string>(
  trace: TraceView,
  rule: (token: ReceivedToken) => TokenFault<Code> | undefined,
): Judgement<Code> => {
  if (hasOnlyBareResults(trace)) return notApplicable(noToken);
  return judgeEach(trace.tokens(), (token) => {
    const wrong = rule(token);
    return wrong === undefined ? undefined : { ...wrong, exchanges: exchangesOfToken(trace, token) };
  });
};

/** Completion events of one submission. */
export const completions = (trace: TraceView, submission: Submission): ReceivedToken[] =>
  trace.tokens(submission).filter(({ claims }) => completionOf(claims) !== undefined);
