import { urn } from '../../../../schemas/names.js';
import { core15 } from '../../../../suites/requirements/core/core-15.js';
import { searchByPost, searchByPostSteps } from '../../../../suites/scenarios/synchronous/search-by-post.js';
import type { Step } from '../../../../suites/trace/step.js';
import { HandMadeTrace, type Answer } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const { filterByGet, filterByPost, filterAtRoot, pageByGet, pageByPost, me } = searchByPostSteps;

const list = (...ids: readonly string[]): Answer => ({
  status: 200,
  body: {
    schemas: [urn.listResponse],
    totalResults: ids.length,
    Resources: ids.map((id) => ({ schemas: [urn.user], id })),
  },
});

const error = (status: number): Answer => ({ status, body: { schemas: [urn.error], status: String(status) } });

const requests: readonly [request: `${string} ${string}`, variant: Step][] = [
  ['GET /Users?filter=…', filterByGet],
  ['POST /Users/.search', filterByPost],
  ['POST /.search', filterAtRoot],
  ['GET /Users?count=1', pageByGet],
  ['POST /Users/.search', pageByPost],
  ['GET /Me', me],
];

/** The answers to these requests, by their steps. */
const answered = (answers: Readonly<Record<string, Answer>>) => (): HandMadeTrace => {
  const trace = new HandMadeTrace(searchByPost, 'request-mode');
  for (const [request, variant] of requests) {
    const answer = answers[variant];
    if (answer !== undefined) trace.exchange('search', request, { variant, ...answer });
  }
  return trace;
};

const location = { Location: 'https://provider.example/scim/v2/Users/1' };
const user = { status: 200, headers: location, body: { schemas: [urn.user], id: '1' } };

proveRequirement(core15, {
  right: {
    'the same by POST as by GET': answered({
      [filterByGet]: list('1'),
      [filterByPost]: list('1'),
      [filterAtRoot]: list('1'),
    }),
    'a page of one': answered({ [pageByGet]: list('1'), [pageByPost]: list('2') }),
    '/Me is not supported': answered({ [me]: error(501) }),
    '/Me is a user': answered({ [me]: user }),
  },
  wrong: {
    'search-refused': {
      'it is taken for a create': answered({ [filterByPost]: error(400) }),
      'GET takes the same query': answered({ [pageByGet]: list('1'), [pageByPost]: error(400) }),
      'it creates something': answered({ [pageByPost]: { ...user, status: 201 } }),
    },
    'search-is-no-list': answered({ [filterByPost]: user }),
    'search-finds-others': {
      'at the endpoint': answered({ [filterByGet]: list('1'), [filterByPost]: list('1', '2') }),
      'at the root': answered({ [filterByGet]: list('1'), [filterAtRoot]: list() }),
    },
    'search-ignores-count': answered({ [pageByGet]: list('1'), [pageByPost]: list('1', '2') }),
    'me-refused': answered({ [me]: error(400) }),
    'me-is-no-resource': answered({ [me]: { ...list('1'), headers: location } }),
    'me-without-location': answered({ [me]: { ...user, headers: {} } }),
  },
  legal: {
    'no search by POST (RFC 7644 §3.12)': answered({
      [filterByPost]: error(404),
      [filterAtRoot]: error(501),
      [pageByPost]: error(405),
    }),
    'a query that is too broad at the root (RFC 7644 §3.4.2.1)': answered({ [filterAtRoot]: error(400) }),
    'a redirect to the user (RFC 7644 §3.11)': answered({ [me]: { status: 308, headers: location } }),
    'no user behind the credential': answered({ [me]: error(403) }),
    'another order': answered({ [filterByGet]: list('1', '2'), [filterByPost]: list('2', '1') }),
    'GET ignores the count, too, which is for CORE-13 to judge': answered({
      [pageByGet]: list('1', '2'),
      [pageByPost]: list('1', '2'),
    }),
  },
  open: { 'a 404 of /Me (RFC 7644 §3.11, §3.12)': answered({ [me]: error(404) }) },
  silent: {
    'nothing but GET': answered({ [filterByGet]: list('1') }),
    'the query is refused by GET, too, such as one without a filter (RFC 7644 §3.12)': answered({
      [pageByGet]: error(400),
      [pageByPost]: error(400),
    }),
    'not served': answered({ [filterByPost]: error(404) }),
  },
});
