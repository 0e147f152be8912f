import { life02 } from '../../../../suites/requirements/life/life-02.js';
import { asyncCreateScenario } from '../../../../suites/scenarios/request-mode/async-create.js';
import { HandMadeTrace, type Answer } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';

const counts = (success: number, failed: number, pending: number, more: Record<string, unknown> = {}): Answer => ({
  status: 200,
  body: statusResource({ success, failed, pending }, more),
});

const followed = (...looks: Answer[]): HandMadeTrace => {
  const trace = new HandMadeTrace(asyncCreateScenario, 'request-mode');
  const submission = trace.accepted('/scim/v2/provision/1/status');
  for (const look of looks) trace.looked(submission, look);
  return trace;
};

const notCompleted = { status: { completed: false, success: false } };

proveRequirement(life02, {
  right: { 'counts that go forward': () => followed(counts(0, 0, 3), counts(1, 1, 1), counts(2, 1, 0)) },
  wrong: {
    'success-falls': () => followed(counts(2, 0, 1), counts(1, 1, 1)),
    'failed-falls': () => followed(counts(1, 1, 1), counts(2, 0, 1)),
    'pending-rises': () => followed(counts(1, 1, 1), counts(1, 1, 2)),
    'completed-reverts': () => followed(counts(1, 0, 0), counts(1, 0, 0, notCompleted)),
  },
  legal: {
    'an older answer to what was asked for at the same time (RFC 9110 §9.2.2)': () =>
      followed(
        { ...counts(2, 0, 1), at: 100, took: 50 },
        { ...counts(1, 0, 2), at: 120, took: 50 },
        { ...counts(3, 0, 0), at: 200, took: 5 },
      ),
    'a status that is forgotten once it was completed (profile §7, clarification 7)': () =>
      followed(counts(1, 0, 0), { status: 410 }),
  },
  silent: { 'a status that is seen once': () => followed(counts(1, 0, 0)) },
});
