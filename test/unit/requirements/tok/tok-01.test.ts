import { tok01 } from '../../../../suites/requirements/tok/tok-01.js';
import { statusToken } from '../../../../suites/scenarios/features/status-token.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { goodToken, tokenTrace } from './token-trace.js';

proveRequirement(tok01, {
  right: {
    'it reads its status': () =>
      tokenTrace({ statusToken: goodToken }, { ownStatus: 200, ownStatusAgain: 200, ownStatusWhenCompleted: 200 }),
  },
  wrong: {
    'status-token-missing': () => tokenTrace({ id: '1' }),
    'status-token-incomplete': {
      'its end is no date': () => tokenTrace({ statusToken: { ...goodToken, expiresAt: 'in a minute' } }),
      'its end has a blank for the T': () =>
        tokenTrace({ statusToken: { ...goodToken, expiresAt: '2026-11-06 09:49:37Z' } }),
    },
    'own-status-refused': {
      'the second time': () => tokenTrace({ statusToken: goodToken }, { ownStatus: 200, ownStatusAgain: 401 }),
      'of a bulk request': () => tokenTrace({ statusToken: goodToken }, { bulkStatus: 403 }),
    },
  },
  legal: {
    'an end with another time zone and fractions of seconds (RFC 7643 §2.3.5)': () =>
      tokenTrace({ statusToken: { ...goodToken, expiresAt: '2026-11-06T09:49:37.5+01:00' } }),
    'members that nobody knows (profile §2)': () => tokenTrace({ statusToken: { ...goodToken, scope: 'status' } }),
  },
  silent: {
    'a token that ended before all uses of it were tried (profile TOK-03)': () => {
      const trace = tokenTrace(undefined, { ownStatus: 200, ownStatusAgain: 401 });
      trace.blockedBy = 'status-token-expired';
      return trace;
    },
    'a 202 without a body, which ACC-03 judges': () => tokenTrace(undefined),
    'a request that is refused': () => {
      const trace = new HandMadeTrace(statusToken, 'request-mode');
      trace.submission(trace.exchange('submit', 'POST /Users', { status: 400 }));
      return trace;
    },
  },
});
