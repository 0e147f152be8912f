/** Jobs, steps and outcomes as rows. */
import { createHash } from 'node:crypto';
import type { Job, JobHead } from '../../../job.js';
import type { Operation, OperationResult, Outcome, Written } from '../../../operation.js';
import type { Step } from '../../../ports.js';
import { Problem } from '../../../problem.js';

/** What of a job changes. */
export interface JobRow {
  readonly id: string;
  readonly total: number;
  readonly success: number;
  readonly failed: number;
  readonly modified: number;
  readonly revision: number;
  readonly is_started: boolean;
  readonly is_retrying: boolean;
  readonly is_cancelled: boolean;
  readonly is_promised: boolean;
  readonly polled: number | null;
}

export const retryingColumn = 'exists (select from scim_mock.line w where w.job = j.id and w.is_postponed)';

/** Of `jobs j left join polls p`. */
export const jobColumns = `j.id, j.total, j.success, j.failed, j.modified, j.revision, j.is_started,
  ${retryingColumn} as is_retrying, j.is_cancelled, j.is_promised, p.at as polled`;

export const jobOf = (head: JobHead, row: JobRow, outcomes: readonly Outcome[] | undefined): Job => ({
  ...head,
  counts: {
    total: row.total,
    success: row.success,
    failed: row.failed,
    pending: row.total - row.success - row.failed,
  },
  modified: row.modified,
  revision: row.revision,
  isStarted: row.is_started,
  isRetrying: row.is_retrying,
  isCancelled: row.is_cancelled,
  isEventPromised: row.is_promised,
  polled: row.polled ?? undefined,
  outcomes,
});

/** A member that is undefined is not in JSON. */
export const headOf = (
  head: Omit<JobHead, 'failOnErrors' | 'bounds'> & Partial<Pick<JobHead, 'failOnErrors' | 'bounds'>>,
): JobHead => ({ ...head, failOnErrors: head.failOnErrors, bounds: head.bounds });

/** Bodies are not needed any more when a job is completed, and may hold passwords. */
export const withoutBodies = (head: JobHead): JobHead => ({
  ...head,
  operations: head.operations.map(withoutData),
});

const withoutData = (operation: Operation): Operation => {
  const kept: { data?: unknown } & Operation = { ...operation };
  delete kept.data;
  return kept;
};

/** Keys may be long, and hold what is no text of PostgreSQL. */
export const keyOf = (text: string): Buffer => createHash('sha256').update(text).digest();

interface StoredProblem {
  readonly status: number;
  readonly detail: string;
  readonly scimType?: NonNullable<Problem['scimType']>;
  readonly headers: Readonly<Record<string, string>>;
}

export interface StoredStep {
  readonly resource?: string;
  readonly after: readonly number[];
  readonly references: readonly string[];
  readonly reserved?: readonly (readonly [string, string])[];
  readonly hopeless?: StoredProblem;
  /** The steps of all operations, if the job runs as a unit. */
  readonly unit?: readonly (StoredStep | null)[];
}

/** Null for the step of an operation that depends on nothing. */
export const storedStep = ({ resource, after, references, reserved, hopeless }: Step): StoredStep | null => {
  if (resource === undefined && after.length + references.length === 0 && reserved === undefined && !hopeless)
    return null;
  return {
    ...(resource === undefined ? {} : { resource }),
    after,
    references,
    ...(reserved === undefined ? {} : { reserved: [...reserved] }),
    ...(hopeless === undefined ? {} : { hopeless: storedProblem(hopeless) }),
  };
};

const storedProblem = ({ status, message, scimType, headers }: Problem): StoredProblem => ({
  status,
  detail: message,
  ...(scimType === undefined ? {} : { scimType }),
  headers,
});

export const stepOf = (stored: StoredStep | null): Step => {
  const { resource, after = [], references = [], reserved, hopeless } = stored ?? {};
  return {
    resource,
    after,
    references,
    reserved: reserved === undefined ? undefined : new Map(reserved),
    hopeless:
      hopeless === undefined
        ? undefined
        : new Problem(hopeless.status, hopeless.detail, hopeless.scimType, hopeless.headers),
  };
};

export interface StoredOutcome {
  readonly result: OperationResult;
  readonly written?: Omit<Written, 'before'> & { readonly before?: NonNullable<Written['before']> };
}

/** As JSON; without the body of the operation, which may hold a password. */
export const outcomeText = ({ result, written }: Outcome): string =>
  JSON.stringify({ result, written: written && { ...written, operation: withoutData(written.operation) } });

export const outcomeOf = ({ result, written }: StoredOutcome): Outcome => ({
  result,
  written: written === undefined ? undefined : { ...written, before: written.before },
});
