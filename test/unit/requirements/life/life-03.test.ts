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

const modified = (lastModified: string): Answer => completed({ meta: { lastModified } });

const followed = (...looks: Answer[]): HandMadeTrace => {
  const trace = new HandMadeTrace(asyncCreateScenario, 'request-mode');
  const submission = trace.accepted('/scim/v2/provision/1/status');
  for (const look of looks) trace.looked(submission, look);
  return trace;
};

proveRequirement(life03, {
  right: {
    'the same again': () => followed(completed(), completed()),
    'the same time again': () => followed(modified('2026-01-01T00:00:00.250Z'), modified('2026-01-01T00:00:00.250Z')),
  },
  wrong: {
    'changed-after-completion': {
      'a result that loses its version': () => followed(completed(), completed({}, { version: undefined })),
      'a result of another status': () => followed(completed(), completed({}, { status: '200' })),
      'another id': () => followed(completed(), completed({ id: '2' })),
      'no results any more': () => followed(completed(), completed({ Operations: undefined })),
    },
    'last-modified-changes': {
      'a little later': () => followed(modified('2026-01-01T00:00:00.250Z'), modified('2026-01-01T00:00:00.550Z')),
      'in whole seconds': () => followed(modified('2026-01-01T00:00:00Z'), modified('2026-01-01T00:00:01Z')),
    },
  },
  legal: {
    'what is not of the profile changes (profile §7, clarification 7)': () =>
      followed(completed({ readings: 1 }), completed({ readings: 2 })),
    'meta that is there only later (profile STAT-14)': () => followed(completed(), modified('2026-01-01T00:00:00Z')),
    'another ETag, as a hash of unknown members has (profile §7, clarification 7)': () =>
      followed({ ...completed(), headers: { ETag: '"1"' } }, { ...completed(), headers: { ETag: '"2"' } }),
    'the same time in another zone, and without its fraction (RFC 7643 §2.3.5)': () =>
      followed(
        modified('2026-01-01T00:00:00.750Z'),
        modified('2026-01-01T01:00:00.750+01:00'),
        modified('2026-01-01T00:00:00Z'),
        modified('2026-01-01T00:00:01Z'),
      ),
    'dates in another form (profile STAT-14)': () => followed(modified('yesterday'), modified('today')),
    'a member of null in place of none (RFC 7643 §2.5)': () => followed(completed({ state: null }), completed()),
    'a status that is forgotten (profile §7, clarification 7)': () =>
      followed(completed(), completed(), { status: 404 }),
    'what goes back is judged by itself (profile LIFE-02)': () =>
      followed(completed(), { status: 200, body: statusResource({ pending: 1 }) }),
  },
  silent: { 'a completed status that is read once': () => followed(completed()) },
});
