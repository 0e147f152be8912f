import { urn } from '../../../../schemas/names.js';
import type { Step } from '../../../../suites/trace/step.js';
import { core06 } from '../../../../suites/requirements/core/core-06.js';
import {
  filterByUserName,
  filterByUserNameSteps,
} from '../../../../suites/scenarios/synchronous/filter-by-user-name.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

interface Answer {
  /** Whom the search is for. */
  subject?: string;
  status?: number;
  found?: readonly string[];
  totalResults?: number;
  variant?: Step;
  /** Whether the answer to the create was too long to be kept. */
  isCut?: boolean;
  /** Whether the answer to the create has no body. */
  isEmpty?: boolean;
}

const listOf = (ids: readonly string[]) => ({
  schemas: [urn.listResponse],
  totalResults: ids.length,
  Resources: ids.map((id) => ({ schemas: [urn.user], id, userName: 'a' })),
});

/** Two users whose names begin alike, and a search for one of them, or for somebody else. */
const searched =
  ({ subject = 'a', status = 200, found = [], totalResults = found.length, variant, isCut, isEmpty }: Answer) =>
  (): HandMadeTrace => {
    const trace = new HandMadeTrace(filterByUserName, 'request-mode');
    for (const [userName, id] of [
      ['a', '1'],
      ['a.au', '2'],
    ] as const) {
      const body = { schemas: [urn.user], id, userName };
      const answer = { ...(isEmpty === true ? {} : { body }), ...(isCut === true ? { isCut } : {}) };
      trace.exchange('create', 'POST /Users', { status: 201, subject: userName, ...answer });
    }
    const Resources = found.map((id) => ({ schemas: [urn.user], id, userName: 'a' }));
    const body = { schemas: [urn.listResponse], totalResults, Resources };
    trace.exchange('search', 'GET /Users?filter=…', { status, subject, body, ...(variant && { variant }) });
    return trace;
  };

interface Address {
  /** Whom each search finds. */
  readonly byName?: readonly string[];
  readonly byAddress?: readonly string[];
  /** The userName in the answer to the create. */
  readonly shown?: string;
}

/** A user whose e-mail address is another name, and searches for both. */
const addressed =
  ({ byName = ['1'], byAddress = [], shown = 'a' }: Address) =>
  (): HandMadeTrace => {
    const trace = new HandMadeTrace(filterByUserName, 'request-mode');
    const sent = { schemas: [urn.user], userName: 'a', emails: [{ value: 'b' }] };
    trace.exchange('create', 'POST /Users', {
      status: 201,
      subject: 'a',
      sent,
      body: { ...sent, id: '1', userName: shown },
    });
    for (const [subject, found] of [
      ['a', byName],
      ['b', byAddress],
    ] as const)
      trace.exchange('search', 'GET /Users?filter=…', { status: 200, subject, body: listOf(found) });
    return trace;
  };

interface Renamed {
  /** How many each search finds, one after the other. */
  readonly byNew?: readonly number[];
  readonly byFormer?: readonly number[];
  /** The userName that the read after the PUT shows. */
  readonly shown?: string;
  readonly putStatus?: number;
}

const renamed =
  ({ byNew = [1], byFormer = [0], shown = 'new', putStatus = 200 }: Renamed) =>
  (): HandMadeTrace => {
    const trace = new HandMadeTrace(filterByUserName, 'request-mode');
    const user = { schemas: [urn.user], id: '1' };
    trace.exchange('create', 'POST /Users', { status: 201, subject: 'old', body: { ...user, userName: 'old' } });
    trace.exchange('replace', 'PUT /Users/1', { status: putStatus, subject: 'old', sent: { userName: 'new' } });
    const variant = filterByUserNameSteps.renamed;
    trace.exchange('read', 'GET /Users/1', {
      status: 200,
      subject: 'old',
      variant,
      body: { ...user, userName: shown },
    });
    for (const [subject, counts] of [
      ['new', byNew],
      ['old', byFormer],
    ] as const)
      for (const count of counts)
        trace.exchange('search', 'GET /Users?filter=…', {
          status: 200,
          subject,
          variant: filterByUserNameSteps.afterRename,
          body: listOf(Array.from({ length: count }, () => '1')),
        });
    return trace;
  };

proveRequirement(core06, {
  right: {
    'the one user': searched({ found: ['1'] }),
    'the one user, for the name in capitals': searched({ found: ['1'], variant: filterByUserNameSteps.inCapitals }),
    'nobody, for a name that nobody has': searched({ subject: 'b' }),
    'a user by the userName, and not by the e-mail address': addressed({}),
    'a user who got another userName': renamed({}),
  },
  wrong: {
    'search-not-200': searched({ subject: 'b', status: 404 }),
    'list-response-invalid': searched({ totalResults: -1 }),
    'user-not-found': { 'no user': searched({}), 'a user with another e-mail address': addressed({ byName: [] }) },
    'user-not-found-in-capitals': searched({ variant: filterByUserNameSteps.inCapitals }),
    'others-found': {
      'beside the one user': searched({ found: ['1', '2'] }),
      'beside a user whose id is unknown': searched({ found: ['1', '2'], isEmpty: true }),
      'for a name that nobody has': searched({ subject: 'b', found: ['1'] }),
      'for an e-mail address': addressed({ byAddress: ['1'] }),
    },
    'total-results-wrong': searched({ found: ['1'], totalResults: 40 }),
    'not-found-by-its-new-name': renamed({ byNew: [0, 0] }),
    'found-by-its-former-name': renamed({ byFormer: [1, 1] }),
  },
  legal: {
    'a provider whose userNames are e-mail addresses, which CORE-03 judges': addressed({
      shown: 'b',
      byName: [],
      byAddress: ['1'],
    }),
    'a userName that cannot be changed (RFC 7644 §3.5.1)': renamed({
      putStatus: 400,
      shown: 'old',
      byNew: [0, 0],
      byFormer: [1, 1],
    }),
    'a search that lags behind the PUT for a moment (RFC 7644 says nothing)': renamed({
      byNew: [0, 1],
      byFormer: [1, 0],
    }),
    'no Resources where nobody is found (RFC 7644 §3.4.2)': () => {
      const trace = new HandMadeTrace(filterByUserName, 'request-mode');
      const body = { schemas: [urn.listResponse], totalResults: 0 };
      trace.exchange('search', 'GET /Users?filter=…', { status: 200, subject: 'b', body });
      return trace;
    },
    'a user whose create was answered with more than is kept': searched({ found: ['1'], isCut: true }),
    'a user whose create was answered without a body, which is for CORE-02 to judge': searched({
      found: ['1'],
      isEmpty: true,
    }),
  },
});
