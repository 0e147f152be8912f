import { hook04 } from '../../../../suites/requirements/hook/hook-04.js';
import { webhookRemoval } from '../../../../suites/scenarios/integration/webhook-removal.js';
import { proveRequirement } from '../../prove-requirement.js';
import { HookTrace } from './hook-trace.js';

const [a, b] = ['a@example.com', 'b@example.com'];

/** A user is delivered in vain, the webhook is removed at 1000 ms, and another user is created. */
const removed = (status = 204): HookTrace => {
  const made = new HookTrace(webhookRemoval).registers();
  made.creates(a, 100);
  made.delivers(a, { at: 150, status: 503 }).removes(1000, status);
  made.creates(b, 1100);
  return made;
};

proveRequirement(hook04, {
  right: { 'nothing comes afterwards': removed },
  wrong: {
    'removal-refused': () => removed(405),
    'delivered-after-removal': () => removed().delivers(b, { at: 1200 }),
    'tried-again-after-removal': () => removed().delivers(a, { at: 1800 }),
  },
  legal: {
    'a try that was under way': () => removed().delivers(a, { at: 1200 }),
    '404 to the DELETE: the registration is gone already': () => removed(404),
    '200 with a body (RFC 9110 §9.3.5)': () => removed(200),
  },
  silent: {
    'nothing was delivered before': () => {
      const made = new HookTrace(webhookRemoval).registers();
      made.creates(a, 100);
      return made.removes(1000);
    },
  },
});
