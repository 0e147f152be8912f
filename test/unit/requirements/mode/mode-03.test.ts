import { mode03 } from '../../../../suites/requirements/mode/mode-03.js';
import { modeSpelling, modeSpellingSteps } from '../../../../suites/scenarios/request-mode/mode-spelling.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const spelled = (name: string, value: string, status: number): HandMadeTrace => {
  const trace = new HandMadeTrace(modeSpelling, 'request-mode');
  trace.submitted('POST /Users', { variant: modeSpellingSteps.spelled(name, value), status });
  return trace;
};

proveRequirement(mode03, {
  right: { 'another spelling that is accepted': () => spelled('x-scim-REQUEST-mode', 'Asynchronous', 202) },
  wrong: { 'letter-case-matters': () => spelled('x-scim-request-mode', 'ASYNCHRONOUS', 201) },
  legal: {
    'an acceptance without a body, which is for ACC-03 to judge (profile D2)': () =>
      spelled('X-Scim-Request-Mode', 'asynchronous', 202),
  },
});
