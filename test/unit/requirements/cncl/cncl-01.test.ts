import type { Exchange, Submission } from '../../../../schemas/types.js';
import { cncl01 } from '../../../../suites/requirements/cncl/cncl-01.js';
import { cancel, cancelSteps } from '../../../../suites/scenarios/features/cancel.js';
import { HandMadeTrace } from '../../hand-made-trace.js';
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

proveRequirement(cncl01, {
  right: {
    'what has not run counts as failed, and the other request goes on': () =>
      cancelled().completes(0, 2).otherCompletes(2, 0),
    'what has run is there': () =>
      cancelled()
        .completes(1, 1)
        .finds(`1${names[0] ?? ''}`),
  },
  wrong: {
    'status-gone-after-cancel': () => new CancelTrace().delete(204).after(404),
    'stopped-left-pending': () => cancelled().never(),
    'cancel-refused': () => new CancelTrace().delete(409).after(200, statusOf(0, 0)).completes(2, 0),
    'nothing-stopped': () => cancelled().completes(2, 0),
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
    'nothing was pending when the DELETE was sent': () => new CancelTrace(statusOf(2, 0)).delete(204).after(404),
    'a DELETE of a completed request alone': () => new CancelTrace().delete(409, cancelSteps.whenCompleted),
  },
});
