/** Bulk requests written by hand: what was sent, and the status resource that shows what came of it. */
import type { SubmittedOperation } from '../../../../schemas/types.js';
import type { Scenario } from '../../../../suites/definitions/scenario.js';
import type { Step } from '../../../../suites/trace/step.js';
import { HandMadeTrace } from '../../hand-made-trace.js';

export interface HandMadeOperation extends SubmittedOperation {
  readonly data?: unknown;
}

export type HandMadeResult = Readonly<Record<string, unknown>>;

export interface HandMadeBulk {
  readonly operations: readonly HandMadeOperation[];
  /** In the answer's order; undefined: it is never seen completed. */
  readonly results?: readonly HandMadeResult[];
  readonly failOnErrors?: number;
  readonly step?: Step;
  /** In place of the counts that the results make. */
  readonly counts?: Readonly<Record<string, number>>;
  /** Adds what comes before the request. */
  readonly first?: (trace: HandMadeTrace) => void;
}

const countsOf = (results: readonly HandMadeResult[]) => {
  const failed = results.filter(({ status }) => Number(status) >= 400).length;
  return { total: results.length, success: results.length - failed, failed, pending: 0 };
};

/** What a trace keeps of an operation: without what was sent with it. */
const submittedOf = (operation: HandMadeOperation): SubmittedOperation => {
  const submitted = { ...operation };
  delete submitted.data;
  return submitted;
};

/** A trace in which one bulk request was submitted, and its status was read at last. */
export const bulkTrace = (
  scenario: Pick<Scenario, 'name'>,
  { operations, results, failOnErrors, step, counts, first }: HandMadeBulk,
): HandMadeTrace => {
  const trace = new HandMadeTrace(scenario, 'request-mode');
  first?.(trace);
  const Operations = operations.map(({ method, path, bulkId, data }) => ({ method, path, bulkId, data }));
  const submission = trace.submitted(
    'POST /Bulk',
    {
      status: 202,
      headers: { Location: '/scim/v2/provision/1/status' },
      sent: { Operations, ...(failOnErrors === undefined ? {} : { failOnErrors }) },
      ...(step === undefined ? {} : { variant: step }),
    },
    {
      shape: 'bulk',
      operations: operations.map(submittedOf),
      ...(failOnErrors === undefined ? {} : { failOnErrors }),
    },
  );
  if (results === undefined) {
    const total = operations.length;
    const operationsCount = { total, success: 0, failed: 1, pending: total - 1, ...counts };
    const body = { operationsCount, status: { completed: false, success: false } };
    trace.looked(submission, { status: 200, body });
    trace.settled(submission, 'deadline');
    return trace;
  }
  const operationsCount = { ...countsOf(results), ...counts };
  const status = { completed: true, success: operationsCount.failed === 0 };
  trace.looked(submission, { status: 200, body: { operationsCount, status, Operations: results } });
  trace.settled(submission, 'completed');
  return trace;
};

/** A trace in which one bulk request is refused. */
export const refusedBulk = (
  scenario: Pick<Scenario, 'name'>,
  { operations, step }: Pick<HandMadeBulk, 'operations' | 'step'>,
  status: number,
): HandMadeTrace => {
  const trace = new HandMadeTrace(scenario, 'request-mode');
  const about = { shape: 'bulk', operations: operations.map(submittedOf) } as const;
  trace.submitted('POST /Bulk', { status, ...(step === undefined ? {} : { variant: step }) }, about);
  return trace;
};

/** A create of a user. */
export const create = (bulkId: string, more: Partial<HandMadeOperation> = {}): HandMadeOperation => ({
  method: 'POST',
  path: '/Users',
  bulkId,
  expected: 'success',
  userName: `${bulkId}@example.com`,
  ...more,
});

/** A create that cannot succeed. */
export const wrongCreate = (bulkId: string): HandMadeOperation =>
  create(bulkId, { expected: 'failure', status: '400' });

/** The result of a create that was done. */
export const created = (bulkId: string, id = bulkId): HandMadeResult => ({
  method: 'POST',
  bulkId,
  status: '201',
  location: `https://provider.example/scim/v2/Users/${id}`,
});

/** The result of an operation that failed. */
export const failedWith = (status: string, bulkId: string): HandMadeResult => ({ method: 'POST', bulkId, status });
