/**
 * The rules of CORE-12 for If-Match and If-None-Match. Whoever advertises `etag.supported` has to honour them, and so has
 * whoever answers a write with an old tag by 412; others have said that they do not (RFC 7643 §5).
 */
import { header } from '../../../../schemas/names.js';
import { operationResults } from '../../../bindings/operation-result.js';
import { type Ambiguity, type Finding, judgeEach, type Judgement, together } from '../../../judging/judge.js';
import { stateIn } from '../../../judging/shown-state.js';
import type { TraceView } from '../../../judging/trace-view.js';
import { resourceVersionsSteps as steps } from '../../../scenarios/synchronous/resource-versions.js';
import { succeeded } from '../../../trace/answers.js';
import { isSameTag, isWeak, namesCoding, tagIn } from '../../../trace/entity-tags.js';
import { atPath, headerValue, responseHeader, responseObject } from '../../../trace/message.js';
import { isStep } from '../../../trace/step.js';
import type { Answered } from '../../../trace/trace.js';
import { statesIn } from './tags-changed.js';

export const conditionCodes = {
  'stale-write-done': 'a write with If-Match of an older version is done',
  'stale-operation-done': 'an operation of a synchronous bulk request with an older version is done',
  'stale-write-has-effect': 'a write is refused with 412, and its effect is there all the same',
  'stale-refused-otherwise': 'a write with If-Match of an older version is refused, but not with 412',
  'current-write-refused': 'a write with the current strong ETag in If-Match is refused with 412',
  'not-modified-to-another-tag': 'a GET with an ETag in If-None-Match that is not the current one is answered 304',
  'if-none-match-ignored': 'a GET with the current ETag in If-None-Match is not answered 304',
  'conditional-read-refused': 'a GET with If-None-Match is answered with an error',
};

export type ConditionCode = keyof typeof conditionCodes;

type Found = Finding<ConditionCode>;

/** A write with a condition, and the reads around it. */
interface Conditional {
  readonly write: Answered;
  /** The status of the answer, or of the only operation of a bulk request; NaN if it is unknown. */
  readonly status: number;
  readonly before: Answered | undefined;
  readonly after: Answered | undefined;
}

const statusOf = (write: Answered): number => {
  const { status } = write.response;
  if (write.purpose !== 'bulk' || status !== 200) return write.purpose === 'bulk' ? NaN : status;
  return Number(operationResults(responseObject(write) ?? {})[0]?.status ?? NaN);
};

const readingMethods: readonly string[] = ['GET', 'HEAD'];

/** A read that was cut shows no state: then the nearest one that does may be on the other side of another write. */
const conditionals = (trace: TraceView, which: typeof steps.stale): Conditional[] => {
  const states = statesIn(trace);
  const writes = trace.all().filter(({ request }) => !readingMethods.includes(request.method));
  const isNext = (read: Answered, write: Answered): boolean =>
    !writes.some(({ n }) => n !== write.n && n > Math.min(read.n, write.n) && n < Math.max(read.n, write.n));
  return trace.variant(which, 'replace', 'patch', 'delete', 'bulk').map((write) => ({
    write,
    status: statusOf(write),
    before: states.findLast((read) => read.n < write.n && isNext(read, write)),
    after: states.find((read) => read.n > write.n && isNext(read, write)),
  }));
};

const isSupported = (trace: TraceView): boolean =>
  trace
    .variant(steps.config, 'probe')
    .some((config) => config.response.status === 200 && atPath(responseObject(config), 'etag.supported') === true);

const isDone = (status: number): boolean => status >= 200 && status < 300 && status !== 202;

/** Other ways to refuse a write because of its condition; 401, 403, 404, 405, 428 and 429 have other reasons. */
const otherRefusals: readonly number[] = [400, 409, 410, 422];

/** Whether the provider takes this write without a condition. */
const isServed = (trace: TraceView, { write: { purpose, request } }: Conditional): boolean =>
  trace
    .answered('replace', 'patch')
    .some((each) => each.purpose === purpose && each.request.method === request.method && succeeded(each));

const expected = '412 to a write with the tag of an older version (RFC 9110 §13.1.1)';

const findStale = (trace: TraceView, stale: Conditional): Found | undefined => {
  const { write, status, before, after } = stale;
  const exchanges = [...(before === undefined ? [] : [before]), write];
  if (isDone(status)) {
    const code = write.purpose === 'bulk' ? 'stale-operation-done' : 'stale-write-done';
    return { code, expected, actual: `${write.request.method} is answered ${status}`, exchanges };
  }
  if (otherRefusals.includes(status) && isServed(trace, stale))
    // RFC 9110 §13.1.1 demands that it is not done; 412 is what a server may answer.
    return { code: 'stale-refused-otherwise', level: 'SHOULD', expected, actual: `the answer is ${status}`, exchanges };
  const hasEffect = status === 412 && before !== undefined && after !== undefined && stateIn(before) !== stateIn(after);
  return hasEffect
    ? {
        code: 'stale-write-has-effect',
        expected: 'no effect of a write with 412',
        actual: 'a read after it shows another state',
        exchanges: [before, write, after],
      }
    : undefined;
};

/** The status was told, and no other requirement judges it: ERR-09 judges errors of 5xx, and MODE-02 a 202. */
const isTelling = ({ status }: Conditional): boolean => status >= 200 && status < 500 && status !== 202;

/** A tag that was current before a write and is after it: nothing else has changed the resource meanwhile. */
const isStillCurrent = ({ before, after }: Conditional): boolean => {
  const [tag, still] = [before, after].map((read) => (read === undefined ? undefined : tagIn(read)));
  return tag !== undefined && tag === still;
};

const weakRefused: Ambiguity = {
  point: 'whether the current tag, if it is weak, fulfils If-Match',
  readings: [
    'it does, as the weak tags in the examples of RFC 7644 §3.14 suggest',
    'it does not, because RFC 9110 §13.1.1 asks for the strong comparison',
  ],
  seen: 'answers 412 to a write with the current weak tag in If-Match',
};

const judgeCurrent = (trace: TraceView): Judgement<ConditionCode> => {
  const refused = (each: Conditional): boolean => each.status === 412 && isStillCurrent(each);
  const writes = conditionals(trace, steps.current).filter((each) => isDone(each.status) || refused(each));
  const isOpen = ({ before }: Conditional): boolean => before !== undefined && isWeak(tagIn(before) ?? '');
  const judged = judgeEach(
    writes.filter((each) => !(refused(each) && isOpen(each))),
    (each): Found | undefined =>
      refused(each)
        ? {
            code: 'current-write-refused',
            expected: 'a write with the current ETag in If-Match to be done',
            actual: `${each.write.request.method} is answered 412`,
            exchanges: [...(each.before === undefined ? [] : [each.before]), each.write],
          }
        : undefined,
  );
  return writes.some((each) => refused(each) && isOpen(each)) ? { ...judged, ambiguities: [weakRefused] } : judged;
};

const unadvertised: Ambiguity = {
  point: 'what If-Match means where `etag.supported` is not true, and answers have an ETag all the same',
  readings: [
    'nothing: RFC 7643 §5 lets a provider say that it does not support ETags',
    'the condition, because RFC 9110 §13.1.1 asks every server to evaluate it',
  ],
  seen: 'does a write with an old ETag in If-Match',
};

const judgeWrites = (trace: TraceView): Judgement<ConditionCode> => {
  const stale = conditionals(trace, steps.stale).filter(isTelling);
  const single = stale.filter(({ write }) => write.purpose !== 'bulk');
  if (isSupported(trace) || single.some(({ status }) => status === 412))
    return together(
      judgeEach(stale, (each) => findStale(trace, each)),
      judgeCurrent(trace),
    );
  const isIgnored = single.some(
    ({ status, before }) => isDone(status) && before !== undefined && responseHeader(before, header.etag) !== undefined,
  );
  return isIgnored ? { exercised: 0, findings: [], ambiguities: [unadvertised] } : together();
};

const sentTag = ({ request }: Answered): string => headerValue(request.headers, header.ifNoneMatch) ?? '';

/** Whether the current tag, which the GET has sent, was replaced by another one meanwhile. */
const isOutdated = (read: Answered): boolean => {
  const shown = responseHeader(read, header.etag);
  return (
    read.response.status === 200 &&
    shown !== undefined &&
    !sentTag(read)
      .split(',')
      .some((tag) => isSameTag(tag.trim(), shown))
  );
};

const findWrongRead = (trace: TraceView, read: Answered): Found | undefined => {
  const { status } = read.response;
  const wrong = (code: ConditionCode, wanted: string): Found => ({
    code,
    expected: wanted,
    actual: `the answer to ${sentTag(read)} is ${status}`,
    exchanges: [read],
  });
  if (status >= 400) return wrong('conditional-read-refused', '200 or 304 to a GET with If-None-Match');
  if (isStep(read, steps.oldTag, steps.otherTag))
    return status === 304
      ? wrong('not-modified-to-another-tag', '200 with the resource to another ETag than the current one')
      : undefined;
  // A cache or proxy that compresses does not find its own tag again; what that costs is only time.
  const isDemanded = isSupported(trace) && !namesCoding(sentTag(read)) && !isOutdated(read);
  return status === 304 || !isDemanded
    ? undefined
    : wrong('if-none-match-ignored', '304 to If-None-Match with the current ETag');
};

/** 401, 403 and 404 have other reasons than the condition, and ERR-09 judges errors of the provider. */
const isOfCondition = ({ response: { status } }: Answered): boolean =>
  status === 200 || status === 304 || (status >= 400 && status < 500 && ![401, 403, 404, 410].includes(status));

const judgeReads = (trace: TraceView): Judgement<ConditionCode> => {
  const reads = [steps.currentTag, steps.listOfTags, steps.oldTag, steps.otherTag].flatMap((each) =>
    trace.variant(each, 'read'),
  );
  return judgeEach(reads.filter(isOfCondition), (read) => findWrongRead(trace, read));
};

export const judgeConditions = (trace: TraceView): Judgement<ConditionCode> =>
  together(judgeWrites(trace), judgeReads(trace));
