/** How the judges of EVT look at the security event tokens of a trace, and at a trace in which results came without. */
import type { ReceivedToken, Submission } from '../../../schemas/types.js';
import { type Finding, judgeEach, type Judgement, notApplicable } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { completionOf } from '../../security-events/security-event-token.js';

/** The exchanges that show a token: what asked for it, and what brought it. */
export const shownBy = (trace: TraceView, { exchange, submission }: ReceivedToken): Finding['exchanges'] => {
  const of = trace.submissions().find(({ n }) => n === submission);
  return [...(of === undefined ? [] : [trace.asking(of)]), trace.exchangeAt(exchange)];
};

export const noToken =
  'No security event token was seen: the target shows results in another form, and --set-poll or --set-push would bring tokens.';

/** Whether results were seen, and no token. */
export const isBare = (trace: TraceView): boolean =>
  trace.tokens().length === 0 && trace.accepted().some(({ submission }) => trace.completion(submission) !== undefined);

/** What is wrong with a token: a finding but for the exchanges that show it. */
export type TokenFault<Code extends string> = Pick<Finding, 'expected' | 'actual'> & { readonly code: Code };

/** Judges each token that was seen; where results came without tokens, it does not apply. */
export const eachToken = <Code extends string>(
  trace: TraceView,
  rule: (token: ReceivedToken) => TokenFault<Code> | undefined,
): Judgement<Code> => {
  if (isBare(trace)) return notApplicable(noToken);
  return judgeEach(trace.tokens(), (token) => {
    const wrong = rule(token);
    return wrong === undefined ? undefined : { ...wrong, exchanges: shownBy(trace, token) };
  });
};

/** Completion events of one submission. */
export const completions = (trace: TraceView, submission: Submission): ReceivedToken[] =>
  trace.tokens(submission).filter(({ claims }) => completionOf(claims) !== undefined);
