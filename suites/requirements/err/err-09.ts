/** ERR-09. Every answer of the run is judged. Answers to the burst, and most answers of 503, are left to RATE-09. */
import type { Exchange, Purpose } from '../../../schemas/types.js';
import { operationResults } from '../../bindings/operation-result.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { type Judge, judgeEach, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { lookAfterwardsSteps } from '../../scenarios/building-blocks/look-afterwards.js';
import {
  afterOddInput,
  afterOddInputSteps as steps,
  isServed,
  oddInputTries,
  usualBefore,
} from '../../scenarios/errors/after-odd-input.js';
import { wrongBodies } from '../../scenarios/errors/wrong-bodies.js';
import { isThrottled, isUnavailable } from '../../trace/answers.js';
import { isNeverAnswered } from '../../trace/lost-requests.js';
import { responseObject } from '../../trace/message.js';
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
  'odd-operation-fails-with-5xx':
    'an operation that no client should send fails with 5xx in the result of a bulk request',
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

/** A server error in a result is one as well, although the answer around it is 200. */
const failedOperations: Judge<Code> = (trace) =>
  judgeEach(
    trace
      .answered('fuzz')
      .filter(({ request }) => request.method === 'POST')
      .flatMap((exchange) =>
        operationResults(responseObject(exchange) ?? {}).map(({ status = '' }) => ({ exchange, status })),
      ),
    ({ exchange, status }) =>
      status.startsWith('5') && status !== '501' && status !== '503'
        ? {
            code: 'odd-operation-fails-with-5xx',
            expected: 'no result of 5xx, whatever a client sends',
            actual: `the result of the operation is ${status}`,
            exchanges: [exchange],
          }
        : undefined,
  );

const droppedConnections: Judge<Code> = (trace) =>
  judgeEach(
    trace
      .all()
      .filter(({ purpose, failure }) => purpose === 'fuzz' && failure?.code === 'connection')
      .filter((exchange) => isNeverAnswered(trace.all(), exchange)),
    (exchange) => ({
      code: 'connection-dropped',
      expected: 'an answer, whatever a client sends',
      actual: exchange.failure?.message ?? 'there is none',
      exchanges: [exchange],
    }),
  );

/** One input between usual requests. */
interface Try {
  readonly before: readonly Exchange[];
  readonly input: Exchange;
  readonly after: readonly Exchange[];
}

/** The tries of each input, in their order. */
const triesOf = (trace: TraceView): Try[][] => {
  const inputs = trace.all().filter(({ purpose }) => purpose === 'fuzz');
  const subjects = new Set(inputs.map(({ subject }) => subject));
  return [...subjects].map((subject) => {
    const about = trace.all().filter((exchange) => exchange.subject === subject);
    const sent = inputs.filter((input) => input.subject === subject);
    return sent.map((input, index) => {
      const [last, next] = [sent[index - 1]?.n ?? -Infinity, sent[index + 1]?.n ?? Infinity];
      return {
        input,
        before: about.filter(({ n, variant }) => n > last && n < input.n && variant === steps.before),
        after: about.filter(({ n, variant }) => n > input.n && n < next && variant === steps.rightAfter),
      };
    });
  });
};

const wasCutShort = ({ failure }: Exchange): boolean => failure?.code === 'interrupted';

/** An input after which usual requests are not served, each time that it is sent, although they are served before it. */
const servesAfterwards: Judge<Code> = (trace) =>
  judgeEach(
    triesOf(trace).filter((tries) => !tries.some(({ after }) => after.length === 0 || after.some(wasCutShort))),
    (tries) => {
      const comesAgain = tries.filter(
        ({ before, after }) => before.length === usualBefore && before.every(isServed) && !after.every(isServed),
      );
      const { input, after } = tries.at(-1) ?? {};
      if (comesAgain.length < oddInputTries || input === undefined) return undefined;
      const last = after?.find((exchange) => !isServed(exchange));
      return {
        code: 'not-normal-afterwards',
        expected: 'a normal answer to usual requests right after odd input',
        actual: `each of ${comesAgain.length} times ${last?.response === undefined ? (last?.failure?.message ?? 'there was none') : `it was ${last.response.status}`}`,
        exchanges: [input, ...(last === undefined ? [] : [last])],
      };
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
      'Odd filters and page numbers, ids such as `__proto__`, bodies such as `null`, `[]`, deeply nested lists, a `userName` of more than 1500 characters, patches without operations or with `null` as their value, lone surrogates and members of the wrong type, and random mixtures of all these are sent, synchronously and asynchronously.',
      'No answer in the whole run may be 5xx, and neither may the result of an odd operation in a bulk request; 501 is allowed, and 503 and the answers to the burst are left to RATE-09. But a 503 without `Retry-After` to odd input is a failure here if the next request is answered normally.',
      'A connection that is dropped on such a request is a failure as well, if it is dropped on all of five attempts while other requests are answered; a GET of ServiceProviderConfig has to be answered normally afterwards.',
      'Deep JSON and a few other inputs are sent while nothing else is in flight, each between usual reads: if a read right afterwards is answered 5xx, 503 included, or not at all, each of three times, while those before are served, this is a failure.',
    ],
    fix: [
      'Find out which input it was: the curl line of the finding sends it again.',
      'Check the shape of the body before you use it (an object, lists where lists belong, strings where strings belong) and answer 400 with `invalidSyntax` or `invalidValue`.',
      'Parse filters and paths with a parser that returns errors, limit the depth of JSON and the length of texts, and refuse characters that the database cannot store, such as U+0000.',
    ],
  },
  codes,
  from: 'every',
  first: wrongBodies,
  looksAt: 'any',
  judge: (trace) =>
    together(
      serverErrors(trace),
      failedOperations(trace),
      droppedConnections(trace),
      trace.isOf(afterOddInput) ? servesAfterwards(trace) : together(),
    ),
});
