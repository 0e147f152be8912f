/** CORE-06. A filter `userName eq "…"` finds exactly the matching user. */
import { validate } from '../../../schemas/validators.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { describeViolations } from '../../judging/describe.js';
import { type Finding, judgeEach } from '../../judging/judge.js';
import { filterByUserName } from '../../scenarios/synchronous/filter-by-user-name.js';
import { isCut } from '../../trace/answers.js';
import { isObject, responseJson, responseObject, withoutNulls } from '../../trace/message.js';
import { succeeded } from './core-agreement.js';

export const core06 = defineRequirement({
  id: 'CORE-06',
  since: '1.0',
  level: 'MUST',
  title: 'a filter `userName eq "…"` (where advertised) finds exactly the matching user',
  source: cite('RFC 7644 §3.4.2.2'),
  needs: { capability: 'filter' },
  guide: {
    why: [
      'Clients look for a `userName` before they create a user.',
      'A filter that finds too little makes them create duplicates; one that finds too much makes them change the account of somebody else.',
    ],
    tested: [
      'Users whose names begin alike are created, and `GET /Users?filter=userName eq "…"` asks for the first of them, for the same name in capitals, and for a name that nobody has.',
      'Each answer has to be 200 with a valid ListResponse that holds exactly the matching user, or nobody, and `totalResults` has to be 1 or 0.',
      'Users that were there before do no harm, because the names are new; where `filter.supported` is not true, it is skipped.',
    ],
    fix: [
      'Compare the whole value and without regard to letter case, because `userName` is not case-exact: a `LIKE` query or a full-text index finds prefixes and words.',
      'Set `totalResults` to the number of matches: not of all users, and not of the page.',
      'Answer a filter that matches nobody with 200 and `"totalResults": 0`, not with 404.',
      'Let a new user be findable before you answer 201, also where a search index is behind the filter.',
    ],
  },
  from: [filterByUserName],
  judge: (trace) => {
    const created = trace.answered('create').filter(succeeded);
    return judgeEach(trace.answered('search'), (search) => {
      const fail = (expected: string, actual: string): Finding => ({ expected, actual, exchanges: [search] });
      if (search.response.status !== 200)
        return fail('200 with a ListResponse', `the answer is ${search.response.status}`);
      const validation = validate('scim/list-response', withoutNulls(responseJson(search)));
      if (!validation.valid)
        return fail('a valid ListResponse (RFC 7644 §3.4.2)', describeViolations(validation.violations));
      // Whose creation was answered with too much has an id that nobody knows.
      const isUnknown = trace
        .all()
        .some((exchange) => exchange.purpose === 'create' && isCut(exchange) && exchange.subject === search.subject);
      if (isUnknown) return undefined;
      const match = created.find(({ subject }) => subject === search.subject);
      const wanted = match === undefined ? [] : [responseObject(match)?.id];
      const found = (validation.value.Resources ?? []).map((resource) =>
        isObject(resource) ? resource.id : undefined,
      );
      const same = found.length === wanted.length && found.every((id, index) => id === wanted[index]);
      if (!same) return fail(`to find ${JSON.stringify(wanted)}`, `it finds ${JSON.stringify(found)}`);
      return validation.value.totalResults === wanted.length
        ? undefined
        : fail(`totalResults ${wanted.length}`, `it is ${validation.value.totalResults}`);
    });
  },
});
