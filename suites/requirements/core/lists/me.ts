/** Part of CORE-15: the alias for the user of the credential (RFC 7644 §3.11). */
import { judgeEach, together, type Ambiguity, type Finding, type Judgement } from '../../../judging/judge.js';
import type { TraceView } from '../../../judging/trace-view.js';
import { searchByPostSteps } from '../../../scenarios/synchronous/search-by-post.js';
import { isNotFound } from '../../../trace/answers.js';
import { responseHeader, responseObject } from '../../../trace/message.js';
import type { Answered } from '../../../trace/trace.js';

export const meCodes = {
  'me-refused': '`GET /Me` is answered neither with a resource nor with 501',
  'me-is-no-resource': '`GET /Me` is answered 200 without a resource',
  'me-without-location': '`GET /Me` is answered without the Location of the resource',
};

type Code = keyof typeof meCodes;

const notFound: Ambiguity = {
  point: 'what a 404 of `/Me` means',
  readings: [
    'the credential stands for no user, so that there is nothing at the alias',
    'the provider does not have the alias, and should answer 501 (RFC 7644 §3.11)',
  ],
  seen: 'GET /Me is answered 404',
};

const rule = (read: Answered): Finding<Code> | undefined => {
  const { status } = read.response;
  const wrong = (code: Code, expected: string, actual: string): Finding<Code> => ({
    code,
    expected,
    actual,
    exchanges: [read],
  });
  const hasLocation = responseHeader(read, 'location') !== undefined;
  if (status === 501) return undefined;
  if (status !== 200 && status !== 307 && status !== 308)
    return wrong('me-refused', 'GET /Me to be answered 200 or 501', `the answer is ${status}`);
  if (status === 200 && typeof responseObject(read)?.id !== 'string')
    return wrong('me-is-no-resource', 'a resource with an id', 'the answer to GET /Me is none');
  return hasLocation ? undefined : wrong('me-without-location', 'the Location of the resource', 'there is none');
};

export const judgeMe = (trace: TraceView): Judgement<Code> => {
  const reads = trace.variant(searchByPostSteps.me, 'search');
  const judged = reads.filter((read) => !isNotFound(read) && ![401, 403].includes(read.response.status));
  const open: Judgement<Code> = {
    exercised: 0,
    findings: [],
    ambiguities: reads.filter(isNotFound).map(() => notFound),
  };
  return together(judgeEach(judged, rule), open);
};
