/** DISC-01 to DISC-04: what the provider says of itself, and whether it is so. */
import { urn } from '../../schemas/names.js';
import { validate } from '../../schemas/validators.js';
import { asyncRequestOf } from '../target/security-events.js';
import { responseObject, withoutNulls } from '../trace/message.js';
import { describeViolations } from './describe.js';
import { judgeEach, notApplicable, together, type Ambiguity, type Finding, type Judge } from './judge.js';

/** The async extension of ServiceProviderConfig is present and valid. */
export const disc01: Judge = (trace) =>
  judgeEach(
    trace.answered('discover').filter(({ response }) => response.status === 200),
    (exchange) => {
      const extension = responseObject(exchange)?.[urn.asyncServiceProviderConfig];
      const expected = `the extension ${urn.asyncServiceProviderConfig}`;
      if (extension === undefined || extension === null)
        return { expected, actual: 'it is absent', exchanges: [exchange] };
      const validation = validate('async/service-provider-config', withoutNulls(extension));
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
      if (others.length === 0 && trace.hasCut()) return undefined;
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
  const { asyncRequestElsewhere: elsewhere } = trace.target;
  if (securityEvents === undefined && elsewhere === undefined)
    return notApplicable('securityEvents is not advertised.');
  return judgeEach(trace.answered('discover'), (exchange) => {
    if (elsewhere !== undefined) {
      return {
        expected: 'asyncRequest in securityEvents, where RFC 9967 §4 has it',
        actual: `it is in ${elsewhere === 'asyncRequest' ? 'the resource itself' : elsewhere}`,
        exchanges: [exchange],
      };
    }
    const validation = validate('async/security-events', withoutNulls(securityEvents));
    return validation.valid
      ? undefined
      : {
          expected: 'securityEvents with asyncRequest none, long or request, and eventUris as strings',
          actual: describeViolations(validation.violations),
          exchanges: [exchange],
        };
  });
};

/**
 * asyncRequest agrees with the behaviour: `none` never answers 202 to `Prefer: respond-async`, and where securityEvents
 * is absent there should be no 202 at all. Whether `request` may answer normally, RFC 9967 says yes and no.
 */
export const disc04: Judge = (trace) => {
  const asyncRequest = asyncRequestOf(trace.target);
  const asked = trace.variant('Prefer: respond-async', 'create');
  if (asked.length === 0) return notApplicable('securityEvents is not advertised, and respond-async is not served.');
  const normal = asked.find(({ response: { status } }) => status >= 200 && status < 300 && status !== 202);
  const judgement = judgeEach(asked, (exchange): Finding | undefined => {
    const { status } = exchange.response;
    const actual = `the answer is ${status}`;
    if (asyncRequest === 'none' && status === 202) {
      const expected = 'a synchronous answer, because securityEvents.asyncRequest is none';
      return { expected, actual, exchanges: [exchange] };
    }
    if (asyncRequest === undefined && status === 202 && trace.target.asyncRequestElsewhere === undefined) {
      const expected = 'securityEvents in ServiceProviderConfig, because requests are answered asynchronously';
      return { level: 'SHOULD', expected, actual: 'it is absent', exchanges: [exchange] };
    }
    return undefined;
  });
  if (asyncRequest !== 'request' || normal === undefined) return judgement;
  const ambiguity: Ambiguity = {
    point: 'whether a provider whose asyncRequest is «request» has to answer 202 when it is asked',
    readings: ['yes, by RFC 9967 §4', 'no, by its §2.5.1.1, which lets it answer normally'],
    seen: `answers ${normal.response.status}`,
  };
  return { ...judgement, ambiguities: [ambiguity] };
};
