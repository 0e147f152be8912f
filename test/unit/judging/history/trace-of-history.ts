/** A history as the trace of a run, as a judge of histories gets it. */
import type { Submission } from '../../../../schemas/types.js';
import { wordedUser, wordPatch } from '../../../../suites/generators/worded.js';
import type { Read, Write } from '../../../../suites/judging/history/history.js';
import { interleaving } from '../../../../suites/scenarios/lifecycle/interleaving.js';
import { baseUrl, HandMadeTrace } from '../../hand-made-trace.js';
import { resource } from './generated-history.js';

const userName = 'somebody@example.com';

const purposes = { POST: 'create', PUT: 'replace', PATCH: 'patch', DELETE: 'delete' } as const;

const methods = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** A history names methods as they came. */
const methodOf = ({ method }: Write): (typeof methods)[number] => {
  const known = methods.find((each) => each === method);
  if (known === undefined) throw new Error(`there is no write by ${method}`);
  return known;
};

const bodyOf = ({ method, word = '' }: Write): unknown =>
  method === 'DELETE' ? undefined : method === 'PATCH' ? wordPatch(word) : wordedUser(userName, word);

/** A write that was made synchronously: its answer is what is reported. One of which nothing is known had none. */
const synchronous = (trace: HandMadeTrace, write: Write): void => {
  const { start, end, status } = write;
  const method = methodOf(write);
  const path = method === 'POST' ? '/Users' : resource;
  trace.exchange(purposes[method], `${method} ${path}`, {
    at: start,
    took: Number.isFinite(end) ? end - start : 1000,
    ...(method === 'DELETE' ? {} : { sent: bodyOf(write) }),
    ...(status === undefined
      ? { failure: { code: 'timeout', message: 'no answer' } }
      : { status: Number(status), ...(method === 'POST' ? { body: { id: '1' } } : {}) }),
  });
};

/** Writes of one asynchronous request: what came of them is reported by the poll that saw it completed, if there is one. */
const asynchronous = (trace: HandMadeTrace, writes: readonly Write[]): void => {
  const [first] = writes;
  if (first === undefined) return;
  const isBulk = first.submission !== undefined;
  const Operations = writes.map((write) => ({ method: write.method, path: resource, data: bodyOf(write) }));
  const asked = trace.exchange('submit', isBulk ? 'POST /Bulk' : `${first.method} ${resource}`, {
    at: first.start,
    took: 0.5,
    status: 202,
    headers: { Location: `${baseUrl}/provision/${first.word ?? 'none'}/status` },
    sent: isBulk ? { Operations } : bodyOf(first),
  });
  const submission = trace.submission(asked, {
    location: `${baseUrl}/provision/${String(asked.n)}/status`,
    shape: isBulk ? 'bulk' : 'single',
    operations: writes.map((write): Submission['operations'][number] => ({
      method: methodOf(write),
      path: resource,
      expected: 'success',
    })),
  });
  if (!Number.isFinite(first.end)) return;
  trace.exchange('poll', `GET /provision/${String(asked.n)}/status`, {
    at: first.end - 0.5,
    took: 0.5,
    submission: submission.n,
    status: 200,
    body: {
      status: { completed: true },
      Operations: writes.map(({ method, status, outcome }) => ({
        method,
        ...(outcome === 'unknown' ? {} : { status }),
      })),
    },
  });
};

const reading = (trace: HandMadeTrace, { start, end, present, words }: Read): void => {
  const [first = '', second = first] = words;
  const user = { ...wordedUser(userName, first), displayName: second, id: '1' };
  trace.exchange('read', `GET ${resource}`, {
    at: start,
    took: end - start,
    ...(present ? { status: 200, body: user } : { status: 404 }),
  });
};

/** `isAsynchronous` says of each write that stands alone how it is made; a bulk request is asynchronous. */
export const traceOfHistory = (
  writes: readonly Write[],
  reads: readonly Read[],
  isAsynchronous: (write: Write) => boolean,
): HandMadeTrace => {
  const trace = new HandMadeTrace(interleaving, 'request-mode');
  for (const write of writes) {
    const { submission } = write;
    if (submission !== undefined) {
      if (write.index === 0)
        asynchronous(
          trace,
          writes.filter((other) => other.submission === submission),
        );
    } else if (isAsynchronous(write) && write.method !== 'POST') asynchronous(trace, [write]);
    else synchronous(trace, write);
  }
  for (const read of reads) reading(trace, read);
  return trace;
};
