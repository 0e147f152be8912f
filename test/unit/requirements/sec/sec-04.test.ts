import { sec04 } from '../../../../suites/requirements/sec/sec-04.js';
import {
  originalRequestId,
  originalRequestIdSteps,
} from '../../../../suites/scenarios/security/original-request-id.js';
import type { Step } from '../../../../suites/trace/step.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const read = (variant: Step | undefined, status: number) => (): HandMadeTrace => {
  const trace = new HandMadeTrace(originalRequestId, 'request-mode');
  trace.looked(trace.accepted('/provision/1/status'), { status, ...(variant && { variant }) });
  return trace;
};

const { right, wrong } = originalRequestIdSteps;

proveRequirement(sec04, {
  right: { '200 to the right one': read(right, 200), '404 to a wrong one': read(wrong, 404) },
  wrong: {
    'right-id-refused': read(right, 403),
    'wrong-id-ignored': read(wrong, 200),
    'wrong-id-not-4xx': read(wrong, 500),
  },
  legal: { '400 to a wrong one (profile §7, clarification 10)': read(wrong, 400) },
  silent: { 'a read that names no request (profile §7, clarification 10)': read(undefined, 200) },
});
