/**
 * EVT-05. RFC 9967 defines the payload of a token. A result without a token has no defined form: what differs is reported as
 * ambiguous (profile §7, clarification 5).
 */
import { urn } from '../../../schemas/names.js';
import type { ReceivedToken } from '../../../schemas/types.js';
import { validate } from '../../../schemas/validators.js';
import { withPlainStatus } from '../../bindings/operation-result.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { clip, describeViolations, shown } from '../../judging/describe.js';
import { judgeEach, type Judgement, together } from '../../judging/judge.js';
import { objectAsStatus } from '../../judging/object-as-status.js';
import type { TraceView } from '../../judging/trace-view.js';
import { resultOf } from '../../security-events/result-body.js';
import { completionOf } from '../../security-events/security-event-token.js';
import { isObject, withoutNulls } from '../../trace/message.js';
import { answered } from '../../scenarios/scenario-sets.js';
import { exchangesOfToken, type TokenFault } from './each-token.js';

const methods = ['POST', 'PUT', 'PATCH', 'DELETE'];

type Code =
  | 'payload-not-an-object'
  | 'method-unknown'
  | 'method-of-another'
  | 'status-malformed'
  | 'error-missing'
  | 'error-malformed';

/** What is wrong with a bulk-response operation (RFC 7644 §3.7.3); undefined if nothing is. */
const wrongOperation = (shownAs: unknown): TokenFault<Code> | undefined => {
  const expected = 'a bulk-response operation as the payload';
  const operation = withPlainStatus(shownAs);
  if (!isObject(operation))
    return { code: 'payload-not-an-object', expected, actual: `it is ${clip(JSON.stringify(operation))}` };
  const { method, status, response } = operation;
  if (typeof method !== 'string' || !methods.includes(method.toUpperCase()))
    return { code: 'method-unknown', expected: `${expected}, with its method`, actual: `method is ${shown(method)}` };
  if (typeof status !== 'string' || !/^[1-5]\d\d$/.test(status))
    return {
      code: 'status-malformed',
      expected: `${expected}, with the HTTP status as a string`,
      actual: `status is ${shown(status)}`,
    };
  return Number(status) < 400 ? undefined : wrongError(response);
};

/** A single request has one operation. Which operation of a bulk request an event belongs to is for EVT-03 to judge. */
const otherMethod = (trace: TraceView, { submission, claims }: ReceivedToken): TokenFault<Code> | undefined => {
  const asked = trace.submissions().find(({ n }) => n === submission);
  const payload = completionOf(claims);
  if (asked === undefined || asked.shape === 'bulk' || !isObject(payload)) return undefined;
  const [operation] = asked.operations;
  return operation === undefined || String(payload.method).toUpperCase() === operation.method
    ? undefined
    : {
        code: 'method-of-another',
        expected: `the method of the request, ${operation.method}, in the payload`,
        actual: `it is ${shown(payload.method)}`,
      };
};

const wrongError = (response: unknown): TokenFault<Code> | undefined => {
  const expected = `the SCIM error (${urn.error}) in the response of an operation that failed`;
  if (response === undefined) return { code: 'error-missing', expected, actual: 'there is none' };
  const validation = validate('scim/error', withoutNulls(response));
  return validation.valid
    ? undefined
    : { code: 'error-malformed', expected, actual: describeViolations(validation.violations) };
};

/** Results that came without a token. */
const judgeBareResults = (trace: TraceView): Judgement<Code> => {
  const operations = trace.accepted().flatMap(({ submission }) => {
    const read = trace.statusReads(submission).findLast(({ response }) => response.status === 200);
    return read === undefined ? [] : resultOf(read.response).operations;
  });
  const odd = operations.flatMap((operation) => wrongOperation(operation) ?? []);
  return {
    exercised: operations.length,
    findings: [],
    ambiguities: [
      ...odd.map(({ expected, actual }) => ({
        point: 'the form of a result that comes without a token',
        readings: [`that of a payload (${expected})`, 'any form, because RFC 9967 defines only tokens'] as const,
        seen: `sends a result of which the ${actual}`,
      })),
      ...objectAsStatus(operations),
    ],
  };
};

export const evt05 = defineRequirement({
  id: 'EVT-05',
  since: '1.0',
  level: 'MUST',
  title: 'the payload is a bulk-response operation; on error it has `response` with a SCIM error',
  source: cite('RFC 9967 §2.5.1.3'),
  needs: { binding: 'respond-async' },
  guide: {
    why: [
      'The payload replaces the answer that a synchronous client would get.',
      'If `status` is a number, the parser of the client fails; if the error is missing, the client cannot say what went wrong.',
    ],
    tested: [
      'The payload of every `urn:ietf:params:scim:event:misc:asyncresp` event has to be an operation as in a bulk response: `method` one of POST, PUT, PATCH and DELETE (for a single request, its own), `status` a string of three digits.',
      'If `status` is 400 or more, `response` has to be a valid SCIM error.',
      'A `status` such as `{"code": "201"}`, which is in an example of RFC 7644 §3.7.2, is read, and makes the outcome ambiguous.',
      'Results that a result URI returns without a token are compared in the same way; a difference is reported as ambiguous, because RFC 9967 does not define their form.',
    ],
    fix: [
      'Build the payload with the code that builds the results of a synchronous bulk response, for single requests as well: `method`, `status` as `"201"`, `location`, and `bulkId` if there is one.',
      'On an error add `response` with the SCIM error that a synchronous client would have got.',
    ],
  },
  codes: {
    'payload-not-an-object': 'the payload of a completion event is not a JSON object',
    'method-unknown': 'the payload of a completion event has no method, or an unknown one',
    'method-of-another': 'the method in the completion event of a single request is not that of the request',
    'status-malformed': 'the status in the payload of a completion event is not a string of three digits',
    'error-missing': 'the completion event of a failed operation has no response',
    'error-malformed': 'the response in the completion event of a failed operation is not a SCIM error',
  },
  from: answered,
  judge: (trace) => {
    const tokens = trace.tokens().filter(({ claims }) => completionOf(claims) !== undefined);
    const ofTokens = judgeEach(tokens, (token) => {
      const wrong = wrongOperation(completionOf(token.claims)) ?? otherMethod(trace, token);
      return wrong === undefined ? undefined : { ...wrong, exchanges: exchangesOfToken(trace, token) };
    });
    const ambiguities = objectAsStatus(tokens.map(({ claims }) => completionOf(claims)));
    return together({ ...ofTokens, ambiguities }, judgeBareResults(trace));
  },
});
