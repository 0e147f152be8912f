/** The same write of twins, of one synchronously and of the other asynchronously, and what it left of both. */
import { urn } from '../../../../schemas/names.js';
import { plainUser } from '../../../../suites/generators/user.js';
import { sameAsSynchronous } from '../../../../suites/scenarios/lifecycle/same-as-synchronous.js';
import { twinSteps as steps } from '../../../../suites/scenarios/lifecycle/twin-writes.js';
import { baseUrl, HandMadeTrace, type Answer } from '../../hand-made-trace.js';
import { statusResource } from '../../status-resource.js';

export const twinNames = {
  synchronous: 'one@example.com',
  asynchronous: 'other@example.com',
  inBulk: 'another@example.com',
} as const;

type Mode = keyof typeof twinNames;

const modes = ['synchronous', 'asynchronous'] as const;

type OfBoth<Value> = Readonly<Record<(typeof modes)[number], Value>>;

interface Twins {
  /** A PUT where absent. */
  readonly method?: 'PUT' | 'DELETE';
  /** What the PUT writes to both, in addition to a plain user. */
  readonly sends?: Record<string, unknown>;
  /** What a read shows afterwards of each, beside what was written; a status where it shows nothing. */
  readonly shows?: OfBoth<Record<string, unknown> | number>;
  /** What a read shows of a third one, with the same synchronous write; it is not made where absent. */
  readonly again?: Record<string, unknown>;
  /** What a read shows of another one, written in a bulk request, and the result of the operation (success where absent). */
  readonly inBulk?: { readonly shows: Record<string, unknown>; readonly result?: string };
  /** How many a search for the name finds then. */
  readonly finds?: OfBoth<number>;
  /** What a create of the name is answered then. */
  readonly takenAgain?: OfBoth<number>;
  /** What is reported of the asynchronous one; success where absent. */
  readonly result?: string;
  /** The answer to the synchronous one; success where absent. */
  readonly answered?: number;
}

const write = (trace: HandMadeTrace, mode: Mode, { method = 'PUT', sends, result, answered, inBulk }: Twins): void => {
  const subject = twinNames[mode];
  const path = `/Users/${mode}`;
  const about: Answer = {
    subject,
    variant: steps[mode],
    ...(method === 'PUT' ? { sent: { ...plainUser(subject), ...sends } } : {}),
  };
  const done = method === 'PUT' ? 200 : 204;
  if (mode === 'synchronous') {
    trace.exchange(method === 'PUT' ? 'replace' : 'delete', `${method} ${path}`, {
      ...about,
      status: answered ?? done,
    });
    return;
  }
  const isBulk = mode === 'inBulk';
  const headers = { Location: `/scim/v2/provision/${mode}/status` };
  const submission = trace.submitted(
    isBulk ? 'POST /Bulk' : `${method} ${path}`,
    {
      ...about,
      ...(isBulk ? { sent: { schemas: [urn.bulkRequest], Operations: [{ method, path, data: about.sent }] } } : {}),
      status: 202,
      headers,
    },
    { operations: [{ method, path, expected: 'success' }], shape: isBulk ? 'bulk' : 'single' },
  );
  const status = (isBulk ? inBulk?.result : result) ?? String(done);
  const counts = Number(status) < 300 ? { success: 1 } : { failed: 1 };
  const Operations = [{ method, status, location: `${baseUrl}${path}` }];
  trace.looked(submission, { status: 200, body: statusResource(counts, { Operations }) });
  trace.settled(submission, 'completed');
};

const look = (trace: HandMadeTrace, mode: Mode, seen: Record<string, unknown> | number): void => {
  const subject = twinNames[mode];
  const answer =
    typeof seen === 'number' ? { status: seen } : { status: 200, body: { ...plainUser(subject), ...seen } };
  trace.exchange('read', `GET /Users/${mode}`, { subject, variant: steps[mode], ...answer });
};

export const twinsStory = (twins: Twins): HandMadeTrace => {
  const { shows, again, inBulk, finds, takenAgain } = twins;
  const trace = new HandMadeTrace(sameAsSynchronous, 'request-mode');
  for (const mode of modes) {
    const subject = twinNames[mode];
    write(trace, mode, twins);
    const seen = shows?.[mode];
    if (seen !== undefined) look(trace, mode, seen);
    if (finds !== undefined) {
      const Resources = Array.from({ length: finds[mode] }, () => ({ userName: subject }));
      const body = { schemas: [urn.listResponse], totalResults: finds[mode], Resources };
      trace.exchange('search', 'GET /Users?filter=userName', { subject, status: 200, body });
    }
    if (takenAgain !== undefined) {
      trace.exchange('create', 'POST /Users', {
        subject,
        variant: steps[`${mode}Before`],
        status: takenAgain[mode],
        sent: plainUser(subject),
      });
    }
  }
  if (again !== undefined) {
    const [subject, variant] = ['third@example.com', steps.synchronousAgain];
    trace.exchange('replace', 'PUT /Users/third', { subject, variant, status: 200, sent: plainUser(subject) });
    const body = { ...plainUser(subject), ...again };
    trace.exchange('read', 'GET /Users/third', { subject, variant, status: 200, body });
  }
  if (inBulk !== undefined) {
    write(trace, 'inBulk', twins);
    look(trace, 'inBulk', inBulk.shows);
  }
  return trace;
};
