/**
 * CORE-15. A query in the body of a POST keeps names out of logs (RFC 7644 §7.5.2). No section says that a provider has to
 * serve `/.search`, so 404, 405 and 501 are no findings; but what is served has to be right.
 */
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { together } from '../../judging/judge.js';
import { searchByPost } from '../../scenarios/synchronous/search-by-post.js';
import { judgeMe, meCodes } from './lists/me.js';
import { judgeSearches, searchCodes } from './lists/searches-by-post.js';

const codes = { ...searchCodes, ...meCodes };

export const core15 = defineRequirement({
  id: 'CORE-15',
  since: '1.1',
  level: 'SHOULD',
  title: '`POST /.search` queries; `/Me` answers or is 501',
  source: cite('RFC 7644 §3.4.3, §3.11'),
  needs: {},
  guide: {
    why: [
      'A filter in a URL puts names and addresses into the logs of every proxy on the way; in the body of a POST to `/.search` it does not.',
      'A provider that takes such a POST for something else, such as a create, answers a question that nobody asked.',
      'Clients ask `/Me` for the user of their credential, and need to know whether the provider has this alias.',
    ],
    tested: [
      'Users are created, and one is searched for with `GET /Users?filter=userName eq "…"`, with the same filter in a POST to `/Users/.search`, and in a POST to `/.search`; a page of one is asked for by GET and by POST.',
      'The answer to POST has to be 200 with a ListResponse that shows what the answer to GET shows. 403, 404, 405 and 501 are not judged: no RFC demands that a provider serves `/.search`. At `/.search` a 400 is not judged either, because the query may be too broad; nor is an error if GET answers the same query with an error.',
      '`GET /Me` has to be answered 200 with a resource and its `Location`, or with a redirect, or 501. 401 and 403 are not judged. A 404 is ambiguous: the credential may stand for no user, or the provider may not have the alias.',
    ],
    fix: [
      'Route `POST /Users/.search`, `POST /Groups/.search` and `POST /.search` before the routes of resources, to the code that answers GET, with the parameters of the body.',
      'In the body, `attributes` is a list of strings, and `startIndex` and `count` are numbers.',
      'Answer `/Me` with 501 if you do not support it; if you do, send the `Location` of the user under `/Users`.',
    ],
  },
  codes,
  from: [searchByPost],
  judge: (trace) => together<keyof typeof codes>(judgeSearches(trace), judgeMe(trace)),
});
