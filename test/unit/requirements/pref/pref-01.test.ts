import { urn } from '../../../../schemas/names.js';
import type { SubmittedOperation, TargetFacts } from '../../../../schemas/types.js';
import { pref01 } from '../../../../suites/requirements/pref/pref-01.js';
import { preferSpelling, preferSpellingSteps } from '../../../../suites/scenarios/respond-async/prefer-spelling.js';
import { preferWait, preferWaitSteps } from '../../../../suites/scenarios/respond-async/prefer-wait.js';
import { preferWrite } from '../../../../suites/scenarios/respond-async/prefer-write.js';
import { acceptedWith, PreferringTrace } from '../../preferring-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const written = (
  method: SubmittedOperation['method'],
  status: number,
  expected: SubmittedOperation['expected'] = 'success',
): PreferringTrace => {
  const trace = new PreferringTrace(preferWrite);
  const path = method === 'POST' ? '/Users' : '/Users/1';
  trace.preferred(`${method} ${path}`, { status }, { operations: [{ method, path, expected }] });
  return trace;
};

/** A PATCH of this attribute that is refused; the provider describes `displayName` as read-only. */
const refusedPatch = (path: string): PreferringTrace => {
  const trace = new PreferringTrace(preferWrite, { readOnlyAttributes: ['displayName'] });
  const requestBody = { schemas: [urn.patchOp], Operations: [{ op: 'replace', path, value: 'Word' }] };
  const operations: SubmittedOperation[] = [{ method: 'PATCH', path: '/Users/1', expected: 'success' }];
  trace.preferred('PATCH /Users/1', { status: 400, sent: requestBody }, { operations });
  return trace;
};

/** The plain spelling and another one, answered so. */
const spelled = (plain: number, other: number): PreferringTrace => {
  const trace = new PreferringTrace(preferSpelling);
  const headers = { Location: '/scim/v2/Users/1' };
  trace.preferred('POST /Users', { status: plain, headers, variant: preferSpellingSteps.plain });
  trace.preferred('POST /Users', { status: other, headers, variant: 'in capitals' });
  return trace;
};

/** A create with a preference that is not respond-async. */
const other = (status: number, facts: Partial<TargetFacts> = {}): PreferringTrace => {
  const trace = new PreferringTrace(preferSpelling, facts);
  const value = 'respond-asynchronously';
  trace.exchange('create', 'POST /Users', {
    status,
    requestHeaders: { Prefer: value },
    variant: preferSpellingSteps.other.of(value),
  });
  return trace;
};

/** A create that is done within the wait. */
const inTime = (status: number, headers: Record<string, string>, body?: unknown): PreferringTrace => {
  const trace = new PreferringTrace(preferWait);
  trace.preferred('POST /Users', { status, headers, body, variant: preferWaitSteps.waiting });
  return trace;
};

const location = { Location: '/scim/v2/Users/1' };

proveRequirement(pref01, {
  right: {
    'a create is accepted': () => {
      const trace = new PreferringTrace(preferWrite);
      trace.preferred('POST /Users', acceptedWith('/results/1', 'txn'));
      return trace;
    },
    'every spelling is heard': () => spelled(202, 202),
    'another preference is not': () => other(201),
  },
  wrong: {
    'request-refused': {
      'a DELETE': () => written('DELETE', 501),
      'a PATCH of what can be written': () => refusedPatch('title'),
    },
    'other-success-status': {
      '204 to a create': () => written('POST', 204),
      '200 to a create': () => inTime(200, location),
    },
    'location-missing': () => inTime(201, {}),
    'failure-answered-as-success': () => inTime(201, location, { schemas: [urn.error], status: '409' }),
    'spelling-ignored': () => spelled(202, 201),
    'another-preference-taken': () => other(202),
  },
  legal: {
    'PUT is done at once (RFC 7240 §2)': () => written('PUT', 200),
    'PUT is done at once, without a body (RFC 9110 §9.3.4)': () => written('PUT', 204),
    'PATCH is done at once, without a body (RFC 7644 §3.5.2)': () => written('PATCH', 204),
    'DELETE is done at once (RFC 7644 §3.6)': () => written('DELETE', 204),
    'the preference is ignored in every spelling (RFC 7240 §2)': () => spelled(201, 201),
    'wait is honoured (RFC 7240 §4.3)': () => inTime(201, location),
    'a bulk request is done at once (RFC 7644 §3.7)': () => {
      const trace = new PreferringTrace(preferWrite);
      trace.preferred('POST /Bulk', { status: 200 }, { shape: 'bulk' });
      return trace;
    },
  },
  silent: {
    'a refused PATCH of a read-only attribute (RFC 7644 §3.5.2)': () => refusedPatch('displayName'),
    'another preference, where every request may be answered 202 (RFC 9967 §4)': () =>
      other(202, { securityEvents: { asyncRequest: 'long', eventUris: [] } }),
    'a request that should fail': () => written('POST', 409, 'failure'),
  },
});
