import { aud01 } from '../../../../suites/requirements/aud/aud-01.js';
import { auditSteps, auditTrail } from '../../../../suites/scenarios/integration/audit-trail.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';

const password = 'a-password-of-the-suite';

const entry = (more: Record<string, unknown>): Record<string, unknown> => ({
  time: '2026-01-01T00:00:00Z',
  client: 'acme',
  request: '1',
  outcome: 'success',
  ...more,
});

const changed = (state: string): Record<string, unknown> => entry({ action: 'state.changed', state });
const read = entry({ action: 'status.read', status: 200 });

const whole = [changed('queued'), changed('processing'), changed('completed'), read, read];

const endpoint = '/audit?request={id}';

/** A create whose status is read twice, completed; `status`: of its result. */
const requested = (status = '201', auditEndpoint: string | undefined = endpoint): HandMadeTrace => {
  const facts = { features: ['audit'], asyncExtension: { requestModes: ['asynchronous'], auditEndpoint } };
  const made = new HandMadeTrace(auditTrail, 'request-mode', facts);
  const headers = { Location: '/scim/v2/provision/1/status' };
  const submission = made.submitted('POST /Users', { status: 202, headers, body: { id: '1' }, sent: { password } });
  const counts = status === '201' ? { success: 1, failed: 0, pending: 0 } : { success: 0, failed: 1, pending: 0 };
  const body = statusResource(counts, { Operations: [{ method: 'POST', status }] });
  made.looked(submission, { status: 200, purpose: 'poll', body });
  made.looked(submission, { status: 200, body });
  return made;
};

const trail = (made: HandMadeTrace, entries: unknown, more: Record<string, unknown> = {}): HandMadeTrace => {
  made.exchange('audit', 'GET /audit?request=1', {
    status: 200,
    submission: 1,
    variant: auditSteps.trail,
    body: { Resources: entries, ...more },
  });
  return made;
};

proveRequirement(aud01, {
  right: {
    'a request that succeeded': () => trail(requested(), whole),
    'a request that failed': () => trail(requested('409'), [changed('queued'), changed('failed'), read, read]),
  },
  wrong: {
    'trail-unreadable': {
      'it is not there': () => {
        const made = requested();
        made.exchange('audit', 'GET /audit', { status: 404, submission: 1, variant: auditSteps.trail });
        return made;
      },
      'it is no list': () => trail(requested(), undefined),
    },
    'entry-incomplete': {
      'without a client': () => trail(requested(), [...whole, { ...read, client: undefined }]),
      'with a time that is none': () => trail(requested(), [...whole, { ...read, time: 'now' }]),
    },
    'read-missing': () => trail(requested(), whole.slice(0, -1)),
    'change-missing': {
      'the acceptance': () => trail(requested(), [changed('completed'), read, read]),
      'the end': () => trail(requested(), [changed('queued'), read, read]),
    },
    'outcome-wrong': () => trail(requested('409'), whole),
    'secret-in-trail': {
      'a password': () => trail(requested(), whole, { body: { password } }),
      'a credential': () => trail(requested(), whole, { token: 'Bearer {{primary}}' }),
    },
  },
  legal: {
    'entries of other actions': () => trail(requested(), [...whole, entry({ action: 'user.created' })]),
    'more reads than those of the suite': () => trail(requested(), [...whole, read]),
    'it was not complete at the first read': () => trail(trail(requested(), []), whole),
    'the acceptance shows as processing (profile §7.6: states may be skipped)': () =>
      trail(requested(), [changed('processing'), changed('completed'), read, read]),
  },
  silent: {
    'nothing says where the trail is': () => {
      const facts = { features: ['audit'], asyncExtension: { requestModes: ['asynchronous'] } };
      return new HandMadeTrace(auditTrail, 'request-mode', facts);
    },
    'the trail was not read': () => requested(),
  },
});
