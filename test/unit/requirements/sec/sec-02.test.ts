import { header, urn } from '../../../../schemas/names.js';
import { sec02 } from '../../../../suites/requirements/sec/sec-02.js';
import { badCredential, credentialSteps, intruder } from '../../../../suites/scenarios/security/credentials.js';
import { statusToken, statusTokenSteps } from '../../../../suites/scenarios/features/status-token.js';
import { type Answer, HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const challenge = { [header.wwwAuthenticate]: 'Bearer error="invalid_token"' };

const subject = 'a@example.com';

const answered = (request: `${string} ${string}`, answer: Answer, found?: readonly string[]) => (): HandMadeTrace => {
  const trace = new HandMadeTrace(badCredential, 'request-mode');
  trace.exchange('unauthenticated', request, { credential: 'invalid', subject, ...answer });
  if (found !== undefined) {
    const Resources = found.map((userName) => ({ schemas: [urn.user], id: userName, userName }));
    const body = { schemas: [urn.listResponse], totalResults: found.length, Resources };
    trace.exchange('search', 'GET /Users?filter=…', { status: 200, subject, body });
  }
  return trace;
};

/** Writes of a user that are refused, and the user afterwards. */
const changed = (answer: Answer) => (): HandMadeTrace => {
  const trace = new HandMadeTrace(badCredential, 'request-mode');
  for (const [method, variant] of [
    ['PUT', credentialSteps.replace],
    ['DELETE', credentialSteps.delete],
  ] as const)
    trace.exchange('unauthenticated', `${method} /Users/1`, {
      credential: 'invalid',
      status: 401,
      headers: challenge,
      variant,
    });
  trace.exchange('read', 'GET /Users/1', { variant: credentialSteps.afterwards, ...answer });
  return trace;
};

const asItWas = { status: 200, body: { userName: subject, displayName: 'Conformance Test' } };

const { create, submit, createWithEmptyToken, submitWithEmptyToken, status, statusByAlias } = credentialSteps;

proveRequirement(sec02, {
  right: {
    '401, and no user': answered('POST /Users', { status: 401, headers: challenge, variant: submit }, []),
    '401, and the user is as it was': changed(asItWas),
  },
  wrong: {
    'let-in-to-status': answered('GET /provision/1/status', { status: 200, variant: status }),
    'let-in-to-read': answered('GET /Users/1', { status: 200 }),
    'let-in-to-write': answered('POST /Users', { status: 201, variant: createWithEmptyToken }),
    'refused-otherwise-than-401': {
      'with 403': answered('POST /Users', { status: 403, variant: submit }),
      'with 400, though the token is well-formed': answered('POST /Users', { status: 400, variant: create }),
    },
    'bad-credential-has-effect': {
      'a create': answered('POST /Users', { status: 401, headers: challenge, variant: submit }, [subject]),
      'a DELETE': changed({ status: 404 }),
      'a PUT': changed({ status: 200, body: { userName: subject, displayName: intruder.toUpperCase() } }),
    },
    'challenge-missing': {
      'to a bad token': answered('POST /Users', { status: 401, variant: submit }, []),
      'to an expired status token': () => {
        const trace = new HandMadeTrace(statusToken, 'request-mode');
        const variant = statusTokenSteps.expired;
        trace.exchange('status-token', 'GET /provision/1/status', { credential: 'status-token', status: 401, variant });
        return trace;
      },
    },
  },
  legal: {
    '400 to an empty token, which is malformed (RFC 6750 §3.1)': answered('POST /Users', {
      status: 400,
      variant: submitWithEmptyToken,
    }),
    'no alias (profile D5)': answered('GET /provisions/1/status', { status: 404, variant: statusByAlias }),
  },
  silent: {
    'a suite that was given no credential': () => {
      const trace = new HandMadeTrace(badCredential, 'request-mode', { authenticated: false });
      trace.exchange('unauthenticated', 'POST /Users', { credential: 'invalid', status: 201, variant: create });
      return trace;
    },
  },
});
