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

proveRequirement(core06, {
  right: {
    'the one user': searched({ found: ['1'] }),
    'the one user, for the name in capitals': searched({ found: ['1'], variant: filterByUserNameSteps.inCapitals }),
    'nobody, for a name that nobody has': searched({ subject: 'b' }),
  },
  wrong: {
    'search-not-200': searched({ subject: 'b', status: 404 }),
    'list-response-invalid': searched({ totalResults: -1 }),
    'user-not-found': searched({}),
    'user-not-found-in-capitals': searched({ variant: filterByUserNameSteps.inCapitals }),
    'others-found': {
      'beside the one user': searched({ found: ['1', '2'] }),
      'beside a user whose id is unknown': searched({ found: ['1', '2'], isEmpty: true }),
      'for a name that nobody has': searched({ subject: 'b', found: ['1'] }),
    },
    'total-results-wrong': searched({ found: ['1'], totalResults: 40 }),
  },
  legal: {
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
