import { marker } from '../../../../suites/redaction/vault.js';
import { sec08 } from '../../../../suites/requirements/sec/sec-08.js';
import { duplicateUser } from '../../../../suites/scenarios/errors/duplicate-user.js';
import { type Answer, HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const answered =
  (answer: Answer, authenticated = true) =>
  (): HandMadeTrace => {
    const trace = new HandMadeTrace(duplicateUser, 'request-mode', { authenticated });
    trace.exchange('duplicate', 'POST /Users', { status: 409, ...answer });
    return trace;
  };

const body = { detail: `for Bearer ${marker('primary')}` };

proveRequirement(sec08, {
  right: { 'an error that names no credential': answered({ body: { detail: 'The userName is taken.' } }) },
  wrong: {
    'credential-in-a-field': answered({ headers: { 'X-Debug': `Bearer ${marker('second')}` } }),
    'credential-in-the-body': {
      'the good one': answered({ body }),
      'a bad one': answered({ credential: 'invalid', status: 401, text: `${marker('invalid')} is not known` }),
      'a status token': answered({ credential: 'status-token', body: { detail: 'Bearer {{status-token-1}}' } }),
      'the beginning of a long answer': answered({ body, isCut: true }),
    },
  },
  legal: {
    'the status token in the answer that issues it (profile TOK-01)': answered({
      status: 202,
      body: { id: '1', statusToken: { value: '{{status-token-1}}', expiresAt: '2026-11-06T08:49:37Z' } },
    }),
    'the name of the scheme (RFC 9110 §11.6.1)': answered({ headers: { 'WWW-Authenticate': 'Bearer realm="scim"' } }),
  },
  silent: {
    'an answer to nobody': answered({ credential: 'none', body }),
    'a suite that was given no credential': answered({ body }, false),
  },
});
