/** PREF-05. RFC 9967 leaves several points about the Location open: they are reported as ambiguous (profile §7, clarification 5). */
import { header, mediaType } from '../../../schemas/names.js';
import type { Submission } from '../../../schemas/types.js';
import { uriReference } from '../../bindings/locations.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { describeBody } from '../../judging/describe.js';
import { type Ambiguity, judgeEach, type Judgement, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { manyAtOnce } from '../../scenarios/lifecycle/many-at-once.js';
import { followLocationSteps } from '../../scenarios/respond-async/follow-location.js';
import { preferBulk } from '../../scenarios/respond-async/prefer-bulk.js';
import { preferWrite } from '../../scenarios/respond-async/prefer-write.js';
import { resultOf } from '../../security-events/result-body.js';
import { beginning, limits } from '../../trace/clipping.js';
import { isObject, responseHeader, responseJson, responseMediaType } from '../../trace/message.js';
import type { Answered } from '../../trace/trace.js';

type Code = 'location-missing' | 'location-not-a-uri' | 'resource-not-there' | 'result-not-there';

interface Accepted {
  readonly submission: Submission;
  readonly exchange: Answered;
}

/** Location is that of the resource: a GET has to find it when the request is done, except after a DELETE or a failure. */
const judgeResource = (trace: TraceView, { submission, exchange }: Accepted): Judgement<Code> => {
  const read = trace.variant(followLocationSteps.resource, 'read').at(-1);
  const isGone = submission.operations.some(({ method, expected }) => method === 'DELETE' || expected === 'failure');
  return judgeEach(read === undefined || isGone ? [] : [read], (read) =>
    read.response.status === 200
      ? undefined
      : {
          code: 'resource-not-there',
          expected: 'the Location of the 202 to lead to the resource',
          actual: `a GET of it is answered ${read.response.status}`,
          exchanges: [exchange, read],
        },
  );
};

/** RFC 9967 does not define the form of a result; but a page for people is no form of it. */
const isSomeResult = (read: Answered): boolean =>
  read.response.status === 200 &&
  resultOf(read.response).form !== 'nothing' &&
  responseMediaType(read) !== 'text/html' &&
  !/^\s*<(!doctype|html)/i.test(read.response.body);

/** Location is that of the result: a GET has to return the completion event when the request is done. */
const judgeResult = (trace: TraceView, { submission, exchange }: Accepted): Judgement<Code> => {
  const reads = trace.statusReads(submission).filter(({ credential }) => credential === 'primary');
  // After the result was fetched once, it may be gone.
  const last = reads.findLast(({ response }) => response.status === 200) ?? reads.at(-1);
  const settlement = trace.settlement(submission);
  // LIFE-01 judges a result that never comes. Without a settlement the suite stopped polling before the end.
  const hasEnded = settlement !== undefined && settlement.outcome !== 'deadline';
  return judgeEach(last === undefined || !hasEnded ? [] : [last], (last) =>
    isSomeResult(last)
      ? undefined
      : {
          code: 'result-not-there',
          expected: 'a GET of the Location to return the completion event when the request is done',
          actual: `the answer is ${last.response.status} ${describeBody(last)}`,
          exchanges: [exchange, last],
        },
  );
};

const judgeLocation = (trace: TraceView, accepted: Accepted): Judgement<Code> => {
  const { submission, exchange } = accepted;
  const location = responseHeader(exchange, header.location);
  if (location === undefined) {
    return judgeEach([exchange], () => ({
      code: 'location-missing',
      expected: 'a Location on the 202, either of the completion event or of the resource',
      actual: 'there is none',
      exchanges: [exchange],
    }));
  }
  if (!uriReference.test(location)) {
    return judgeEach([exchange], () => ({
      code: 'location-not-a-uri',
      expected: 'a URI reference as Location',
      actual: `it is «${location}»`,
      exchanges: [exchange],
    }));
  }
  const judgement = submission.location === undefined ? judgeResource(trace, accepted) : judgeResult(trace, accepted);
  return judgement.findings.length > 0
    ? judgement
    : { ...judgement, ambiguities: openPoints(trace, submission, location) };
};

/** The points that RFC 9967 leaves open about a Location and the answers to a GET of it (profile §7, clarification 5). */
const openPoints = (trace: TraceView, submission: Submission, location: string): Ambiguity[] => {
  const open: Ambiguity[] = [];
  if (submission.shape === 'bulk' && submission.location === undefined) {
    open.push({
      point: 'what the Location of a bulk request is',
      readings: ['the URI of its results', 'nothing, because a bulk request has no resource'],
      seen: `sends «${location}»`,
    });
  }
  const reads = trace
    .statusReads(submission)
    .filter(({ credential, request }) => credential === 'primary' && request.method === 'GET');
  const isWithoutContent = ({ response }: Answered): boolean => resultOf(response).form === 'nothing';
  const pending = reads.find(
    (read) => trace.isPending(read) && (read.response.status !== 200 || isWithoutContent(read)),
  );
  if (pending !== undefined) {
    open.push({
      point: 'what a GET of the result answers while there is none yet',
      readings: ['202 or 204, because the request is pending', '404, because the event does not exist'],
      seen: `answers ${pending.response.status}${pending.response.status === 200 ? ' without content' : ''}`,
    });
  }
  const done = reads.findLast(({ response }) => response.status === 200);
  if (done === undefined) return open;
  return [...open, ...openForms(done)];
};

/** The form of a body without its values: these differ from request to request. */
const describeForm = (read: Answered): string => {
  const body = responseJson(read);
  if (Array.isArray(body)) return 'a list';
  if (isObject(body)) return `an object with ${beginning(Object.keys(body).join(', '), limits.quote)}`;
  return body === undefined ? 'a text that is not JSON' : 'a JSON text';
};

const payloadReadings = [
  'a security event token, as the text of RFC 9967 says',
  'only its payload, because it answers the request',
] as const;

/** The points that RFC 9967 leaves open about the form of a result. */
const openForms = (done: Answered): Ambiguity[] => {
  const type = responseMediaType(done) ?? 'none';
  switch (resultOf(done.response).form) {
    case 'token':
      return type === mediaType.securityEventToken
        ? []
        : [
            {
              point: 'the media type of a completion event at its URI',
              readings: [
                `${mediaType.securityEventToken}, that of a security event token`,
                `${mediaType.scim}, that of SCIM`,
              ],
              seen: `sends ${type}`,
            },
          ];
    case 'sets':
    case 'wrapped tokens':
      return [
        {
          point: 'the form of several completion events at one URI',
          readings: ['as RFC 8936 wraps them, in «sets»', 'one URI for each of them'],
          seen: `sends ${describeForm(done)} of ${type}`,
        },
      ];
    case 'operation':
    case 'operations':
      return [
        {
          point: 'what a GET of the result returns',
          readings: payloadReadings,
          seen: 'sends the result of the operation without a token',
        },
      ];
    case 'unknown':
      return [
        {
          point: 'the form of a result at its URI',
          readings: payloadReadings,
          seen: `sends ${describeForm(done)} of ${type}, in which the suite finds neither`,
        },
      ];
    case 'nothing':
      return [];
  }
};

export const pref05 = defineRequirement({
  id: 'PREF-05',
  since: '1.0',
  level: 'MUST',
  title: '`Location` is where the completion event can be fetched, or the normal SCIM location',
  source: cite('RFC 9967 §2.5.1.1'),
  needs: { binding: 'respond-async' },
  guide: {
    why: [
      'A client without an event stream finds the result of its request only at `Location`.',
      'If `Location` leads nowhere, the client never gets the result.',
    ],
    tested: [
      'Every 202 has to carry a `Location` that is a URI reference, without quotes or spaces.',
      'If it is under `/Users`, `/Groups` or `/Bulk`, or equal to the URL of the request, it is the URL of the resource: when the request is done, a GET has to answer 200 (except after a DELETE or a failure).',
      'Otherwise it is the URL of the result: when the request is done, a GET has to answer 200 and return the completion event, or its payload.',
      'Points that RFC 9967 leaves open are reported as ambiguous: the answer while there is no result (202, 204, 404, or 200 without content), its media type, the form of one or several events, and the `Location` of a bulk request. If the suite cannot read the form, it reports what it saw.',
    ],
    fix: [
      'Send one URL without quotes: figure 13 of RFC 9967 shows quotes, but the syntax of `Location` has none.',
      'Make the result readable at this URL as soon as the event is issued, and as long as events are kept.',
      'A relative URL is resolved against the URL of the request: give the whole path, or an absolute URL.',
    ],
  },
  codes: {
    'location-missing': 'the 202 has no Location',
    'location-not-a-uri': 'the Location of the 202 is not a URI reference',
    'resource-not-there': 'the Location of the 202 is that of the resource, but a GET of it does not find the resource',
    'result-not-there':
      'a GET of the Location of the 202 does not return the completion event when the request is done',
  },
  from: [preferWrite, preferBulk, manyAtOnce],
  judge: (trace) => together(...trace.accepted().map((accepted) => judgeLocation(trace, accepted))),
});
