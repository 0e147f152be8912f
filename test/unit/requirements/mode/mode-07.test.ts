import { mode07 } from '../../../../suites/requirements/mode/mode-07.js';
import { asyncWrite, asyncWriteSteps } from '../../../../suites/scenarios/request-mode/async-write.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const write = (method: 'PUT' | 'PATCH' | 'DELETE', status: number): HandMadeTrace => {
  const trace = new HandMadeTrace(asyncWrite, 'request-mode');
  const operations = [{ method, path: '/Users/1', expected: 'success' } as const];
  trace.submitted(`${method} /Users/1`, { variant: asyncWriteSteps.write(method), status }, { operations });
  return trace;
};

proveRequirement(mode07, {
  right: {
    'a replacement that is accepted': () => write('PUT', 202),
    'a patch that is accepted': () => write('PATCH', 202),
    'a removal that is accepted': () => write('DELETE', 202),
  },
  wrong: {
    'put-not-accepted': () => write('PUT', 200),
    'patch-not-accepted': () => write('PATCH', 501),
    'delete-not-accepted': () => write('DELETE', 204),
  },
  legal: {
    'a patch that is not sent, where none is advertised (RFC 7644 §3.5.2)': () => {
      const trace = write('PUT', 202);
      const operations = [{ method: 'DELETE', path: '/Users/1', expected: 'success' } as const];
      trace.submitted('DELETE /Users/1', { status: 202 }, { operations });
      return trace;
    },
  },
});
