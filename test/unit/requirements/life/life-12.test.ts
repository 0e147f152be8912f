import { urn } from '../../../../schemas/names.js';
import type { SubmittedOperation } from '../../../../schemas/types.js';
import { life12 } from '../../../../suites/requirements/life/life-12.js';
import {
  conditionalWrites,
  conditionalWritesSteps as steps,
} from '../../../../suites/scenarios/lifecycle/conditional-writes.js';
import { type Answer, HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';
import { statusResource } from '../../status-resource.js';

const replace: SubmittedOperation = { method: 'PUT', path: '/Users/1', expected: 'success' };

const user = (word: string): Answer => ({
  status: 200,
  headers: { ETag: '"2"' },
  body: { schemas: [urn.user], id: '1', displayName: word },
});

interface Told {
  /** Answers to the synchronous writes. */
  readonly twin?: number;
  readonly currentTwin?: number;
  /** The status of the result of the asynchronous write, or of its answer if it is refused at once. */
  readonly stale?: string;
  readonly current?: string;
  readonly isRefusedAtOnce?: boolean;
  readonly after?: Answer;
  readonly shape?: 'single' | 'bulk';
}

const told = ({
  twin = 412,
  currentTwin = 200,
  stale = '412',
  current = '200',
  isRefusedAtOnce = false,
  after = user('Worda'),
  shape = 'single',
}: Told = {}): HandMadeTrace => {
  const trace = new HandMadeTrace(conditionalWrites, 'request-mode');
  const write = (variant: string, status: string): void => {
    if (isRefusedAtOnce) {
      trace.submission(trace.exchange('submit', 'PUT /Users/1', { status: Number(status), variant }));
      return;
    }
    const location = '/provision/1/status';
    const submission = trace.submitted(
      'PUT /Users/1',
      { status: 202, headers: { Location: location }, variant },
      { operations: [replace], shape },
    );
    const isDone = Number(status) < 400;
    const Operations = [{ method: 'PUT', status }];
    const body = statusResource({ success: isDone ? 1 : 0, failed: isDone ? 0 : 1 }, { Operations });
    trace.looked(submission, { status: 200, body });
    trace.settled(submission, 'completed');
  };
  trace.exchange('replace', 'PUT /Users/1', { status: twin, variant: steps.synchronousStale });
  trace.exchange('replace', 'PUT /Users/1', { status: currentTwin, variant: steps.synchronousCurrent });
  trace.exchange('read', 'GET /Users/1', { ...user('Worda'), variant: steps.beforeStale });
  write(steps.stale, stale);
  trace.exchange('read', 'GET /Users/1', { ...after, variant: steps.afterStale });
  write(steps.current, current);
  return trace;
};

proveRequirement(life12, {
  right: {
    '412 in the result': () => told(),
    '412 at once': () => told({ isRefusedAtOnce: true }),
    '412 in the result of a bulk request': () => told({ shape: 'bulk' }),
  },
  wrong: {
    'stale-write-done': {
      'and reported so': () => told({ stale: '200', after: user('Wordb') }),
      'of a bulk request': () => told({ stale: '200', after: user('Wordb'), shape: 'bulk' }),
      'a DELETE': () => told({ stale: '204', after: { status: 404 } }),
    },
    'stale-write-has-effect': () => told({ after: user('Wordb') }),
    'stale-refused-otherwise': () => told({ stale: '409' }),
    'current-write-refused': () => told({ current: '412' }),
  },
  legal: {
    'a current tag that synchronous writes refuse, too, as weak ones may be (RFC 9110 §13.1.1)': () =>
      told({ currentTwin: 412, current: '412' }),
    'another failure of the write with the current tag (LIFE-06)': () => told({ current: '500' }),
  },
  silent: {
    'synchronous writes do not honour If-Match either': () => told({ twin: 200, currentTwin: 412 }),
    'users without a tag': () => {
      const trace = new HandMadeTrace(conditionalWrites, 'request-mode');
      trace.blockedBy = 'no-etag';
      return trace;
    },
  },
});
