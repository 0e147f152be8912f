import { header } from '../../../../schemas/names.js';
import type { TargetFacts } from '../../../../schemas/types.js';
import { sec01 } from '../../../../suites/requirements/sec/sec-01.js';
import { credentialSteps, withoutCredential } from '../../../../suites/scenarios/security/credentials.js';
import { resultAccess } from '../../../../suites/scenarios/respond-async/result-access.js';
import { type Answer, HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const challenge = { [header.wwwAuthenticate]: 'Bearer' };

const answered =
  (request: `${string} ${string}`, answer: Answer, facts: Partial<TargetFacts> = {}) =>
  (): HandMadeTrace => {
    const trace = new HandMadeTrace(withoutCredential, 'request-mode', facts);
    trace.exchange('unauthenticated', request, { credential: 'none', ...answer });
    return trace;
  };

const undeclared = { guardedFields: ['X-Tenant'] };

const { create, status, headOfStatus, statusByAlias } = credentialSteps;

proveRequirement(sec01, {
  right: { '401 with a challenge': answered('POST /Users', { status: 401, headers: challenge, variant: create }) },
  wrong: {
    'let-in-to-status': {
      'by GET': answered('GET /provision/1/status', { status: 200, variant: status }),
      'by HEAD': answered('HEAD /provision/1/status', { status: 200, variant: headOfStatus }),
      'by the alias': answered('GET /provisions/1/status', { status: 200, variant: statusByAlias }),
    },
    'let-in-to-read': {
      'of a user': answered('GET /Users/1', { status: 200 }),
      'of a list of groups': answered('GET /Groups?startIndex=1&count=1', { status: 200 }),
    },
    'let-in-to-write': {
      'by PATCH of a group': answered('PATCH /Groups/1', { status: 204 }),
      'by POST': answered('POST /Users', { status: 202, variant: create }),
      'without a field that may be a credential': answered('POST /Users', { status: 201, variant: create }, undeclared),
    },
    'refused-otherwise-than-401': {
      'with 403': answered('DELETE /Users/1', { status: 403 }),
      'with 404, where a status is': answered('GET /provision/1/status', { status: 404, variant: status }),
      'with a page to sign in at': answered('GET /Users', { status: 302, headers: { Location: '/login' } }),
      'with 400, before the credential was looked at': answered('POST /Users', { status: 400, variant: create }),
    },
    'challenge-missing': {
      'no field': answered('POST /Users', { status: 401, variant: create }),
      'an empty field': answered('POST /Users', { status: 401, headers: { [header.wwwAuthenticate]: '' } }),
      'at a result URI': () => {
        const trace = new HandMadeTrace(resultAccess, 'respond-async');
        trace.exchange('result-access', 'HEAD /async/1', { credential: 'none', status: 401 });
        return trace;
      },
    },
  },
  legal: {
    'several challenges (RFC 9110 §11.6.1)': answered('POST /Users', {
      status: 401,
      headers: { [header.wwwAuthenticate]: 'Negotiate, Bearer realm="scim"' },
      variant: create,
    }),
    'no alias (profile D5)': answered('GET /provisions/1/status', { status: 404, variant: statusByAlias }),
  },
  silent: {
    'a 401 to a bad credential (SEC-02)': answered('POST /Users', {
      status: 401,
      credential: 'invalid',
      purpose: 'probe',
    }),
    'an answer that was throttled (RFC 6585 §4)': answered('POST /Users', { status: 429, variant: create }),
    '404 where a field is missing that may lead to the tenant': answered('GET /Users', { status: 404 }, undeclared),
    'no answer': answered('POST /Users', { failure: { code: 'connection', message: 'no answer' } }),
  },
});
