import { hook01 } from '../../../../suites/requirements/hook/hook-01.js';
import { webhookSteps } from '../../../../suites/scenarios/integration/webhook-blocks.js';
import { webhookRegistration } from '../../../../suites/scenarios/integration/webhook-registration.js';
import { proveRequirement } from '../../prove-requirement.js';
import { HookTrace, registered, secret } from './hook-trace.js';

const trace = (): HookTrace => new HookTrace(webhookRegistration);

const read = (body: unknown): HookTrace => {
  const made = trace().registers();
  made.exchange('webhook', 'GET /integration/webhook/hook-1', { status: 200, variant: webhookSteps.read, body });
  return made;
};

proveRequirement(hook01, {
  right: {
    'registered and read': () => read({ id: 'hook-1' }),
    'refused although it is on the public Internet, and answered without the secret': () =>
      trace().registers(registered).removes(100),
  },
  wrong: {
    'registration-refused': {
      'with 200': () => trace().registers({ ...registered, status: 200 }),
      'with 404': () => trace().registers({ status: 404 }),
      'of an https URL on the public Internet': () => trace().registers({ status: 400 }),
    },
    'location-missing': () => trace().registers({ ...registered, headers: {} }),
    'id-missing': {
      'it is absent': () => trace().registers({ ...registered, body: {} }),
      'it is a number': () => trace().registers({ ...registered, body: { id: 7 } }),
      'the body is empty': () => trace().registers({ ...registered, body: undefined }),
    },
    'secret-returned': {
      'in the answer to the registration': () => trace().registers({ ...registered, body: { id: 'hook-1', secret } }),
      'in a read': () => read({ id: 'hook-1', secret }),
      'in a header field': () => trace().registers({ ...registered, headers: { Location: '/x', X: secret } }),
      'in an error': () => {
        const made = trace().registers();
        const variant = webhookSteps.registerInvalid;
        made.exchange('webhook', 'POST /integration/webhook', { status: 400, variant, text: `What is ${secret}?` });
        return made;
      },
      'in a delivery': () => {
        const made = trace().registers();
        made.creates('a@example.com');
        return made.delivers('a@example.com', { fields: { 'X-Secret': secret } });
      },
    },
  },
  legal: {
    'the URL of a registration is not served for GET (the profile demands none)': () => {
      const made = trace().registers();
      made.exchange('webhook', 'GET /integration/webhook/hook-1', { status: 405, variant: webhookSteps.read });
      return made;
    },
    'an http URL is refused (a provider may deliver over TLS only)': () =>
      trace().registers({ status: 422 }, 'http://suite.example/hook'),
    'a loopback URL is refused (a provider may guard its own network)': () =>
      trace().registers({ status: 400 }, 'https://127.0.0.1/hook'),
    'a relative Location (RFC 9110 §10.2.2)': () =>
      trace().registers({ ...registered, headers: { Location: '/scim/v2/integration/webhook/hook-1' } }),
  },
  silent: { 'nothing is registered': trace },
});
