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
  finds(userName = `1${names[1] ?? ''}`, found: readonly string[] = [userName]): this {
    const body = { Resources: found.map((name) => ({ userName: name })) };
    this.exchange('search', 'GET /Users?filter=userName', { subject: userName, status: 200, body });
    return this;
  }
}

/** A cancelled request of which one create is reported as done, at this location, and what is there. */
const reported = (status: number, found?: readonly string[]): HandMadeTrace => {
  const trace = cancelled().completes(1, 1);
  const subject = `1${names[0] ?? ''}`;
  if (found !== undefined) trace.finds(subject, found);
  trace.exchange('read', 'GET /Users/1', {
    subject,
    status,
    variant: cancelSteps.written,
    body: { userName: subject },
  });
  return trace;
};

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

const word = (place: number): string => `Word${'abcdef'.charAt(place)}`;

/** A request of four replaces of one user that is cancelled at once, and what its status shows afterwards. */
const ofOneUser = (...looks: readonly unknown[]): HandMadeTrace => replaced(undefined, ...looks);

/** The same, and what a read of the user shows at the end. */
const replaced = (shows: string | undefined, ...looks: readonly unknown[]): HandMadeTrace => {
  const trace = new HandMadeTrace(cancel, 'request-mode', { features: ['cancel'] });
  const location = '/scim/v2/provision/1/status';
  const operations = Array.from(
    { length: serial },
    () => ({ method: 'PUT', path: '/Users/1', expected: 'success' }) as const,
  );
  const sent = { Operations: operations.map((_, place) => ({ data: { displayName: word(place) } })) };
  const answer = { status: 202, headers: { Location: location }, body: serialStatus(0), sent };
  const submission = trace.submitted('POST /Bulk', answer, { shape: 'bulk', operations });
  trace.exchange('cancel', 'DELETE /provision/1/status', { submission: submission.n, status: 204 });
  for (const body of looks) trace.looked(submission, { status: 200, body });
  trace.settled(submission, 'completed');
  const about = { variant: cancelSteps.written, status: 200, body: { displayName: shows } };
  if (shows !== undefined) trace.exchange('read', 'GET /Users/1', about);
  return trace;
};

proveRequirement(cncl01, {
  right: {
    'what has not run counts as failed, and the other request goes on': () =>
      cancelled().completes(0, 2).otherCompletes(2, 0),
    'writes to one user stop after the one that was running': () => ofOneUser(serialStatus(1), serialStatus(2, 2)),
    'what is reported as done is there': () => reported(200),
    'the user is as the last replace that ran has written it': () =>
      replaced(word(1), serialStatus(1), serialStatus(2, 2)),
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
    'stopped-name-taken': () => {
      const subject = `1${names[1] ?? ''}`;
      const trace = cancelled().completes(1, 1).finds(subject, []);
      trace.exchange('create', 'POST /Users', { subject, status: 409, variant: cancelSteps.createOfStopped });
      return trace;
    },
    'stopped-and-done': {
      'of a create': () => cancelled().completes(1, 1).finds(),
      'of a replace': () => replaced(word(3), serialStatus(1), serialStatus(2, 2)),
    },
    'reported-but-not-done': {
      'at a location that was made up': () => reported(404, []),
      'without a location that can be read': () =>
        cancelled()
          .completes(1, 1)
          .finds(`1${names[0] ?? ''}`, []),
      'where nothing can be searched': () => reported(410),
      'although every operation is reported as done': () => {
        const trace = cancelled().completes(2, 0);
        const subject = `1${names[1] ?? ''}`;
        trace.exchange('read', 'GET /Users/2', { subject, status: 404, variant: cancelSteps.written });
        return trace;
      },
      'of a replace': () => replaced(word(5), serialStatus(1), serialStatus(2, 2)),
    },
  },
  legal: {
    'the user is at another location than that of the result, which LIFE-11 judges': () =>
      reported(404, [`1${names[0] ?? ''}`]),
    'a read that is refused for another reason (RFC 9110 §15.5.4, §15.6.4)': () => reported(403, []),
    'names in capitals (RFC 7643 §4.1.1)': () => replaced(word(1).toUpperCase(), serialStatus(1), serialStatus(2, 2)),
    'the user is as another replace that is reported as done has written it, which BULK-07 judges': () =>
      replaced(word(0), serialStatus(1), serialStatus(2, 2)),
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
