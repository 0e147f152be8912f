import { acc03 } from '../../../../suites/requirements/acc/acc-03.js';
import { asyncCreateScenario } from '../../../../suites/scenarios/request-mode/async-create.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';

const answered = (status: number, body?: unknown, text?: string): HandMadeTrace => {
  const trace = new HandMadeTrace(asyncCreateScenario, 'request-mode');
  trace.submitted('POST /Users', { status, body, ...(text === undefined ? {} : { text }) });
  return trace;
};

proveRequirement(acc03, {
  right: { 'the status resource in the 202': () => answered(202, statusResource({ pending: 1 })) },
  wrong: { 'body-missing': () => answered(202) },
  legal: {
    'a body that is no status resource, which is for ACC-02 to judge': () => answered(202, undefined, 'queued'),
  },
  silent: { 'a synchronous answer without a body': () => answered(204) },
});
