/** Part of CORE-14: what may be refused, and how (RFC 9865 §2, §3). */
import { judgeEach, together, type Finding, type Judgement } from '../../../judging/judge.js';
import type { TraceView } from '../../../judging/trace-view.js';
import { cursorPagesSteps } from '../../../scenarios/synchronous/cursor-pages.js';
import { succeeded } from '../../../trace/answers.js';
import { responseObject, textOf } from '../../../trace/message.js';
import type { Answered } from '../../../trace/trace.js';

export const cursorRefusalCodes = {
  'first-page-refused': 'a query with an empty `cursor` is refused',
  'cursor-refused': 'a query with the `nextCursor` of the page before is refused',
  'unspecified-refused': 'a query without `cursor` and `startIndex` is refused',
  'unknown-cursor-answered': 'a cursor that the provider did not make is answered with success',
  'unknown-cursor-status': 'a cursor that the provider did not make is refused with another status than 400',
  'unknown-cursor-type':
    'the error for a cursor that the provider did not make has another scimType than `invalidCursor`, or none',
};

type Code = keyof typeof cursorRefusalCodes;

const { page, unspecified, unknown } = cursorPagesSteps;

/** A client may not be allowed to read the list, and a list may be too long. ERR-09 judges 5xx. */
const isRefused = (search: Answered): boolean => {
  const { status } = search.response;
  const scimType = responseObject(search)?.scimType;
  return status >= 400 && status < 500 && status !== 403 && scimType !== 'tooMany';
};

const refusal = (code: Code, search: Answered, before: readonly Answered[] = []): Finding<Code> => ({
  code,
  expected: 'the query to be answered 200',
  actual: `the answer is ${search.response.status}`,
  exchanges: [...before, search],
});

const ofPages = (pages: readonly Answered[]): Judgement<Code> =>
  judgeEach(pages, (search, place) => {
    const isExpired = place > 0 && responseObject(search)?.scimType === 'expiredCursor';
    if (!isRefused(search) || isExpired) return undefined;
    return place === 0
      ? refusal('first-page-refused', search)
      : refusal('cursor-refused', search, pages.slice(place - 1, place));
  });

const ofUnknown = (search: Answered): Finding<Code> | undefined => {
  const { status } = search.response;
  const wrong = (code: Code, actual: string): Finding<Code> => ({
    code,
    level: 'SHOULD',
    expected: 'an unknown cursor to be answered 400 with the scimType invalidCursor',
    actual,
    exchanges: [search],
  });
  if (succeeded(search)) return wrong('unknown-cursor-answered', `the answer is ${status}`);
  if (status !== 400) return wrong('unknown-cursor-status', `the answer is ${status}`);
  const error = responseObject(search);
  // ERR-01 judges whether it is a SCIM error.
  if (error?.status === undefined || error.scimType === 'invalidCursor') return undefined;
  return wrong('unknown-cursor-type', `its scimType is ${textOf(error.scimType)}`);
};

export const judgeCursorRefusals = (trace: TraceView): Judgement<Code> => {
  const pages = trace.variant(page, 'search');
  const isServed = pages[0] !== undefined && succeeded(pages[0]);
  const others = (isServed ? trace.variant(unspecified, 'search') : []).filter(({ response }) => response.status < 500);
  const unknowns = (isServed ? trace.variant(unknown, 'search') : []).filter(
    ({ response: { status } }) => status < 500 && status !== 403,
  );
  return together(
    ofPages(pages.filter(({ response }) => response.status < 500)),
    judgeEach(others, (search) => (isRefused(search) ? refusal('unspecified-refused', search) : undefined)),
    judgeEach(unknowns, ofUnknown),
  );
};
