import t from 'tap';
import { stat02 } from '../../../../suites/requirements/stat/stat-02.js';
import { asyncCreateScenario } from '../../../../suites/scenarios/request-mode/async-create.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';

/** The ids of the 202 and of the reads one after another. */
const ids = (accepted: unknown, ...reads: unknown[]): HandMadeTrace => {
  const trace = new HandMadeTrace(asyncCreateScenario, 'request-mode');
  const submission = trace.submitted('POST /Users', {
    status: 202,
    headers: { Location: '/provision/1/status' },
    body: statusResource({ pending: 1 }, { id: accepted }),
  });
  for (const id of reads) trace.looked(submission, { status: 200, body: statusResource({ success: 1 }, { id }) });
  return trace;
};

proveRequirement(stat02, {
  right: { 'the same id in the 202 and in each read': () => ids('a', 'a', 'a') },
  wrong: { 'id-changed': () => ids('a', 'b') },
  legal: {
    'no body on the 202, and the same id in each read (profile D2)': () => {
      const trace = new HandMadeTrace(asyncCreateScenario, 'request-mode');
      const submission = trace.accepted('/provision/1/status');
      const body = statusResource({ success: 1 });
      trace.looked(submission, { status: 200, body });
      trace.looked(submission, { status: 200, body });
      return trace;
    },
    'an id of its own for each request (profile P-D)': () => {
      const trace = ids('a', 'a');
      const other = trace.accepted('/provision/2/status');
      trace.looked(other, { status: 200, body: statusResource({ success: 1 }, { id: 'b' }) });
      return trace;
    },
  },
  silent: { 'a read without id, which is for STAT-01 to judge': () => ids('a', undefined) },
});

void t.test('STAT-02: where the 202 shows no id, the reads are compared all the same', (t) => {
  t.match(ids(undefined, 'a', 'b').judged(stat02).findings, [{ code: 'id-changed' }]);
  t.end();
});
