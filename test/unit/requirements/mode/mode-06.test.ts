import { mode06 } from '../../../../suites/requirements/mode/mode-06.js';
import { modeOnRead, modeOnReadSteps } from '../../../../suites/scenarios/request-mode/mode-on-read.js';
import { HandMadeTrace, type Answer } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';

/** One resource read without the mode, with it, and without it again. */
const reads = (before: Answer, withMode: Answer, after: Answer): HandMadeTrace => {
  const trace = new HandMadeTrace(modeOnRead, 'request-mode');
  const { withoutMode, withMode: asked } = modeOnReadSteps;
  for (const [variant, answer] of [
    [withoutMode, before],
    [asked, withMode],
    [withoutMode, after],
  ] as const) {
    trace.exchange('read', 'GET /Users/1', { subject: 'a /Users/1', variant, ...answer });
  }
  return trace;
};

/** A status that was completed, read as above. */
const readsOfStatus = (before: Answer, withMode: Answer, after: Answer): HandMadeTrace => {
  const trace = new HandMadeTrace(modeOnRead, 'request-mode');
  const submission = trace.accepted('/provision/1/status');
  trace.looked(submission, completed);
  const { withoutMode, withMode: asked } = modeOnReadSteps;
  for (const [variant, answer] of [
    [withoutMode, before],
    [asked, withMode],
    [withoutMode, after],
  ] as const)
    trace.exchange('read', `GET ${submission.location ?? ''}`, { subject: 'a status', variant, ...answer });
  return trace;
};

const completed: Answer = { status: 200, body: statusResource({ success: 1 }) };

const shown = (displayName: string): Answer => ({ status: 200, body: { id: '1', displayName } });

proveRequirement(mode06, {
  right: {
    'the same body three times': () => reads(shown('A'), shown('A'), shown('A')),
    'nobody there, three times': () => reads({ status: 404 }, { status: 404 }, { status: 404 }),
  },
  wrong: {
    'status-differs': {
      'a resource': () => reads(shown('A'), { status: 202 }, shown('A')),
      'a status that is there again': () => readsOfStatus(completed, { status: 404 }, completed),
    },
    'body-differs': () => reads(shown('A'), { status: 200, body: { id: '1' } }, shown('A')),
  },
  legal: {
    'a status that is gone after its completion was seen (profile §7, clarification 7)': () =>
      readsOfStatus(completed, { status: 404 }, { status: 404 }),
    'a status that is gone at the last of the three reads (profile §7, clarification 7)': () =>
      readsOfStatus(completed, completed, { status: 410 }),
    'a body that is another one at each read (RFC 9110 §9.2.1: safe, and not without effect)': () =>
      reads(shown('A'), shown('B'), shown('C')),
    'members in another order (RFC 8259 §4)': () =>
      reads(shown('A'), { status: 200, body: { displayName: 'A', id: '1' } }, shown('A')),
  },
});
