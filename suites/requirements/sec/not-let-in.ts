/** SEC-01 and SEC-02: what a provider has to answer to a request whose credential is missing or bad. */
import type { Finding } from '../../judging/judge.js';
import { credentialSteps } from '../../scenarios/security/credentials.js';
import { succeeded } from '../../trace/answers.js';
import { isStep } from '../../trace/step.js';
import type { Answered } from '../../trace/trace.js';

/** What was let in, or that it was refused in another way than it should be. */
export type NotLetInCode = 'let-in-to-status' | 'let-in-to-read' | 'let-in-to-write' | 'refused-otherwise-than-401';

const { createWithEmptyToken, submitWithEmptyToken, status, headOfStatus, statusByAlias } = credentialSteps;

const isRefused = (exchange: Answered): boolean => {
  switch (exchange.response.status) {
    case 401:
      return true;
    // The token is malformed, and the answer may say so (RFC 6750 §3.1).
    case 400:
      return isStep(exchange, createWithEmptyToken, submitWithEmptyToken);
    // The alias need not be there.
    case 404:
      return isStep(exchange, statusByAlias);
    default:
      return false;
  }
};

const codeOf = (exchange: Answered): NotLetInCode => {
  if (!succeeded(exchange)) return 'refused-otherwise-than-401';
  if (isStep(exchange, status, headOfStatus, statusByAlias)) return 'let-in-to-status';
  return exchange.request.method === 'GET' ? 'let-in-to-read' : 'let-in-to-write';
};

/** `who` completes «401 to a create …». */
export const notLetIn = (exchange: Answered, who: string): Finding<NotLetInCode> | undefined =>
  isRefused(exchange)
    ? undefined
    : {
        code: codeOf(exchange),
        expected: `401 to a ${exchange.variant ?? 'request'} ${who}`,
        actual: `the answer is ${exchange.response.status}`,
        exchanges: [exchange],
      };
