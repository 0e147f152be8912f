import { life09 } from '../../../../suites/requirements/life/life-09.js';
import {
  synchronousMeanwhile,
  synchronousMeanwhileSteps as steps,
} from '../../../../suites/scenarios/lifecycle/synchronous-meanwhile.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { proveRequirement } from '../../prove-requirement.js';

const statusOf = (completed: boolean) => ({
  operationsCount: { total: 1, success: completed ? 1 : 0, failed: 0, pending: completed ? 0 : 1 },
  status: { completed, success: completed },
});

interface Meanwhile {
  /** Of the answer before, where nothing is pending. */
  readonly idle?: number;
  /** Undefined: it gets no answer. */
  readonly status?: number;
  readonly took?: number;
  /** Whether the asynchronous request is completed before and after it. */
  readonly before?: boolean;
  readonly after?: boolean;
}

/** A GET that takes 20 ms where nothing is pending, and the same while a request is pending. */
const meanwhile = ({ idle = 200, status, took = 20, before = false, after = false }: Meanwhile): HandMadeTrace => {
  const trace = new HandMadeTrace(synchronousMeanwhile, 'request-mode');
  trace.exchange('meanwhile', 'GET /Users/1', { status: idle, took: 20, variant: steps.idle });
  const submission = trace.accepted('/scim/v2/provision/1/status');
  trace.looked(submission, { status: 200, body: statusOf(before), variant: steps.before });
  trace.exchange('meanwhile', 'GET /Users/1', {
    took,
    variant: steps.pending,
    ...(status === undefined ? { failure: { code: 'timeout', message: 'no answer' } } : { status }),
  });
  trace.looked(submission, { status: 200, body: statusOf(after), variant: steps.after });
  return trace;
};

/** Status, or undefined if there is no answer. */
type Served = number | undefined;

/** A PUT that is served before, and then answered so, while the other request is pending and when it is completed. */
const insisted = (tries: readonly Served[], done: Served, after = false): HandMadeTrace => {
  const trace = new HandMadeTrace(synchronousMeanwhile, 'request-mode');
  const put = (status: Served, variant: string): void => {
    const answer =
      status === undefined ? { failure: { code: 'connection', message: 'no answer' } as const } : { status };
    trace.exchange('meanwhile', 'PUT /Users/1', { variant, ...answer });
  };
  put(200, steps.idle);
  const submission = trace.accepted('/scim/v2/provision/1/status');
  trace.looked(submission, { status: 200, body: statusOf(false), variant: steps.before });
  for (const status of tries) put(status, steps.pending);
  trace.looked(submission, { status: 200, body: statusOf(after), variant: steps.after });
  put(done, steps.done);
  return trace;
};

proveRequirement(life09, {
  right: {
    'a request that is served meanwhile': () => meanwhile({ status: 200 }),
    'a request that is served when it is sent again': () => insisted([503, 200], 200),
  },
  wrong: {
    'no-answer': () => insisted([undefined, undefined, undefined], 200),
    'refused-meanwhile': {
      'a request that fails': () => meanwhile({ status: 409 }),
      '503 each time': () => insisted([503, 503, 503], 200),
    },
    'held-up': () => meanwhile({ status: 200, took: 900, after: true }),
  },
  legal: {
    'one that is slow while the other goes on': () => meanwhile({ status: 200, took: 900 }),
  },
  silent: {
    'nothing was pending any more': () => meanwhile({ status: 200, before: true, after: true }),
    'a method that is not served at all (RFC 7644 §3.12)': () => meanwhile({ idle: 501, status: 501 }),
    'a request that is throttled meanwhile (RFC 6585 §4)': () => meanwhile({ status: 429 }),
    'a connection that is lost once': () => meanwhile({}),
    'a limiter that has not recovered when the other request is completed': () => insisted([503, 503, 503], 503),
    'the other request was completed by then': () => insisted([503, 503, 503], 200, true),
  },
});
