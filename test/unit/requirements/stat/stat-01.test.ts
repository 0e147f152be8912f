import { stat01 } from '../../../../suites/requirements/stat/stat-01.js';
import { cancel } from '../../../../suites/scenarios/features/cancel.js';
import { asyncCreateScenario } from '../../../../suites/scenarios/request-mode/async-create.js';
import { HandMadeTrace, type Answer } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';

/** A create that is accepted, and the reads of its status one after another. */
const read = (...answers: Answer[]): HandMadeTrace => {
  const trace = new HandMadeTrace(asyncCreateScenario, 'request-mode');
  const submission = trace.accepted('/provision/1/status');
  for (const answer of answers) trace.looked(submission, answer);
  return trace;
};

const shown = (more: Record<string, unknown> = {}): Answer => ({
  status: 200,
  body: statusResource({ success: 1 }, more),
});

proveRequirement(stat01, {
  right: {
    'a request that is done': () => read(shown()),
    'a request that waits, and is done then': () =>
      read({ status: 200, body: statusResource({ pending: 1 }) }, shown()),
  },
  wrong: {
    'body-not-an-object': () => read({ status: 200, text: '<html>' }),
    'schemas-wrong': () => read(shown({ schemas: undefined })),
    'id-wrong': () => read(shown({ id: 7 })),
    'counts-wrong': () => read(shown({ operationsCount: { total: 1, success: 1, failed: 0 } })),
    'booleans-wrong': () => read(shown({ status: { completed: 'true', success: true } })),
    'member-wrong': () => read(shown({ Operations: {} })),
    'status-not-readable': {
      'an error of the server': () => read(shown(), { status: 500 }),
      'it is gone while the request is pending': () =>
        read({ status: 200, body: statusResource({ pending: 1 }) }, { status: 410 }),
      'it is gone for a moment only': () => read(shown(), { status: 404 }, shown()),
    },
  },
  legal: {
    'a first read that is not answered 200, which is for ACC-01 to judge': () => read({ status: 404 }, shown()),
    'a read that is throttled (profile §7, clarification 11)': () => read(shown(), { status: 429 }),
    'a status that is gone after its completion was seen (profile §7, clarification 7)': () =>
      read(shown(), { status: 404 }, { status: 410 }),
    'members that nobody knows, and members of null (profile §2, RFC 7643 §2.5)': () =>
      read(shown({ queue: 'large', state: null })),
    'a status that is gone after a cancel (CNCL-01)': () => {
      const trace = new HandMadeTrace(cancel, 'request-mode', { features: ['cancel'] });
      const submission = trace.accepted('/provision/1/status');
      trace.looked(submission, { status: 200, body: statusResource({ pending: 1 }) });
      trace.exchange('cancel', 'DELETE /provision/1/status', { submission: submission.n, status: 204 });
      trace.looked(submission, { status: 404 });
      return trace;
    },
  },
  silent: {
    'a read with the credential of another client': () => read({ status: 403, credential: 'second' }),
  },
});
