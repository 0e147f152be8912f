/** CORE-06. A search has to find all matches and nothing else, whatever the letter case (RFC 7643 §4.1.1). */
import { validate } from '../../../schemas/validators.js';
import { cite } from '../../contract/citation.js';
import { defineRequirement } from '../../definitions/requirement.js';
import { describeViolations } from '../../judging/describe.js';
import { type Finding, judgeEach, type Judgement, together } from '../../judging/judge.js';
import type { TraceView } from '../../judging/trace-view.js';
import { filterByUserName, filterByUserNameSteps } from '../../scenarios/synchronous/filter-by-user-name.js';
import { isAlike } from '../../trace/alike.js';
import { succeeded } from '../../trace/answers.js';
import {
  isObject,
  requestJson,
  responseJson,
  responseObject,
  withoutNulls,
  type JsonObject,
} from '../../trace/message.js';
import { countListed } from '../../trace/searches.js';
import { isStep } from '../../trace/step.js';
import { isAnswered, type Answered } from '../../trace/trace.js';

const codes = {
  'search-not-200': 'a search by userName is not answered 200',
  'list-response-invalid': 'the answer to a search is not a valid ListResponse',
  'user-not-found': 'a search does not find the user of this userName',
  'user-not-found-in-capitals': 'a search for a userName in capitals does not find the user',
  'others-found': 'a search finds users of other userNames',
  'total-results-wrong': 'totalResults is not the number of matches',
  'not-found-by-its-new-name': 'a search does not find a user by the userName that a PUT gave it',
  'found-by-its-former-name': 'a search finds a user by the userName that it had before a PUT',
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

/** Whether a create was answered with another userName than the one that was sent: CORE-03 judges that. */
const isNamedOtherwise = (trace: TraceView, { subject = '' }: Answered): boolean =>
  trace.answered('create').some((create) => {
    const name = succeeded(create) ? responseObject(create)?.userName : undefined;
    const names = [create.subject ?? '', name];
    return (
      typeof name === 'string' && !isAlike(create.subject ?? '', name) && names.some((each) => isAlike(subject, each))
    );
  });

/** A filter may be too sensitive for a URL, and then has to be sent in the body of a POST (RFC 7644 §3.12, §7.5.2). */
const isSensitive = (search: Answered): boolean =>
  search.response.status === 403 && responseObject(search)?.scimType === 'sensitive';

interface Rename {
  readonly former: string;
  readonly name: string;
  /** The PUT, and the read that shows the new name. */
  readonly shownBy: readonly [Answered, Answered];
}

/** PUTs that gave a user another userName, as a read shows; a provider may refuse, or keep the name. */
const renamesIn = (trace: TraceView): Rename[] =>
  trace.variant(filterByUserNameSteps.renamed, 'read').flatMap((read): Rename[] => {
    const put = trace.answered('replace').find(({ subject, n }) => subject === read.subject && n < read.n);
    const sent = put === undefined ? undefined : requestJson(put);
    const name = isObject(sent) ? sent.userName : undefined;
    if (put === undefined || typeof name !== 'string' || read.response.status !== 200) return [];
    return isAlike(name, responseObject(read)?.userName)
      ? [{ former: read.subject ?? '', name, shownBy: [put, read] }]
      : [];
  });

const isAfterRename = (search: Answered): boolean => isStep(search, filterByUserNameSteps.afterRename);

/** The last search for each of both names; what a search finds of others is judged before. */
const judgeRenames = (trace: TraceView): Judgement<Code> =>
  judgeEach(
    renamesIn(trace).flatMap((rename) =>
      [rename.name, rename.former].flatMap((name) => {
        const last = trace.answered('search').findLast((each) => isAfterRename(each) && each.subject === name);
        return last === undefined || isSensitive(last) || last.response.status !== 200 ? [] : [{ rename, name, last }];
      }),
    ),
    ({ rename, name, last }): Finding<Code> | undefined => {
      const count = countListed(last);
      const isNew = name === rename.name;
      if (count === undefined || count === (isNew ? 1 : 0)) return undefined;
      const exchanges = [...rename.shownBy, last];
      const actual = `it finds ${count}`;
      return isNew
        ? { code: 'not-found-by-its-new-name', expected: `to find the user ${name}`, actual, exchanges }
        : { code: 'found-by-its-former-name', expected: 'to find nobody', actual, exchanges };
    },
  );

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
      'A user whose e-mail address is another name than the `userName` has to be found by the `userName`, and not by the address. A user who gets another `userName` by PUT has to be found by the new one, and not by the former one, half a second later at the latest.',
      'Each answer has to be 200 with a valid ListResponse that holds exactly the matching user, or none, and `totalResults` has to be 1 or 0.',
      'Users that existed before do not disturb the test, because the names are new; if `filter.supported` is not true, the requirement is skipped. A filter that is refused with 403 `sensitive` is not judged.',
    ],
    fix: [
      'Compare the whole value and without regard to letter case, because `userName` is not case-exact: a `LIKE` query or a full-text index finds prefixes and words.',
      'Decode the filter once, as part of a URI: `%2B` is a plus sign, and a name such as `ann+test@example.com` has one.',
      'Set `totalResults` to the number of matches: not of all users, and not of the page.',
      'Answer a filter that matches nobody with 200 and `"totalResults": 0`, not with 404.',
      'Search in `userName` itself, and not in an e-mail address or in a key that was made when the user was created: a PUT or PATCH changes it.',
      'Make sure that a search finds a new user before you answer 201, also if a search index is behind the filter.',
    ],
  },
  codes,
  from: [filterByUserName],
  judge: (trace) => {
    const usual = judgeEach(
      trace
        .answered('search')
        .filter((search) => !isSensitive(search) && !isAfterRename(search) && !isNamedOtherwise(trace, search)),
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
    );
    // A search that goes wrong anyway says nothing about the change of a name.
    return usual.findings.length > 0 ? usual : together<Code>(usual, judgeRenames(trace));
  },
});
