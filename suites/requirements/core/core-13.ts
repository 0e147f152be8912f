/**
 * CORE-13. A client that reads a list in pages has to get all of it. What needs a list that nobody else changes is judged
 * only if a filter finds the resources of the exercise and no others.
 */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { judgeEach, together } from '../../judging/judge.js';
import { listPages } from '../../scenarios/synchronous/list-pages.js';
import { listsBesideReads } from '../../scenarios/synchronous/lists-beside-reads.js';
import { invalidFilterCodes, judgeInvalidFilters } from './lists/invalid-filters.js';
import { judgeListed, listedCodes } from './lists/lists-beside-reads.js';
import { listsIn } from './lists/lists-read.js';
import { judgePage, pageCodes } from './lists/pages-as-asked.js';
import { judgeRefusals, judgeSequence, sequenceCodes } from './lists/pages-in-sequence.js';

const codes = { ...pageCodes, ...sequenceCodes, ...invalidFilterCodes, ...listedCodes };

export const core13 = defineRequirement({
  id: 'CORE-13',
  since: '1.1',
  level: 'MUST',
  title:
    'lists: `totalResults` of the whole, `startIndex` and `itemsPerPage` true, pages without gaps or repeats, resources as reads show them, `count=0`; an invalid filter answers 400 `invalidFilter`',
  source: cite('RFC 7644 §3.4.2'),
  needs: {},
  guide: {
    why: [
      'Clients read long lists in pages, to compare their users with those of the provider.',
      'If a page leaves out a user, the client creates this user a second time, or believes that the account is deleted; if pages repeat, the client may never come to the end.',
      'If a filter that the provider does not understand is ignored, the client takes the whole list for the matches.',
    ],
    tested: [
      'Five users are created, and five groups if the target serves groups. A filter (`sw`, or several `eq` with `or`) finds them and nobody else, and the list is read in pages of two: each page begins where the one before ended. Pages may be shorter than asked for.',
      'No page may hold more resources than `count`; together the pages have to show each of the five once.',
      '`totalResults` has to be the number of all matches on each page, and with `count=0`, which shows no resources. `itemsPerPage` has to be the number of resources on the page, and `startIndex` the asked one; both may be absent only if the answer shows everything.',
      'A `startIndex` of 0 has to be read as 1, and a negative `count` as 0. A page beyond the end has to be empty.',
      'If filters are advertised, three filters that no grammar allows have to be answered 400. Another 4xx, or another `scimType` than `invalidFilter`, is a warning; 403 and 501 are not judged.',
      'A user and a group are shown in lists and by reads. What a list shows of names, `active`, members and other values has to be the same as in the reads before and after it; what it leaves out is left open, and a list that differs is asked for again for 1.5 s.',
      'If there is no such filter, other clients may change the list at any time: then only `count` and the numbers of each page are judged. If ServiceProviderConfig says that `pagination.index` is false, `startIndex` is not judged.',
    ],
    fix: [
      'Read `startIndex` and `count` from the query, apply them after the filter, and count the matches before you cut the page. With Express 5, `req.query` is computed anew at each access: a middleware that writes parsed numbers into it changes nothing.',
      'Sort by something unique, such as `id`, in every query: a database without ORDER BY may return rows in another order for each page.',
      '`startIndex` begins at 1: the offset of the database is `startIndex - 1`.',
      'Set `itemsPerPage` to the number of resources in this answer, not to the size that was asked for.',
      'Make the resources of a list with the code that answers a read: a JOIN with LIMIT cuts the members or addresses of some.',
      'Answer 400 with `"scimType": "invalidFilter"` if the filter cannot be parsed, and never fall back to the whole list.',
    ],
  },
  codes,
  from: [listPages, listsBesideReads],
  judge: (trace) => {
    if (trace.isOf(listsBesideReads)) return judgeListed(trace);
    const lists = listsIn(trace);
    return together<keyof typeof codes>(
      judgeEach(lists.judged, (page) => judgePage(page, lists.known(page))),
      judgeSequence(trace, lists),
      judgeRefusals(trace, lists),
      judgeInvalidFilters(trace),
    );
  },
});
