import { stat14 } from '../../../../suites/requirements/stat/stat-14.js';
import { asyncCreateScenario } from '../../../../suites/scenarios/request-mode/async-create.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';

const time = (second: number): string => `2026-05-01T00:00:0${second}Z`;

const meta = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  resourceType: 'ProvisionStatus',
  location: 'https://provider.example/scim/v2/provision/1/status',
  created: time(1),
  lastModified: time(2),
  ...more,
});

/** Reads of one status with these metadata, each `took` milliseconds long; one begins every 10 ms. */
const read = (took: number, ...shown: unknown[]): HandMadeTrace => {
  const trace = new HandMadeTrace(asyncCreateScenario, 'request-mode');
  const submission = trace.accepted('/provision/1/status');
  for (const each of shown) {
    trace.looked(submission, { status: 200, took, body: statusResource({ pending: 1 }, { meta: each }) });
  }
  return trace;
};

const seen = (...shown: unknown[]): HandMadeTrace => read(5, ...shown);

proveRequirement(stat14, {
  right: {
    'all four members': () => seen(meta()),
    'times that go on': () => seen(meta(), meta({ lastModified: time(3) })),
  },
  wrong: {
    'meta-missing': () => seen(undefined),
    'resource-type-missing': () => seen(meta({ resourceType: undefined })),
    'location-missing': () => seen(meta({ location: null })),
    'created-wrong': () => seen(meta({ created: 1_777_777_777 })),
    'last-modified-wrong': {
      'it is a word': () => seen(meta({ lastModified: 'yesterday' })),
      'it has the form of a log': () => seen(meta({ lastModified: 'Sat Nov 28 2026 20:55:49' })),
      'it has a blank for the T': () => seen(meta({ lastModified: '2026-11-28 20:55:49Z' })),
      'it is an HTTP date': () => seen(meta({ lastModified: 'Sat, 28 Nov 2026 20:55:49 GMT' })),
    },
    'last-modified-goes-back': () => seen(meta({ lastModified: time(3) }), meta()),
  },
  legal: {
    'reads in flight together, of which the later one shows the earlier time': () =>
      read(50, meta({ lastModified: time(3) }), meta()),
    'one time in another zone (RFC 7643 §2.3.5)': () =>
      seen(meta(), meta({ lastModified: '2026-05-01T02:00:02+02:00' })),
    'times without a zone (RFC 7643 §2.3.5)': () =>
      seen(meta({ created: '2026-05-01T00:00:01', lastModified: '2026-05-01T00:00:02.123456' })),
  },
});
