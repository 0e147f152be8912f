import { mode01 } from '../../../../suites/requirements/mode/mode-01.js';
import { asyncBulk } from '../../../../suites/scenarios/request-mode/async-bulk.js';
import { asyncCreateScenario } from '../../../../suites/scenarios/request-mode/async-create.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const create = (status: number): HandMadeTrace => {
  const trace = new HandMadeTrace(asyncCreateScenario, 'request-mode');
  trace.submitted('POST /Users', { status });
  return trace;
};

const bulk = (status: number): HandMadeTrace => {
  const trace = new HandMadeTrace(asyncBulk, 'request-mode');
  trace.submitted('POST /Bulk', { status }, { shape: 'bulk' });
  return trace;
};

proveRequirement(mode01, {
  right: { 'a create that is accepted': () => create(202), 'a bulk request that is accepted': () => bulk(202) },
  wrong: { 'create-not-accepted': () => create(201), 'bulk-not-accepted': () => bulk(200) },
  legal: {
    'a create that is throttled first, and accepted when it comes again (profile D10)': () => {
      const trace = new HandMadeTrace(asyncCreateScenario, 'request-mode');
      trace.exchange('submit', 'POST /Users', { status: 429, headers: { 'Retry-After': '1' } });
      trace.submitted('POST /Users', { status: 202, retryOf: 0 });
      return trace;
    },
  },
  silent: {
    'a create that was not answered': () => {
      const trace = new HandMadeTrace(asyncCreateScenario, 'request-mode');
      trace.exchange('submit', 'POST /Users', { failure: { code: 'timeout', message: 'no answer' } });
      return trace;
    },
  },
});
