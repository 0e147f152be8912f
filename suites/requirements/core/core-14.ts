/** CORE-14. A client follows `nextCursor` from page to page, and has nothing else to find the rest of the list. */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, together } from '../../judging/judge.js';
import { cursorPages } from '../../scenarios/synchronous/cursor-pages.js';
import { cursorPagesIn, cursorPageCodes, judgeCursorPage, judgeCursors } from './lists/pages-by-cursor.js';
import { cursorRefusalCodes, judgeCursorRefusals } from './lists/cursor-refusals.js';

const codes = { ...cursorPageCodes, ...cursorRefusalCodes };

export const core14 = defineRequirement({
  id: 'CORE-14',
  since: '1.1',
  level: 'MUST',
  title: 'cursor paging, where advertised',
  source: cite('RFC 9865'),
  needs: { capability: 'cursor' },
  guide: {
    why: [
      'With cursors, `nextCursor` is the only way to the rest of a list.',
      'If it is missing too early, the client believes that the users who follow are deleted; if it never ends, the client never ends either.',
    ],
    tested: [
      'If ServiceProviderConfig says that `pagination.cursor` is true, five users are created, and a filter (`sw`, or several `eq` with `or`) finds them and nobody else.',
      'The first page is asked for with an empty `cursor` and `count=2`, and each other page with the `nextCursor` of the page before. Pages may be shorter than asked for, and the last may be empty.',
      'No page may hold more than `count` resources; `nextCursor` has to be a string that is not empty, and must be on every page but the last; together the pages have to show each user once, and to come to an end.',
      'A query with a `count`, but without `cursor` and `startIndex`, must not be refused for that.',
      'It is a warning if a cursor has characters that a URI has to encode, or if a made-up cursor is not refused with 400 and the scimType `invalidCursor`.',
      'An expired cursor is not judged. If there is no such filter, other clients may change the list at any time: then only single pages are judged.',
    ],
    fix: [
      'Put into the cursor the sort key of the last resource of the page, and let the next page begin behind it: an offset leaves out or repeats users if others are deleted or created.',
      'Ask the store for one resource more than `count`: if it is there, the page has a `nextCursor`; otherwise leave `nextCursor` out.',
      'Encode cursors with base64url without padding, so that they need no encoding in a URL.',
      'Read an empty `cursor` as the first page.',
    ],
  },
  codes,
  from: [cursorPages],
  judge: (trace) =>
    together<keyof typeof codes>(
      judgeEach(cursorPagesIn(trace), judgeCursorPage),
      judgeCursors(trace),
      judgeCursorRefusals(trace),
    ),
});
