import { idem03 } from '../../../../suites/requirements/idem/idem-03.js';
import { requestIdShared, requestIdSharedSteps } from '../../../../suites/scenarios/features/request-id-reused.js';
import { type Answer, HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { takenAs } from './taken-as.js';

const { firstClient, secondClient, secondClientAlone } = requestIdSharedSteps;

const shared = (first: Answer, second: Answer, alone: Answer = takenAs('3')): HandMadeTrace => {
  const trace = new HandMadeTrace(requestIdShared, 'request-mode', { secondCredential: true });
  trace.exchange('retry', 'POST /Users', { ...first, variant: firstClient });
  trace.exchange('retry', 'POST /Users', { ...second, credential: 'second', variant: secondClient });
  trace.exchange('retry', 'POST /Users', { ...alone, credential: 'second', variant: secondClientAlone });
  return trace;
};

proveRequirement(idem03, {
  right: { 'each has a status resource of its own': () => shared(takenAs('1'), takenAs('2')) },
  wrong: {
    'second-client-refused': () => shared(takenAs('1'), { status: 409 }),
    'status-shared': () => shared(takenAs('1'), takenAs('1')),
  },
  legal: {
    'no bodies, and Locations below a path of each client (profile D2)': () =>
      shared(
        { status: 202, headers: { Location: '/tenants/a/provision/1/status' } },
        { status: 202, headers: { Location: '/tenants/b/provision/1/status' } },
      ),
  },
  silent: {
    'the first client is refused': () => shared({ status: 400 }, takenAs('2')),
    'a second client that may only read (RFC 6750 §3.1)': () => shared(takenAs('1'), { status: 403 }, { status: 403 }),
  },
});
