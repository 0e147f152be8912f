/** SEC-01 and SEC-02 share the rule for requests whose credential is missing or bad. */
import type { TargetFacts } from '../../../schemas/types.js';
import type { Finding } from '../../judging/judge.js';
import { credentialSteps } from '../../scenarios/security/credentials.js';
import { succeeded } from '../../trace/answers.js';
import { isStep } from '../../trace/step.js';
import type { Answered } from '../../trace/trace.js';

export type UnauthenticatedCode =
  'let-in-to-status' | 'let-in-to-read' | 'let-in-to-write' | 'refused-otherwise-than-401';

const { createWithEmptyToken, submitWithEmptyToken, status, headOfStatus, statusByAlias } = credentialSteps;

const isRefused = (exchange: Answered): boolean => {
  switch (exchange.response.status) {
    case 401:
      return true;
    // An empty token is malformed, and 400 is the answer to a malformed one (RFC 6750 §3.1).
    case 400:
      return isStep(exchange, createWithEmptyToken, submitWithEmptyToken);
    // The alias is optional.
    case 404:
      return isStep(exchange, statusByAlias);
    default:
      return false;
  }
};

const codeOf = (exchange: Answered): UnauthenticatedCode => {
  if (!succeeded(exchange)) return 'refused-otherwise-than-401';
  if (isStep(exchange, status, headOfStatus, statusByAlias)) return 'let-in-to-status';
  return exchange.request.method === 'GET' ? 'let-in-to-read' : 'let-in-to-write';
};

/**
 * Whether an answer may be about a header field that the request went without. The user did not say what the field is: it
 * may be one that leads requests to their tenant, and then the answer says nothing about credentials.
 */
const isAboutMissingField = ({ response }: Answered, { guardedFields = [] }: TargetFacts): boolean =>
  guardedFields.length > 0 && response.status !== 401 && response.status >= 400 && response.status < 500;

/** The answers that say how the target treats a missing or bad credential. */
export const telling = (tried: readonly Answered[], target: TargetFacts): Answered[] =>
  tried.filter((exchange) => !isAboutMissingField(exchange, target));

/** `credential` completes «401 to a create …», as in «without a credential». */
export const findUnauthenticated = (
  exchange: Answered,
  credential: string,
): Finding<UnauthenticatedCode> | undefined =>
  isRefused(exchange)
    ? undefined
    : {
        code: codeOf(exchange),
        expected: `401 to a ${exchange.variant ?? 'request'} ${credential}`,
        actual: `the answer is ${exchange.response.status}`,
        exchanges: [exchange],
      };
