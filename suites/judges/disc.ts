/** DISC-01 to DISC-04: what the provider says of itself, and whether it is so. */
import { urn } from '../../schemas/names.js';
import { validate } from '../../schemas/validators.js';
import { asyncRequestOf } from '../target/security-events.js';
import { responseObject } from '../trace/message.js';
import { describeViolations } from './describe.js';
import { judgeEach, notApplicable, together, type Judge } from './judge.js';

/** The async extension of ServiceProviderConfig is present and valid. */
export const disc01: Judge = (trace) =>
  judgeEach(
    trace.answered('discover').filter(({ response }) => response.status === 200),
    (exchange) => {
      const extension = responseObject(exchange)?.[urn.asyncServiceProviderConfig];
      const expected = `the extension ${urn.asyncServiceProviderConfig}`;
      if (extension === undefined) return { expected, actual: 'it is absent', exchanges: [exchange] };
      const validation = validate('async/service-provider-config', extension);
      return validation.valid
        ? undefined
        : {
            expected: `${expected} to be valid`,
            actual: describeViolations(validation.violations),
            exchanges: [exchange],
          };
    },
  );

/**
 * What the extension advertises is what the provider does: the modes, and where the status endpoint is. Features are
 * judged by their own requirements wherever they are advertised.
 */
export const disc02: Judge = (trace) => {
  const { requestModes, statusEndpoint } = trace.target;
  if (trace.target.asyncExtension === undefined) return notApplicable('The async extension is not advertised.');
  const advertised = requestModes?.some((mode) => mode.toLowerCase() === 'asynchronous') ?? false;
  const submissions =
    requestModes === undefined ? [] : trace.submissions().filter(({ operations }) => operations[0]?.method === 'POST');
  return together(
    // Advertised and not done is MODE-01's finding.
    judgeEach(submissions, (submission) =>
      advertised || !submission.accepted
        ? undefined
        : {
            expected: 'no 202, because requestModes does not advertise asynchronous',
            actual: 'the answer is 202',
            exchanges: [trace.asking(submission)],
          },
    ),
    judgeEach(trace.answered('status-advertised'), (exchange) => {
      const submission = trace.submissions().find(({ n }) => n === exchange.submission);
      const others =
        submission === undefined ? [] : trace.sightings(submission).filter((each) => each.exchange.n !== exchange.n);
      const id = others[0]?.status.id;
      const shown = responseObject(exchange)?.id;
      // That it is always the same id is STAT-02's.
      return exchange.response.status === 200 && others.some(({ status }) => status.id === shown)
        ? undefined
        : {
            expected: `statusEndpoint ${statusEndpoint ?? ''} to lead to the status resource ${JSON.stringify(id)}`,
            actual: `GET of it is answered ${exchange.response.status} and shows ${JSON.stringify(shown)}`,
            exchanges: [exchange],
          };
    }),
  );
};

/** securityEvents, where present, has asyncRequest in none, long, request, and eventUris as strings. */
export const disc03: Judge = (trace) => {
  const { securityEvents } = trace.target;
  if (securityEvents === undefined) return notApplicable('securityEvents is not advertised.');
  return judgeEach(trace.answered('discover'), (exchange) => {
    const validation = validate('async/security-events', securityEvents);
    return validation.valid
      ? undefined
      : {
          expected: 'securityEvents with asyncRequest none, long or request, and eventUris as strings',
          actual: describeViolations(validation.violations),
          exchanges: [exchange],
        };
  });
};

/** asyncRequest `none` never answers 202 to `Prefer: respond-async`. */
export const disc04: Judge = (trace) => {
  if (asyncRequestOf(trace.target) !== 'none') return notApplicable('securityEvents.asyncRequest is not `none`.');
  return judgeEach(trace.variant('Prefer: respond-async', 'create'), (exchange) =>
    exchange.response.status !== 202
      ? undefined
      : {
          expected: 'a synchronous answer, because securityEvents.asyncRequest is none',
          actual: 'the answer is 202',
          exchanges: [exchange],
        },
  );
};
