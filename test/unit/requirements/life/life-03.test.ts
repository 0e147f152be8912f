import { life03 } from '../../../../suites/requirements/life/life-03.js';
import { asyncCreateScenario } from '../../../../suites/scenarios/request-mode/async-create.js';
import { HandMadeTrace, type Answer } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';

const result = {
  method: 'POST',
  status: '201',
  location: 'https://provider.example/scim/v2/Users/1',
  version: 'W/"1"',
};

const completed = (more: Record<string, unknown> = {}, ofResult: Record<string, unknown> = {}): Answer => ({
  status: 200,
  body: statusResource({ success: 1 }, { Operations: [{ ...result, ...ofResult }], ...more }),
});

const followed = (...looks: Answer[]): HandMadeTrace => {
  const trace = new HandMadeTrace(asyncCreateScenario, 'request-mode');
  const submission = trace.accepted('/scim/v2/provision/1/status');
  for (const look of looks) trace.looked(submission, look);
  return trace;
};

proveRequirement(life03, {
  right: { 'the same again': () => followed(completed(), completed()) },
  wrong: {
    'changed-after-completion': {
      'a result that loses its version': () => followed(completed(), completed({}, { version: undefined })),
      'a result of another status': () => followed(completed(), completed({}, { status: '200' })),
      'another id': () => followed(completed(), completed({ id: '2' })),
      'no results any more': () => followed(completed(), completed({ Operations: undefined })),
    },
  },
  legal: {
    'what is not of the profile changes (profile §7, clarification 7)': () =>
      followed(completed({ readings: 1 }), completed({ readings: 2 })),
    'meta changes (profile §7, clarification 7)': () =>
      followed(completed(), completed({ meta: { lastModified: '2026-01-01T00:00:00Z' } })),
    'a member of null in place of none (RFC 7643 §2.5)': () => followed(completed({ state: null }), completed()),
    'a status that is forgotten (profile §7, clarification 7)': () =>
      followed(completed(), completed(), { status: 404 }),
    'what goes back is judged by itself (profile LIFE-02)': () =>
      followed(completed(), { status: 200, body: statusResource({ pending: 1 }) }),
  },
  silent: { 'a completed status that is read once': () => followed(completed()) },
});
