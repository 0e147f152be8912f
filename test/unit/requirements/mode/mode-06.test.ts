import { mode06 } from '../../../../suites/requirements/mode/mode-06.js';
import { modeOnRead, modeOnReadSteps } from '../../../../suites/scenarios/request-mode/mode-on-read.js';
import { HandMadeTrace, type Answer } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

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

const shown = (displayName: string): Answer => ({ status: 200, body: { id: '1', displayName } });

proveRequirement(mode06, {
  right: {
    'the same body three times': () => reads(shown('A'), shown('A'), shown('A')),
    'nobody there, three times': () => reads({ status: 404 }, { status: 404 }, { status: 404 }),
  },
  wrong: {
    'status-differs': () => reads(shown('A'), { status: 202 }, shown('A')),
    'body-differs': () => reads(shown('A'), { status: 200, body: { id: '1' } }, shown('A')),
  },
  legal: {
    'a body that is another one at each read (RFC 9110 §9.2.1: safe, and not without effect)': () =>
      reads(shown('A'), shown('B'), shown('C')),
    'members in another order (RFC 8259 §4)': () =>
      reads(shown('A'), { status: 200, body: { displayName: 'A', id: '1' } }, shown('A')),
  },
});
