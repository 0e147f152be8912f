import { tok02 } from '../../../../suites/requirements/tok/tok-02.js';
import { proveRequirement } from '../../prove-requirement.js';
import { goodToken, tokenTrace } from './token-trace.js';

const used = (uses: Parameters<typeof tokenTrace>[1]) => tokenTrace({ statusToken: goodToken }, uses);

proveRequirement(tok02, {
  right: {
    'every misuse is refused': () =>
      used({ otherStatus: 403, otherStatusByAlias: 401, create: 401, list: 403, bulk: 403, cancel: 403 }),
  },
  wrong: {
    'other-status-read': () => used({ otherStatus: 403, otherStatusByAlias: 200 }),
    'list-read': () => used({ list: 200 }),
    'write-admitted': () => used({ create: 201, bulk: 202 }),
    'cancel-admitted': {
      'in time': () => used({ cancel: 204 }),
      'too late': () => used({ cancel: 409 }),
    },
    'refused-otherwise': () => used({ otherStatus: 404 }),
  },
  legal: {
    'no alias is served (profile D5)': () => used({ otherStatusByAlias: 404 }),
    'DELETE is no method of the status (RFC 9110 §15.5.6)': () => used({ cancel: 405 }),
  },
  silent: {
    'the uses that it is for': () => used({ ownStatus: 200, ownStatusAgain: 200, expired: 401 }),
    'a token that ended before all uses of it were tried (profile TOK-03)': () => {
      const trace = used({ otherStatus: 401, create: 401 });
      trace.blockedBy = 'status-token-expired';
      return trace;
    },
  },
});
