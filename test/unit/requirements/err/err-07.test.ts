import { urn } from '../../../../schemas/names.js';
import { err07 } from '../../../../suites/requirements/err/err-07.js';
import { unknownResource, unknownResourceSteps } from '../../../../suites/scenarios/errors/unknown-resource.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';
import { addCompletedWrite } from './completed-write.js';

type Method = 'GET' | 'PUT' | 'PATCH' | 'DELETE';

const atOnce = (method: Method, status: number) => (): HandMadeTrace => {
  const trace = new HandMadeTrace(unknownResource, 'request-mode');
  trace.exchange('unknown-resource', `${method} /Users/1`, { status });
  return trace;
};

const later = (method: Method, status: string) => (): HandMadeTrace => {
  const trace = new HandMadeTrace(unknownResource, 'request-mode');
  const isSuccess = status.startsWith('2');
  const response = isSuccess ? undefined : { schemas: [urn.error], status };
  addCompletedWrite(trace, {
    purpose: 'unknown-resource',
    request: `${method} /Users/1`,
    about: {},
    isSuccess,
    result: { method, status, response },
  });
  return trace;
};

/** Two DELETEs at once, with the statuses of their results. */
const twice =
  (statuses: readonly [string, string], isOneRequest = false) =>
  (): HandMadeTrace => {
    const trace = new HandMadeTrace(unknownResource, 'request-mode');
    for (const [place, status] of statuses.entries()) {
      const Location = `/provision/${isOneRequest ? 0 : place}/status`;
      const submission = trace.submitted(
        'DELETE /Users/1',
        { status: 202, headers: { Location }, variant: unknownResourceSteps.atOnce },
        { operations: [{ method: 'DELETE', path: '/Users/1', expected: 'success' }] },
      );
      const counts = status === '204' ? { success: 1 } : { failed: 1 };
      trace.looked(submission, {
        status: 200,
        body: statusResource(counts, { Operations: [{ method: 'DELETE', status }] }),
      });
      trace.settled(submission, 'completed');
    }
    return trace;
  };

proveRequirement(err07, {
  right: {
    '404 to the second of two DELETEs at once': twice(['404', '204']),
    '404 to a read': atOnce('GET', 404),
    '404 in the result': later('PATCH', '404'),
  },
  wrong: {
    'unknown-resource-read': atOnce('GET', 200),
    'unknown-resource-replaced': later('PUT', '201'),
    'unknown-resource-patched': atOnce('PATCH', 204),
    'unknown-resource-deleted': later('DELETE', '204'),
    'deleted-twice': twice(['204', '204']),
    'refused-otherwise-than-404': atOnce('PUT', 410),
  },
  legal: {
    'another failure of the second DELETE': twice(['204', '409']),
    'no verdict for what is not implemented (profile §7, clarification 14)': atOnce('PATCH', 501),
  },
  silent: {
    'two DELETEs that share a status (ACC-04)': twice(['204', '204'], true),
    'a 202 that nobody asked for (MODE-02)': atOnce('DELETE', 202),
  },
});
