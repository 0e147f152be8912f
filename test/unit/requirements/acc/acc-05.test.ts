import { acc05 } from '../../../../suites/requirements/acc/acc-05.js';
import { requestId, requestIdSteps } from '../../../../suites/scenarios/request-mode/request-id.js';
import { asyncWrite, asyncWriteSteps } from '../../../../suites/scenarios/request-mode/async-write.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

/** A create with this X-Request-ID, or none, and what of it the answer brings back. */
const created = (sent: string | undefined, status: number, returned?: string): HandMadeTrace => {
  const trace = new HandMadeTrace(requestId, 'request-mode');
  const headers = { Location: '/provision/1/status', ...(returned === undefined ? {} : { 'x-request-id': returned }) };
  const about = { variant: requestIdSteps.anyId, status, headers };
  trace.submitted('POST /Users', about, sent === undefined ? {} : { requestId: sent });
  return trace;
};

/** A PUT with an X-Request-ID, and what of it the answer brings back. */
const replaced = (status: number, headers: Record<string, string> = {}): HandMadeTrace => {
  const trace = new HandMadeTrace(asyncWrite, 'request-mode');
  trace.submitted('PUT /Users/1', { variant: asyncWriteSteps.write('PUT'), status, headers }, { requestId: 'a' });
  return trace;
};

proveRequirement(acc05, {
  right: {
    'an id that comes back': () => created('a', 202, 'a'),
    'an id that the provider makes, where the client sent none': () => created(undefined, 202, 'its own'),
  },
  wrong: {
    'request-id-not-returned': {
      'to a create': () => created('a', 202),
      'to a PUT': () => replaced(202, { Location: '/provision/1/status' }),
    },
    'request-id-changed': () => created('A-1', 202, 'a-1'),
    'request-id-refused': () => created('{}', 400),
    'request-id-not-made': () => created(undefined, 202),
  },
  legal: {
    'every visible character, the comma included (profile §2)': () => created('a,b;"c"%41', 202, 'a,b;"c"%41'),
    'a blank and a tab behind the id, which are no part of the value (RFC 9110 §5.5)': () => created('a', 202, 'a \t'),
  },
  silent: {
    'a PUT that is answered at once (profile §7.10)': () => replaced(200),
    'a request that is refused because of the rights of the client, whose id is not judged (profile §7.10)': () =>
      created('a', 403),
  },
});
