import { mode02 } from '../../../../suites/requirements/mode/mode-02.js';
import { requestIdReused } from '../../../../suites/scenarios/features/request-id-reused.js';
import { modeOnRead, modeOnReadSteps } from '../../../../suites/scenarios/request-mode/mode-on-read.js';
import { modeValues, modeValuesSteps } from '../../../../suites/scenarios/request-mode/mode-values.js';
import { resourceLifecycle } from '../../../../suites/scenarios/synchronous/resource-lifecycle.js';
import { synchronousBulk, synchronousBulkSteps } from '../../../../suites/scenarios/synchronous/synchronous-bulk.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const inModeSynchronous = (status: number): HandMadeTrace => {
  const trace = new HandMadeTrace(modeValues, 'request-mode');
  trace.exchange('create', 'POST /Users', { variant: modeValuesSteps.synchronous, status });
  return trace;
};

const plain = (status: number): HandMadeTrace => {
  const trace = new HandMadeTrace(resourceLifecycle, 'request-mode');
  trace.exchange('create', 'POST /Users', { status });
  return trace;
};

proveRequirement(mode02, {
  right: {
    'a create without mode header that is done at once': () => plain(201),
    'a create in mode synchronous that is done at once': () => inModeSynchronous(201),
    'a bulk request in mode synchronous that is done at once': () => {
      const trace = new HandMadeTrace(synchronousBulk, 'request-mode');
      trace.exchange('bulk', 'POST /Bulk', { variant: synchronousBulkSteps.inModeSynchronous, status: 200 });
      return trace;
    },
  },
  wrong: {
    'unasked-202': () => plain(202),
    'synchronous-mode-202': () => {
      const trace = new HandMadeTrace(synchronousBulk, 'request-mode');
      trace.exchange('bulk', 'POST /Bulk', { variant: synchronousBulkSteps.inModeSynchronous, status: 202 });
      return trace;
    },
    'known-request-id-202': () => {
      const trace = new HandMadeTrace(requestIdReused, 'request-mode');
      trace.exchange('create', 'POST /Users', { status: 202, requestHeaders: { 'X-Request-ID': 'a' } });
      return trace;
    },
    'synchronous-mode-refused': () => inModeSynchronous(400),
  },
  legal: {
    'a create without mode header that is refused (RFC 7644 §3.12)': () => plain(400),
    'a user that is gone (RFC 7644 §3.6)': () => {
      const trace = new HandMadeTrace(resourceLifecycle, 'request-mode');
      trace.exchange('read', 'GET /Users/1', { status: 404 });
      return trace;
    },
  },
  silent: {
    'a 202 of the respond-async binding, which is for PREF-09 to judge': () => {
      const bindings = { 'request-mode': 'advertised', 'respond-async': 'advertised' } as const;
      const trace = new HandMadeTrace(resourceLifecycle, 'request-mode', { bindings });
      trace.exchange('create', 'POST /Users', { status: 202, headers: { 'Set-Txn': 'a' } });
      return trace;
    },
    'a read with the mode header, which is for MODE-06 to judge': () => {
      const trace = new HandMadeTrace(modeOnRead, 'request-mode');
      trace.exchange('read', 'GET /Users/1', { variant: modeOnReadSteps.withMode, status: 202 });
      return trace;
    },
  },
});
