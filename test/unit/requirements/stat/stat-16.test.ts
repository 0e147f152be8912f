import { stat16 } from '../../../../suites/requirements/stat/stat-16.js';
import { asyncCreateScenario } from '../../../../suites/scenarios/request-mode/async-create.js';
import { baseUrl, HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const location = `${baseUrl}/provision/7/status`;

/** A create whose status, of this id, is seen with each of these `meta`. */
const seenOf = (id: string, ...metas: Record<string, unknown>[]): HandMadeTrace => {
  const trace = new HandMadeTrace(asyncCreateScenario, 'request-mode');
  const submission = trace.accepted(location);
  for (const meta of metas) trace.looked(submission, { status: 200, body: { id, meta } });
  return trace;
};

const seen = (...metas: Record<string, unknown>[]): HandMadeTrace => seenOf('7', ...metas);

const times = { created: '2026-01-31T10:00:00Z', lastModified: '2026-01-31T10:00:05Z', location };

proveRequirement(stat16, {
  right: {
    'times that stay true from look to look': () => seen(times, { ...times, lastModified: '2026-01-31T10:00:09.5Z' }),
  },
  wrong: {
    'not-a-date-time': () => seen({ ...times, lastModified: '2026-01-31 10:00:05Z' }),
    'modified-before-created': () => seen({ ...times, lastModified: '2026-01-31T09:59:59Z' }),
    'created-changes': () => seen(times, { ...times, created: '2026-01-31T10:00:01Z' }),
    'location-of-another': {
      '': () => seen({ ...times, location: `${baseUrl}/provision/8/status` }),
      'where the id is no Unicode text': () =>
        seenOf('7\ud800', { ...times, location: `${baseUrl}/provision/8/status` }),
    },
  },
  legal: {
    'times without a zone (RFC 7643 §2.3.5)': () =>
      seen({ ...times, created: '2026-01-31T10:00:00', lastModified: '2026-01-31T10:00:00' }),
    'the same moment in another zone (RFC 7643 §2.3.5)': () =>
      seen(times, { ...times, created: '2026-01-31T11:00:00+01:00' }),
    'a relative location (RFC 7643 §3.1: a URI)': () => seen({ ...times, location: '/scim/v2/provision/7/status' }),
    'only one of the times (STAT-14 recommends both)': () => seen({ created: times.created, lastModified: null }),
  },
  silent: {
    'no meta, which STAT-14 recommends': () => seen({}),
  },
});
