import { hook03 } from '../../../../suites/requirements/hook/hook-03.js';
import { webhookSteps } from '../../../../suites/scenarios/integration/webhook-blocks.js';
import { webhookRetries } from '../../../../suites/scenarios/integration/webhook-retries.js';
import { proveRequirement } from '../../prove-requirement.js';
import { HookTrace, idOf, numberOf } from './hook-trace.js';

const [a, b] = ['a@example.com', 'b@example.com'];

type Id = (name: string, number: number) => string;

const stable: Id = (name) => `delivery-${numberOf(name)}`;

/** Deliveries of two users: the first after these waits (ms), and the second after one. */
const tried = (waits: readonly number[], id: Id = stable, status: number | undefined = 503): HookTrace => {
  const made = new HookTrace(webhookRetries).registers();
  let at = 100;
  made.creates(a, at);
  made.delivers(a, { at, id: id(a, 0), status });
  for (const [index, wait] of waits.entries()) {
    at += wait;
    made.delivers(a, { at, id: id(a, index + 1), status: index === waits.length - 1 ? 200 : status });
  }
  at += 1000;
  made.creates(b, at);
  made.delivers(b, { at, id: id(b, 0), status });
  return made.delivers(b, { at: at + 100, id: id(b, 1) });
};

const given = (removal: string): HookTrace => {
  const made = new HookTrace(webhookRetries).registers();
  made.creates(a);
  return made.delivers(a, { status: 503 }).removes(60_000, 204, removal);
};

proveRequirement(hook03, {
  right: {
    'growing waits and a stable id': () => tried([100, 200, 400]),
    'after no answer': () => tried([100, 200, 400], stable, undefined),
  },
  wrong: {
    'not-tried-again': () => given(webhookSteps.removeAfterWaiting),
    'waits-not-growing': {
      'equal waits': () => tried([500, 501, 499]),
      'shrinking waits': () => tried([500, 400, 300]),
    },
    'delivery-id-unstable': {
      'a new id for each try': () => tried([100, 200, 400], (name, number) => `${numberOf(name)}-${number}`),
      'one id for all deliveries': () => tried([100, 200, 400], () => 'hook-1'),
    },
  },
  legal: {
    'an id in a field only': () => {
      const made = new HookTrace(webhookRetries).registers();
      made.creates(a);
      made.delivers(a, { id: 'x', status: 503, fields: { 'Webhook-Id': '1' } });
      made.delivers(a, { id: 'y', fields: { 'Webhook-Id': '1' } });
      made.creates(b);
      return made.delivers(b, { id: 'z', fields: { 'Webhook-Id': '2' } });
    },
    'an id that holds the id of the user': () => tried([100, 200, 400], (name) => `created:${idOf(name)}`),
    'waits with jitter': () => tried([700, 500, 1900]),
    'two equal waits (too few to tell)': () => tried([500, 500]),
    'it comes again after it was accepted (at-least-once delivery)': () => tried([100, 200, 400]).delivers(a),
    'no second try when the suite did not wait for it': () => given(webhookSteps.remove),
  },
  silent: { 'nothing is delivered': () => new HookTrace(webhookRetries).registers() },
});
