import { stat10 } from '../../../../suites/requirements/stat/stat-10.js';
import { statusMethods, statusMethodsSteps } from '../../../../suites/scenarios/request-mode/status-methods.js';
import type { Step } from '../../../../suites/trace/step.js';
import { HandMadeTrace, type Answer } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';

const done: Answer = { status: 200, body: statusResource({ success: 1 }) };

/** A write on a status that is done, how it is answered, and the read afterwards. */
const written = (method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', answer: Answer, after: Answer = done): HandMadeTrace => {
  const trace = new HandMadeTrace(statusMethods, 'request-mode');
  const submission = trace.accepted('/provision/1/status');
  trace.looked(submission, { variant: statusMethodsSteps.before, ...done });
  trace.exchange('status-method', `${method} /provision/1/status`, { submission: submission.n, ...answer });
  trace.looked(submission, { variant: statusMethodsSteps.after.of(method), ...after });
  return trace;
};

/** Of a target that forgets the status of a completed request after it was read so often. */
const forgotten = (
  status: 404 | 410,
  reads: number,
  methods: readonly ('POST' | 'PUT' | 'DELETE')[],
): HandMadeTrace => {
  const trace = new HandMadeTrace(statusMethods, 'request-mode');
  const submission = trace.accepted('/provision/1/status');
  let left = reads;
  const look = (variant?: Step): void => {
    trace.looked(submission, { ...(variant === undefined ? {} : { variant }), ...(left > 0 ? done : { status }) });
    left -= 1;
  };
  look();
  look(statusMethodsSteps.before);
  for (const method of methods) {
    const answer = left > 0 ? refused : { status };
    trace.exchange('status-method', `${method} /provision/1/status`, { submission: submission.n, ...answer });
    look(statusMethodsSteps.after.of(method));
  }
  return trace;
};

const refused: Answer = { status: 405, headers: { Allow: 'GET, HEAD' } };

proveRequirement(stat10, {
  right: {
    '405 to a replacement': () => written('PUT', refused),
    '405 to a removal': () => written('DELETE', refused),
  },
  wrong: {
    'write-taken': {
      'at its Location': () => written('PATCH', { status: 200 }),
      'under another path': () => {
        const trace = new HandMadeTrace(statusMethods, 'request-mode');
        trace.accepted('/provision/1/status');
        const variant = statusMethodsSteps.byAlias;
        trace.exchange('status-method', 'PUT /provisions/1/status', { variant, status: 204 });
        return trace;
      },
    },
    'delete-taken': () => written('DELETE', { status: 204 }),
    'server-error': () => written('PUT', { status: 501 }),
    'refused-and-done': {
      'a DELETE': () => written('DELETE', refused, { status: 404, body: {} }),
      'a DELETE after other methods': () => forgotten(404, 3, ['POST', 'DELETE']),
    },
    'not-405': () => written('POST', { status: 403 }),
    'allow-without-get': () => written('POST', { status: 405, headers: { Allow: 'POST, PUT' } }),
    'allow-missing': () => written('POST', { status: 405 }),
  },
  legal: {
    'a status that is gone after three reads (profile §7, clarification 7)': () => forgotten(404, 3, ['POST', 'PUT']),
    'a status that is gone before every write (profile §7, clarification 7)': () =>
      forgotten(410, 1, ['POST', 'PUT', 'DELETE']),
    'a status that is gone after two reads (profile §7, clarification 7)': () =>
      forgotten(410, 2, ['POST', 'PUT', 'DELETE']),
    'an Allow with more methods, such as that of a cancel (RFC 9110 §10.2.1)': () =>
      written('PUT', { status: 405, headers: { Allow: 'DELETE,GET' } }),
    'an Allow that names no method at all (RFC 9110 §10.2.1)': () =>
      written('PUT', { status: 405, headers: { Allow: '' } }),
    'unknown members and dates that differ afterwards (profile §7, clarification 7)': () =>
      written('PUT', refused, {
        status: 200,
        body: statusResource({ success: 1 }, { readAt: 'now', meta: { lastModified: 'now' } }),
      }),
    'a member that is null before and left out afterwards (RFC 7643 §2.5)': () => {
      const trace = new HandMadeTrace(statusMethods, 'request-mode');
      const submission = trace.accepted('/provision/1/status');
      const [before, after] = [
        { state: null, Operations: [{ status: '201', version: null }] },
        { Operations: [{ status: '201' }] },
      ];
      trace.looked(submission, {
        variant: statusMethodsSteps.before,
        status: 200,
        body: statusResource({ success: 1 }, before),
      });
      trace.exchange('status-method', 'PUT /provision/1/status', { submission: submission.n, ...refused });
      trace.looked(submission, {
        variant: statusMethodsSteps.after.of('PUT'),
        status: 200,
        body: statusResource({ success: 1 }, after),
      });
      return trace;
    },
  },
});
