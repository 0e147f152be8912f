import { urn } from '../../../../schemas/names.js';
import { stat12 } from '../../../../suites/requirements/stat/stat-12.js';
import { passwordsScenario } from '../../../../suites/scenarios/security/passwords.js';
import { HandMadeTrace, type Answer } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';

const password = 'Pw1-abcdefgh';
const user = { schemas: [urn.user], userName: 'a@example.com', password };

/** A create with a password, asynchronous and synchronous, and how the status and the synchronous one are answered. */
const sent = ({
  accepted = {},
  status = {},
  create = {},
}: Record<'accepted' | 'status' | 'create', Answer | undefined>) => {
  const trace = new HandMadeTrace(passwordsScenario, 'request-mode');
  const headers = { Location: '/provision/1/status' };
  const submission = trace.submitted('POST /Users', { sent: user, status: 202, headers, ...accepted });
  trace.looked(submission, { status: 200, body: statusResource({ success: 1 }), ...status });
  trace.exchange('duplicate', 'POST /Users', { sent: user, status: 409, ...create });
  return trace;
};

const none = { accepted: undefined, status: undefined, create: undefined };
const told = (detail: string): Record<string, unknown> => ({ schemas: [urn.error], status: '409', detail });

proveRequirement(stat12, {
  right: { 'a password that is in no answer': () => sent(none) },
  wrong: {
    'password-in-status': () =>
      sent({
        ...none,
        status: { body: statusResource({ failed: 1 }, { Operations: [{ status: '409', response: told(password) }] }) },
      }),
    'password-in-error': () => sent({ ...none, create: { body: told(`Key (${password}) is taken.`) } }),
  },
  legal: {
    'another text that begins alike': () => sent({ ...none, create: { body: told('Pw1-') } }),
    'a synchronous answer that shows the user, which is for CORE-11 to judge (profile 1.1)': () =>
      sent({ ...none, create: { status: 201, body: user } }),
  },
  silent: {
    'nobody has sent a password': () => {
      const trace = new HandMadeTrace(passwordsScenario, 'request-mode');
      trace.exchange('create', 'POST /Users', { sent: { ...user, password: undefined }, status: 500 });
      return trace;
    },
  },
});
