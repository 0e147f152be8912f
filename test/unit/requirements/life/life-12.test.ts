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

/** Accepted writes with this step: the status of the result of each operation. */
const accepted = (trace: HandMadeTrace, variant: string, ...statuses: string[]): HandMadeTrace => {
  const location = `/provision/${variant.length}${statuses.join()}/status`;
  const submission = trace.submitted(
    'PUT /Users/1',
    { status: 202, headers: { Location: location }, variant },
    { operations: statuses.map(() => replace), shape: statuses.length > 1 ? 'bulk' : 'single' },
  );
  const success = statuses.filter((status) => Number(status) < 400).length;
  const Operations = statuses.map((status) => ({ method: 'PUT', status }));
  const body = statusResource({ success, failed: statuses.length - success }, { Operations });
  trace.looked(submission, { status: 200, body });
  trace.settled(submission, 'completed');
  return trace;
};

/** A write with this field, first synchronously and then asynchronously. */
const formed = (form: 'list' | 'star', twin: number, status: string): HandMadeTrace => {
  const trace = told();
  const variant = form === 'list' ? steps.synchronousList : steps.synchronousStar;
  trace.exchange('replace', 'PUT /Users/1', { status: twin, variant });
  return accepted(trace, steps[form], status);
};

const several = (trace: HandMadeTrace, ...statuses: string[]): HandMadeTrace => {
  for (const status of statuses) accepted(trace, steps.together, status);
  return trace;
};

proveRequirement(life12, {
  right: {
    '412 in the result': () => told(),
    '412 at once': () => told({ isRefusedAtOnce: true }),
    '412 in the result of a bulk request': () => told({ shape: 'bulk' }),
    '412 to every operation of a bulk request': () => accepted(told(), steps.alsoStale, '412', '412'),
    'a list of tags, and *': () => formed('list', 200, '200'),
    'one of three writes at once': () => several(told(), '412', '200', '412'),
  },
  wrong: {
    'stale-write-done': {
      'and reported so': () => told({ stale: '200', after: user('Wordb') }),
      'of a bulk request': () => told({ stale: '200', after: user('Wordb'), shape: 'bulk' }),
      'by another method': () => accepted(told(), steps.alsoStale, '204'),
      'later in a bulk request': () => accepted(told(), steps.alsoStale, '412', '200'),
      'a DELETE': () => told({ stale: '204', after: { status: 404 } }),
    },
    'stale-write-has-effect': () => told({ after: user('Wordb') }),
    'stale-refused-otherwise': () => told({ stale: '409' }),
    'current-write-refused': () => told({ current: '412' }),
    'list-of-tags-refused': () => formed('list', 200, '412'),
    'any-version-refused': () => formed('star', 200, '412'),
    'overwritten-with-one-tag': () => several(told(), '200', '200', '412'),
  },
  legal: {
    'a current tag that synchronous writes refuse, too, as weak ones may be (RFC 9110 §13.1.1)': () =>
      told({ currentTwin: 412, current: '412' }),
    'a list that synchronous writes refuse, too': () => formed('list', 412, '412'),
    '* that synchronous writes refuse, too': () => formed('star', 400, '412'),
    'writes by other methods that are not served': () => accepted(told(), steps.alsoStale, '403', '501'),
    'several writes at once, of which others fail otherwise': () => several(told(), '409', '200', '429'),
    'another failure of the write with the current tag (LIFE-06)': () => told({ current: '500' }),
  },
  silent: {
    'several writes at once where synchronous writes do not honour If-Match': () =>
      several(told({ twin: 200, currentTwin: 412 }), '200', '200'),
    'synchronous writes do not honour If-Match either': () => told({ twin: 200, currentTwin: 412 }),
    'users without a tag': () => {
      const trace = new HandMadeTrace(conditionalWrites, 'request-mode');
      trace.blockedBy = 'no-etag';
      return trace;
    },
  },
});
