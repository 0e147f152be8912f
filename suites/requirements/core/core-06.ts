/** CORE-06. A search has to find all matches and nothing else, whatever the letter case (RFC 7643 §4.1.1). */
import { validate } from '../../../schemas/validators.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { describeViolations } from '../../judging/describe.js';
import { type Finding, judgeEach } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { filterByUserName, filterByUserNameSteps } from '../../scenarios/synchronous/filter-by-user-name.js';
import { isAlike } from '../../trace/alike.js';
import { succeeded } from '../../trace/answers.js';
import { responseJson, responseObject, withoutNulls, type JsonObject } from '../../trace/message.js';
import { isStep } from '../../trace/step.js';
import { isAnswered, type Answered } from '../../trace/trace.js';

const codes = {
  'search-not-200': 'a search by userName is not answered 200',
  'list-response-invalid': 'the answer to a search is not a valid ListResponse',
  'user-not-found': 'a search does not find the user of this userName',
  'user-not-found-in-capitals': 'a search for a userName in capitals does not find the user',
  'others-found': 'a search finds users of other userNames',
  'total-results-wrong': 'totalResults is not the number of matches',
};

type Code = keyof typeof codes;

interface Wanted {
  /** Undefined if the answer to the create does not show it; CORE-02 judges that. */
  readonly id: string | undefined;
  readonly userName: string;
}

/** The user that a search should find, as its create was answered; undefined if there is none. */
const wantedBy = (trace: TraceView, { subject: userName = '' }: Answered): Wanted | undefined => {
  const create = trace
    .all()
    .filter(isAnswered)
    .find((exchange) => exchange.purpose === 'create' && succeeded(exchange) && exchange.subject === userName);
  if (create === undefined) return undefined;
  const id = responseObject(create)?.id;
  return { id: typeof id === 'string' ? id : undefined, userName };
};

/** A user whose id is unknown is recognised by its name. */
const isWanted = (wanted: Wanted, { id, userName }: JsonObject): boolean =>
  wanted.id === undefined ? isAlike(wanted.userName, userName) : id === wanted.id;

const codeOfDifference = (search: Answered, isFound: boolean): Code => {
  if (isFound) return 'others-found';
  return isStep(search, filterByUserNameSteps.inCapitals) ? 'user-not-found-in-capitals' : 'user-not-found';
};

/** A filter may be too sensitive for a URL, and then has to be sent in the body of a POST (RFC 7644 §3.12, §7.5.2). */
const isSensitive = (search: Answered): boolean =>
  search.response.status === 403 && responseObject(search)?.scimType === 'sensitive';

const inWords = ({ id, userName }: Wanted): string => (id === undefined ? `the user ${userName}` : `["${id}"]`);

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
      'Users whose names begin with the same letters are created, and `GET /Users?filter=userName eq "…"` searches for the first of them, for the same name in capitals, for a name with a plus sign, and for a name that no user has.',
      'Each answer has to be 200 with a valid ListResponse that holds exactly the matching user, or none, and `totalResults` has to be 1 or 0.',
      'Users that existed before do not disturb the test, because the names are new; if `filter.supported` is not true, the requirement is skipped. A filter that is refused with 403 `sensitive` is not judged.',
    ],
    fix: [
      'Compare the whole value and without regard to letter case, because `userName` is not case-exact: a `LIKE` query or a full-text index finds prefixes and words.',
      'Decode the filter once, as part of a URI: `%2B` is a plus sign, and a name such as `ann+test@example.com` has one.',
      'Set `totalResults` to the number of matches: not of all users, and not of the page.',
      'Answer a filter that matches nobody with 200 and `"totalResults": 0`, not with 404.',
      'Make sure that a search finds a new user before you answer 201, also if a search index is behind the filter.',
    ],
  },
  codes,
  from: [filterByUserName],
  judge: (trace) =>
    judgeEach(
      trace.answered('search').filter((search) => !isSensitive(search)),
      (search) => {
        const wrong = (code: Code, expected: string, actual: string): Finding<Code> => ({
          code,
          expected,
          actual,
          exchanges: [search],
        });
        const { status } = search.response;
        if (status !== 200) return wrong('search-not-200', '200 with a ListResponse', `the answer is ${status}`);
        const validation = validate('scim/list-response', withoutNulls(responseJson(search)));
        if (!validation.valid) {
          const actual = describeViolations(validation.violations);
          return wrong('list-response-invalid', 'a valid ListResponse (RFC 7644 §3.4.2)', actual);
        }
        const wanted = wantedBy(trace, search);
        const { Resources = [], totalResults } = validation.value;
        const count = wanted === undefined ? 0 : 1;
        const isFound = wanted === undefined || Resources.some((resource) => isWanted(wanted, resource));
        if (Resources.length !== count || !isFound) {
          const expected = `to find ${wanted === undefined ? 'nobody' : inWords(wanted)}`;
          const found = JSON.stringify(Resources.map(({ id }) => id));
          return wrong(codeOfDifference(search, isFound), expected, `it finds ${found}`);
        }
        return totalResults === count
          ? undefined
          : wrong('total-results-wrong', `totalResults ${count}`, `it is ${totalResults}`);
      },
    ),
});
