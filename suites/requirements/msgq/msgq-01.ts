/** MSGQ-01, over HTTP: the suite does not reach the message broker of a provider. */
import { header } from '../../../schemas/names.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { describeBody } from '../../judging/describe.js';
import { type Finding, judgeEach, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { messageSteps, queueMessage } from '../../scenarios/integration/queue-message.js';
import { isNotFound, succeeded } from '../../trace/answers.js';
import { isObject, responseHeader, responseObject } from '../../trace/message.js';
import { isStep } from '../../trace/step.js';
import type { Answered } from '../../trace/trace.js';

const codes = {
  'endpoint-missing': 'the endpoint for messages that is advertised is not there',
  'not-accepted-as-asynchronous': 'a message is answered with success, but not with 202 and the Location of a status',
  'status-unreadable': 'the Location of a message does not lead to a status resource',
  'not-completed': 'the request of a message is not completed within the deadline',
  'invalid-message-accepted': 'a message that is not valid is accepted',
};

type Code = keyof typeof codes;

const namesEndpoint = ({ target: { asyncExtension } }: TraceView): boolean =>
  isObject(asyncExtension) && typeof asyncExtension.messageEndpoint === 'string';

/** Whether an answer to a valid message says something: another refusal may be about its source, which does not exist. */
const isTelling = (trace: TraceView, answer: Answered): boolean =>
  succeeded(answer) || (namesEndpoint(trace) && [404, 405, 501].includes(answer.response.status));

const judgeAnswer = (answer: Answered): Finding<Code> | undefined => {
  const { status } = answer.response;
  if (!succeeded(answer))
    return {
      code: 'endpoint-missing',
      expected: 'messages to be taken at the messageEndpoint of ServiceProviderConfig',
      actual: `the answer is ${status}`,
      exchanges: [answer],
    };
  const hasLocation = responseHeader(answer, header.location) !== undefined;
  return status === 202 && hasLocation
    ? undefined
    : {
        code: 'not-accepted-as-asynchronous',
        expected: '202 with the Location of a status resource',
        actual: `the answer is ${status}${hasLocation ? '' : ' without Location'}`,
        exchanges: [answer],
      };
};

const judgeStatus =
  (asked: Answered | undefined) =>
  (read: Answered): Finding<Code> | undefined => {
    const exchanges = [...(asked === undefined ? [] : [asked]), read];
    const body = responseObject(read);
    if (read.response.status !== 200 || body === undefined || !isObject(body.status))
      return {
        code: 'status-unreadable',
        expected: 'a status resource at the Location of a message',
        actual:
          read.response.status === 200 ? `it comes ${describeBody(read)}` : `the answer is ${read.response.status}`,
        exchanges,
      };
    const isDone = isObject(body.status) && body.status.completed === true;
    return isStep(read, messageSteps.overdue) && !isDone
      ? {
          code: 'not-completed',
          expected: 'the request of a message to be completed within the deadline',
          actual: 'it is still pending',
          exchanges,
        }
      : undefined;
  };

export const msgq01 = defineRequirement({
  id: 'MSGQ-01',
  since: '1.0',
  level: 'MUST',
  title:
    'a message {operation, source, target, batchSize, priority} validates against its schema and becomes an asynchronous request with a status resource',
  source: cite('P-Use D'),
  needs: { binding: 'request-mode', feature: 'messageQueue' },
  guide: {
    why: ['Nobody can follow the work of a message that is accepted without a check or has no status.'],
    tested: [
      'The profile names no endpoint: messages are sent by POST to `messageEndpoint` of the async extension of ServiceProviderConfig, or to `/integration/messages`. A message broker is not reached.',
      'The message is that of the paper (`SYNC_AD`), with a `source` that does not exist, so that no real directory is read. It has to be answered 202 with the `Location` of a status resource, which has to complete within the deadline, whether it succeeds or fails. A refusal with another 4xx than 404, 405 is not judged: it may be about the source.',
      'Messages without `operation`, with an object as `source`, with a `batchSize` that is a word or negative, and a list of messages must not be accepted.',
      'Judged only if `features` lists `messageQueue`.',
    ],
    fix: [
      'Validate the message (`operation`, `source`, `target`, `batchSize`, `priority`) against its schema before it is accepted.',
      'Turn it into an asynchronous request, and answer 202 with the `Location` of its status, as for a bulk request.',
    ],
  },
  codes,
  from: [queueMessage],
  judge: (trace) => {
    const [asked] = trace.variant(messageSteps.valid, 'message');
    const reads = trace.answered('message-status');
    const wasSeen = reads.some((read) => read.response.status === 200);
    return together<Code>(
      judgeEach(asked !== undefined && isTelling(trace, asked) ? [asked] : [], judgeAnswer),
      // A status may be forgotten once it was seen (profile §7, clarification 7). What is in it is judged by STAT.
      judgeEach(
        reads.filter((read, place) => !(wasSeen && isNotFound(read)) && (wasSeen || place === reads.length - 1)),
        judgeStatus(asked),
      ),
      judgeEach(trace.variant(messageSteps.invalid, 'message'), (answer): Finding<Code> | undefined =>
        succeeded(answer)
          ? {
              code: 'invalid-message-accepted',
              expected: 'a message that is not valid to be refused',
              actual: `the answer is ${answer.response.status}`,
              exchanges: [answer],
            }
          : undefined,
      ),
    );
  },
});
