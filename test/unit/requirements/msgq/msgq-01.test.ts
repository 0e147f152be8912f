import { msgq01 } from '../../../../suites/requirements/msgq/msgq-01.js';
import { messageSteps, queueMessage } from '../../../../suites/scenarios/integration/queue-message.js';
import { HandMadeTrace, type Answer } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';

const headers = { Location: '/scim/v2/provision/1/status' };

/** A valid message that is answered so. */
const sent = (answer: Answer, messageEndpoint: string | undefined = '/integration/messages'): HandMadeTrace => {
  const facts = { features: ['messageQueue'], asyncExtension: { requestModes: ['asynchronous'], messageEndpoint } };
  const made = new HandMadeTrace(queueMessage, 'request-mode', facts);
  made.exchange('message', 'POST /integration/messages', { variant: messageSteps.valid, ...answer });
  return made;
};

const read = (made: HandMadeTrace, answer: Answer): HandMadeTrace => {
  made.exchange('message-status', 'GET /provision/1/status', answer);
  return made;
};

const pending = statusResource({ success: 0, failed: 0, pending: 1 });
const failed = statusResource({ success: 0, failed: 1, pending: 0 });

const invalid = (status: number): HandMadeTrace => {
  const made = read(sent({ status: 202, headers }), { status: 200, body: failed });
  made.exchange('message', 'POST /integration/messages', { variant: messageSteps.invalid, status });
  return made;
};

proveRequirement(msgq01, {
  right: { 'accepted, completed, and an invalid message refused': () => invalid(400) },
  wrong: {
    'endpoint-missing': () => sent({ status: 404 }),
    'not-accepted-as-asynchronous': {
      'with 200': () => sent({ status: 200 }),
      'without Location': () => sent({ status: 202 }),
    },
    'status-unreadable': {
      'it is not there': () => read(sent({ status: 202, headers }), { status: 404 }),
      'it is no status': () => read(sent({ status: 202, headers }), { status: 200, body: { id: '1' } }),
    },
    'not-completed': () =>
      read(sent({ status: 202, headers }), { status: 200, body: pending, variant: messageSteps.overdue }),
    'invalid-message-accepted': () => invalid(202),
  },
  legal: {
    'the request fails, because the source does not exist': () =>
      read(sent({ status: 202, headers }), { status: 200, body: failed }),
    'a refusal at once, because the source does not exist (profile D8)': () => sent({ status: 400 }),
    'it is forgotten after its completion (profile §7.7)': () =>
      read(read(sent({ status: 202, headers }), { status: 200, body: failed }), { status: 404 }),
    'an invalid message is answered 422': () => invalid(422),
    'its status cannot be read at once (ACC-01)': () =>
      read(read(sent({ status: 202, headers }), { status: 404 }), { status: 200, body: failed }),
    'a count that is no number (STAT-01)': () =>
      read(sent({ status: 202, headers }), { status: 200, body: { ...failed, operationsCount: { total: 'one' } } }),
  },
  silent: {
    'no endpoint is advertised, and there is none at the usual path': () => {
      const made = new HandMadeTrace(queueMessage, 'request-mode', { features: ['messageQueue'] });
      made.exchange('message', 'POST /integration/messages', { variant: messageSteps.valid, status: 404 });
      return made;
    },
  },
});
