/** Part of CORE-13: a filter that is not understood is refused (RFC 7644 §3.4.2.2). */
import { judgeEach, type Finding, type Judgement } from '../../../judging/judge.js';
import type { TraceView } from '../../../judging/trace-view.js';
import { listPagesSteps } from '../../../scenarios/synchronous/list-pages.js';
import { succeeded } from '../../../trace/answers.js';
import { responseObject, textOf } from '../../../trace/message.js';
import type { Answered } from '../../../trace/trace.js';

export const invalidFilterCodes = {
  'invalid-filter-answered': 'an invalid filter is answered with success',
  'invalid-filter-status': 'an invalid filter is refused with another status than 400',
  'invalid-filter-type': 'the error for an invalid filter has another scimType than `invalidFilter`, or none',
};

type Code = keyof typeof invalidFilterCodes;

/** A client may not be allowed to filter (403), and an endpoint may have no filters (501). ERR-09 judges other 5xx. */
const isJudged = ({ response: { status } }: Answered): boolean =>
  status !== 403 && (status < 300 || (status >= 400 && status < 500));

/** The invalid filter that was sent; undefined if the search is another one. */
export const invalidFilterOf = (search: Answered): string | undefined => listPagesSteps.invalidFilter.valueOf(search);

const rule = (search: Answered): Finding<Code> | undefined => {
  const { status } = search.response;
  const what = invalidFilterOf(search) ?? '';
  const expected = `a filter with ${what} to be answered 400 with the scimType invalidFilter`;
  const exchanges = [search];
  if (succeeded(search))
    return { code: 'invalid-filter-answered', expected, actual: `the answer is ${status}`, exchanges };
  if (status !== 400)
    return { code: 'invalid-filter-status', level: 'SHOULD', expected, actual: `the answer is ${status}`, exchanges };
  const error = responseObject(search);
  // ERR-01 judges whether it is a SCIM error.
  if (error?.status === undefined || error.scimType === 'invalidFilter') return undefined;
  const actual = `its scimType is ${textOf(error.scimType)}`;
  return { code: 'invalid-filter-type', level: 'SHOULD', expected, actual, exchanges };
};

export const judgeInvalidFilters = (trace: TraceView): Judgement<Code> =>
  judgeEach(
    trace.answered('search').filter((search) => invalidFilterOf(search) !== undefined && isJudged(search)),
    rule,
  );
