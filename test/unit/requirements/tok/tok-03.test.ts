import { tok03 } from '../../../../suites/requirements/tok/tok-03.js';
import { proveRequirement } from '../../prove-requirement.js';
import { goodToken, tokenTrace } from './token-trace.js';

const used = (uses: Parameters<typeof tokenTrace>[1]) => tokenTrace({ statusToken: goodToken }, uses);

proveRequirement(tok03, {
  right: { 'it is refused': () => used({ ownStatus: 200, ownStatusWhenCompleted: 200, expired: 401 }) },
  wrong: {
    'good-beyond-its-end': () => used({ expired: 200 }),
    'refused-otherwise': () => used({ expired: 404 }),
  },
  legal: {
    'it is refused shortly before its end, which TOK-01 judges': () =>
      used({ ownStatusWhenCompleted: 401, expired: 401 }),
  },
  silent: { 'nobody waited for its end': () => used({ ownStatus: 200, ownStatusAgain: 200 }) },
});
