import { mode05 } from '../../../../suites/requirements/mode/mode-05.js';
import { asyncCreateScenario } from '../../../../suites/scenarios/request-mode/async-create.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const answered = (status: number, headers: Record<string, string>): HandMadeTrace => {
  const trace = new HandMadeTrace(asyncCreateScenario, 'request-mode');
  trace.submitted('POST /Users', { status, headers });
  return trace;
};

proveRequirement(mode05, {
  right: { 'the mode on the 202': () => answered(202, { 'X-SCIM-Request-Mode': 'asynchronous' }) },
  wrong: {
    'mode-missing': () => answered(202, {}),
    'mode-wrong': () => answered(202, { 'X-SCIM-Request-Mode': 'async' }),
  },
  legal: {
    'other letter cases, of the name and the value (RFC 9110 §5.1, profile D1)': () =>
      answered(202, { 'x-scim-request-mode': 'Asynchronous' }),
  },
  silent: { 'a synchronous answer': () => answered(201, {}) },
});
