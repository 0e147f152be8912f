import type { Exchange, Submission } from '../../../../schemas/types.js';
import { cncl01 } from '../../../../suites/requirements/cncl/cncl-01.js';
import { cancel, cancelSteps } from '../../../../suites/scenarios/features/cancel.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
import { statusResource } from '../../status-resource.js';
import { proveRequirement } from '../../prove-requirement.js';

const names = ['a@example.com', 'b@example.com'];

const statusOf = (success: number, failed: number): unknown => {
  const pending = names.length - success - failed;
  return {
    operationsCount: { total: names.length, success, failed, pending },
    status: { completed: pending === 0, success: pending === 0 && failed === 0 },
    ...(pending === 0
      ? {
          Operations: names.map((_, index) =>
            index < success ? { method: 'POST', status: '201' } : { method: 'POST', status: '424' },
          ),
        }
      : {}),
  };
};

/** Two requests of two creates each, of which the first is cancelled while both of its operations are pending. */
class CancelTrace extends HandMadeTrace {
  readonly cancelled: Submission;
  readonly other: Submission;

  constructor(pending = statusOf(0, 0)) {
    super(cancel, 'request-mode', { features: ['cancel'] });
    this.cancelled = this.bulk('1', pending);
    this.other = this.bulk('2', statusOf(0, 0));
  }

  private bulk(id: string, body: unknown): Submission {
    const location = `https://provider.example/scim/v2/provision/${id}/status`;
    const asked = this.exchange('submit', 'POST /Bulk', { status: 202, headers: { Location: location }, body });
    const operations = names.map(
      (userName) => ({ method: 'POST', path: '/Users', expected: 'success', userName: `${id}${userName}` }) as const,
    );
    return this.submission(asked, { shape: 'bulk', location, operations });
  }

  delete(status: number, variant?: string): this {
    const about = { submission: this.cancelled.n, status, ...(variant === undefined ? {} : { variant }) };
    this.exchange('cancel', 'DELETE /provision/1/status', about);
    return this;
  }

  /** The status right after the DELETE. */
  after(status: number, body?: unknown): this {
    const about = { submission: this.cancelled.n, status, variant: cancelSteps.afterCancel, body };
    this.exchange('status-read', 'GET /provision/1/status', about);
    return this;
  }

  private look({ n }: Submission, body: unknown): Exchange {
    return this.exchange('poll', 'GET /provision/1/status', { submission: n, status: 200, body });
  }

  /** The first request completes so. */
  completes(success: number, failed: number): this {
    this.look(this.cancelled, statusOf(success, failed));
    this.settled(this.cancelled, 'completed');
    return this;
  }

  otherCompletes(success: number, failed: number): this {
    this.look(this.other, statusOf(success, failed));
    this.settled(this.other, 'completed');
    return this;
  }

  never(): this {
    this.look(this.cancelled, statusOf(0, 0));
    this.settled(this.cancelled, 'deadline');
    return this;
  }

  /** The user of the last operation of the first request exists. */
  finds(userName = `1${names[1] ?? ''}`): this {
    const body = { Resources: [{ userName }] };
    this.exchange('search', 'GET /Users?filter=userName', { subject: userName, status: 200, body });
    return this;
  }
}

const cancelled = (): CancelTrace => new CancelTrace().delete(204).after(200, statusOf(0, 0));

const serial = 4;

const serialStatus = (success: number, failed = 0): unknown =>
  statusResource(
    { success, failed, pending: serial - success - failed },
    {
      Operations: Array.from({ length: success + failed }, (_, index) => ({
        method: 'PUT',
        status: index < success ? '200' : '424',
      })),
    },
  );

/** A request of four replaces of one user that is cancelled at once, and what its status shows afterwards. */
const ofOneUser = (...looks: readonly unknown[]): HandMadeTrace => {
  const trace = new HandMadeTrace(cancel, 'request-mode', { features: ['cancel'] });
  const location = '/scim/v2/provision/1/status';
  const operations = Array.from(
    { length: serial },
    () => ({ method: 'PUT', path: '/Users/1', expected: 'success' }) as const,
  );
  const answer = { status: 202, headers: { Location: location }, body: serialStatus(0) };
  const submission = trace.submitted('POST /Bulk', answer, { shape: 'bulk', operations });
  trace.exchange('cancel', 'DELETE /provision/1/status', { submission: submission.n, status: 204 });
  for (const body of looks) trace.looked(submission, { status: 200, body });
  trace.settled(submission, 'completed');
  return trace;
};

proveRequirement(cncl01, {
  right: {
    'what has not run counts as failed, and the other request goes on': () =>
      cancelled().completes(0, 2).otherCompletes(2, 0),
    'writes to one user stop after the one that was running': () => ofOneUser(serialStatus(1), serialStatus(2, 2)),
    'what has run is there': () =>
      cancelled()
        .completes(1, 1)
        .finds(`1${names[0] ?? ''}`),
  },
  wrong: {
    'status-gone-after-cancel': () => new CancelTrace().delete(204).after(404),
    'stopped-left-pending': () => cancelled().never(),
    'cancel-refused': () => new CancelTrace().delete(409).after(200, statusOf(0, 0)).completes(2, 0),
    'nothing-stopped': () => ofOneUser(serialStatus(1), serialStatus(4)),
    'other-request-stopped': () => cancelled().completes(0, 2).otherCompletes(1, 1),
    'stopped-and-done': () => cancelled().completes(1, 1).finds(),
  },
  legal: {
    'a refusal, because it is done by then (profile CNCL-01, D4)': () =>
      new CancelTrace().delete(409).after(200, statusOf(2, 0)).completes(2, 0),
    'a cancel that comes when all is done and is answered 204 (profile CNCL-01, D4)': () =>
      new CancelTrace().delete(204).after(200, statusOf(2, 0)).completes(2, 0),
    'a refusal of a second cancel, when nothing is pending (RFC 9110 §15.5.10)': () =>
      cancelled().completes(0, 2).delete(409, cancelSteps.whenCompleted),
  },
  silent: {
    'all creates are done, because all of them may have been running (profile CNCL-01)': () =>
      cancelled().completes(2, 0),
    'all writes to one user are done, and one of them may have been the last to run': () =>
      ofOneUser(serialStatus(3), serialStatus(4)),
    'all writes to one user are done at once, as in one transaction': () => ofOneUser(serialStatus(0), serialStatus(4)),
    'nothing was pending when the DELETE was sent': () => new CancelTrace(statusOf(2, 0)).delete(204).after(404),
    'a DELETE of a completed request alone': () => new CancelTrace().delete(409, cancelSteps.whenCompleted),
  },
});
