/** ERR-09. Every answer of the run is judged. Answers to the burst, and most answers of 503, are left to RATE-09. */
import type { Purpose } from '../../../schemas/types.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Judge, judgeEach, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { lookAfterwardsSteps } from '../../scenarios/building-blocks/look-afterwards.js';
import { wrongBodies } from '../../scenarios/errors/wrong-bodies.js';
import { isThrottled, isUnavailable } from '../../trace/answers.js';
import { isStep } from '../../trace/step.js';
import { type Answered, isAnswered } from '../../trace/trace.js';

/** 501 means that something is not supported: that is no error of the server. */
const isServerError = ({ response }: Answered): boolean => response.status >= 500 && response.status !== 501;

const { afterwards } = lookAfterwardsSteps;

/**
 * Fuzzed requests that are answered 503 without Retry-After, although the provider answers the next request: the cause was
 * the input, and not overload.
 */
const unavailableByInput = (trace: TraceView): readonly Answered[] =>
  trace.variant(afterwards, 'probe').length === 0
    ? []
    : trace
        .all()
        .filter(isAnswered)
        .filter((exchange) => exchange.purpose === 'fuzz' && isUnavailable(exchange) && !isThrottled(exchange));

const codes = {
  'odd-input-answered-5xx': 'input that no client should send is answered 5xx',
  'usual-request-answered-5xx': 'a usual request is answered 5xx',
  'connection-dropped': 'the connection is dropped on input that no client should send',
  'not-normal-afterwards': 'after input that no client should send, the provider does not answer normally',
};

type Code = keyof typeof codes;

/** Purposes of requests with input that no client should send. */
const oddPurposes: readonly Purpose[] = ['fuzz', 'hostile-id', 'malformed', 'refusal'];

const serverErrors: Judge<Code> = (trace) =>
  judgeEach(
    [...trace.answered().filter(({ purpose }) => purpose !== 'burst'), ...unavailableByInput(trace)],
    (exchange) =>
      isServerError(exchange)
        ? {
            code: oddPurposes.includes(exchange.purpose) ? 'odd-input-answered-5xx' : 'usual-request-answered-5xx',
            expected: 'no 5xx, whatever a client sends',
            actual: `the answer is ${exchange.response.status}`,
            exchanges: [exchange],
          }
        : undefined,
  );

const droppedConnections: Judge<Code> = (trace) =>
  judgeEach(
    trace.all().filter(({ purpose, failure }) => purpose === 'fuzz' && failure?.code === 'connection'),
    (exchange) => ({
      code: 'connection-dropped',
      expected: 'an answer, whatever a client sends',
      actual: exchange.failure?.message ?? 'there is none',
      exchanges: [exchange],
    }),
  );

const answersAfterwards: Judge<Code> = (trace) =>
  judgeEach(
    trace
      .all()
      .filter((exchange) => exchange.purpose === 'probe' && isStep(exchange, afterwards))
      // The provider may be busy for a moment; and an interrupted run sends no further request.
      .filter((exchange) => !(isAnswered(exchange) && isUnavailable(exchange)))
      .filter(({ failure }) => failure?.code !== 'interrupted'),
    (exchange) =>
      exchange.response !== undefined && exchange.response.status < 500
        ? undefined
        : {
            code: 'not-normal-afterwards',
            expected: 'a normal answer to the next request',
            actual: exchange.failure?.message ?? `the answer is ${exchange.response?.status ?? 'none'}`,
            exchanges: [exchange],
          },
  );

export const err09 = defineRequirement({
  id: 'ERR-09',
  since: '1.0',
  level: 'MUST',
  title:
    'no input from a client causes a 5xx (501 apart), and the provider answers normally afterwards (property: fuzzed bodies, headers, ids)',
  source: cite('P-Sec'),
  needs: {},
  guide: {
    why: [
      'A 500 says that the provider has an error, so clients send the same bad request again and again.',
      'An input that crashes a process is an outage that anybody can cause.',
    ],
    tested: [
      'Odd filters and page numbers, ids such as `__proto__`, bodies such as `null`, `[]`, deeply nested lists, lone surrogates and members of the wrong type, and random mixtures of all these are sent, synchronously and asynchronously.',
      'No answer in the whole run may be 5xx; 501 is allowed, and 503 and the answers to the burst are left to RATE-09. But a 503 without `Retry-After` to odd input is a failure here if the next request is answered normally.',
      'A connection that is dropped on such a request is a failure as well, and a GET of ServiceProviderConfig has to be answered normally afterwards.',
    ],
    fix: [
      'Find out which input it was: the curl line of the finding sends it again.',
      'Check the shape of the body before you use it (an object, lists where lists belong, strings where strings belong) and answer 400 with `invalidSyntax` or `invalidValue`.',
      'Parse filters and paths with a parser that returns errors, limit the depth of JSON, and refuse characters that the database cannot store, such as U+0000.',
    ],
  },
  codes,
  from: 'every',
  first: wrongBodies,
  looksAt: 'any',
  judge: (trace) => together(serverErrors(trace), droppedConnections(trace), answersAfterwards(trace)),
});
