import { hook02 } from '../../../../suites/requirements/hook/hook-02.js';
import { webhookDeliveries } from '../../../../suites/scenarios/integration/webhook-deliveries.js';
import { proveRequirement } from '../../prove-requirement.js';
import { HookTrace, hmacOf, idOf, numberOf } from './hook-trace.js';

const [a, b] = ['a@example.com', 'b@example.com'];

/** A webhook, and these users who are created afterwards. */
const trace = (...names: string[]): HookTrace => {
  const made = new HookTrace(webhookDeliveries).registers();
  for (const name of names) made.creates(name);
  return made;
};

/** A group is created and delivered; `holds`: what the delivery holds of it. */
const group = (attributes: Record<string, unknown>): HookTrace => {
  const made = trace(a).delivers(a);
  const body = { id: idOf('crew'), displayName: 'crew' };
  made.exchange('create', 'POST /Groups', { status: 201, subject: 'crew', body, sent: { displayName: 'crew' } });
  return made.delivers('crew', { attributes });
};

proveRequirement(hook02, {
  right: {
    'each user is delivered': () => trace(a, b).delivers(a).delivers(b),
    'a user who was created asynchronously': () => {
      const made = trace(a);
      const asked = made.exchange('submit', 'POST /Users', { status: 202, headers: { Location: '/status' } });
      const submission = made.submission(asked, {
        location: 'https://provider.example/status',
        operations: [{ method: 'POST', path: '/Users', expected: 'success', userName: b }],
      });
      made.looked(submission, {
        status: 200,
        purpose: 'poll',
        body: {
          operationsCount: { total: 1, success: 1, failed: 0, pending: 0 },
          status: { completed: true, success: true },
          Operations: [{ method: 'POST', status: '201', location: `/Users/${idOf(b)}` }],
        },
      });
      return made.delivers(a).delivers(b);
    },
  },
  wrong: {
    'not-delivered': () => trace(a, b).delivers(b),
    'delivered-otherwise': () => trace(a).delivers(a, { method: 'PUT' }),
    'chosen-attribute-missing': {
      userName: () => trace(a).delivers(a, { attributes: { id: idOf(a) } }),
      id: () => trace(a).delivers(a, { id: '1', attributes: { userName: a } }),
    },
    'other-attribute-delivered': () =>
      trace(a).delivers(a, { attributes: { id: idOf(a), userName: a, name: { familyName: 'Wordother' } } }),
    'other-event-delivered': {
      'with its name': () => group({ displayName: 'crew' }),
      'with its id': () => group({ id: idOf('crew') }),
    },
    'signature-missing': () => trace(a).delivers(a, { signature: undefined }),
    'signature-wrong': {
      'of another body': () => trace(a).delivers(a, { signature: `sha256=${hmacOf('another')}` }),
      'without the algorithm': () => trace(a).delivers(a, { signature: hmacOf('another') }),
      empty: () => trace(a).delivers(a, { signature: '' }),
    },
  },
  legal: {
    'it comes twice (at-least-once delivery)': () => trace(a).delivers(a).delivers(a),
    'hexadecimal in capitals': () => {
      const id = `delivery-${numberOf(a)}`;
      const attributes = { id: idOf(a), userName: a, active: true };
      const body = JSON.stringify({ id, occurredAt: new Date(0).toISOString(), attributes });
      return trace(a).delivers(a, { signature: `sha256=${hmacOf(body).toUpperCase()}` });
    },
    'attributes in another structure': () =>
      trace(a).delivers(a, { attributes: { user: [{ name: 'userName', value: a.toUpperCase() }, idOf(a)] } }),
    'nothing is delivered (the network may be the reason)': () => trace(a, b),
  },
  silent: {
    'the registration was refused': () => {
      const made = new HookTrace(webhookDeliveries).registers({ status: 400 });
      made.creates(a);
      return made;
    },
  },
});
