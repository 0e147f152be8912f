/** STAT-01 to STAT-06, STAT-14 and STAT-15: what the status resource says. */
import { validate } from '../../schemas/validators.js';
import { isObject, responseJson, withoutNulls, textOf } from '../trace/message.js';
import type { StatusSighting } from '../trace/trace-view.js';
import { booleansOf, countsOf, said, type Counts } from './status-members.js';
import { describeBody, describeViolations } from './describe.js';
import { judgeEach, notApplicable, together, type Finding, type Judge } from './judge.js';

/** 200 with the paper's members and types. What the 202 carries is ACC-02's; an answer other than 200 at once ACC-01's. */
export const stat01: Judge = (trace) => {
  const reads = trace.statusReads().filter(({ purpose }) => purpose === 'poll' || purpose === 'status-read');
  return judgeEach(
    reads.filter(({ credential, variant }) => credential === 'primary' && variant !== 'wrong X-Original-Request-ID'),
    (exchange) => {
      const fail = (expected: string, actual: string): Finding => ({ expected, actual, exchanges: [exchange] });
      const { status } = exchange.response;
      const firstOf = trace.statusReads(trace.submissions().find(({ n }) => n === exchange.submission))[0];
      if (status !== 200 && trace.isCancelled(exchange.submission, exchange.n)) return undefined;
      if (status !== 200) return firstOf === exchange ? undefined : fail('200', `the answer is ${status}`);
      const body = responseJson(exchange);
      if (body === undefined) return fail('a status resource', `the answer comes ${describeBody(exchange)}`);
      const validation = validate('async/provision-status', withoutNulls(body));
      return validation.valid ? undefined : fail('a valid status resource', describeViolations(validation.violations));
    },
  );
};

/** `id` is the same in the 202 body and in every read. */
export const stat02: Judge = (trace) =>
  together(
    ...trace.histories().map(({ sightings }) => {
      const first = sightings[0];
      return judgeEach(sightings.slice(1), ({ status, exchange }) =>
        first === undefined || typeof first.status.id !== 'string' || status.id === first.status.id
          ? undefined
          : {
              expected: `id ${JSON.stringify(first.status.id)}, as first seen`,
              actual: `it is ${JSON.stringify(status.id)}`,
              exchanges: [first.exchange, exchange],
            },
      );
    }),
  );

/** total = success + failed + pending. */
export const stat03: Judge = (trace) =>
  judgeEach(counted(trace.sightings()), ({ counts, exchange }) =>
    counts.total === counts.success + counts.failed + counts.pending
      ? undefined
      : { expected: 'total = success + failed + pending', actual: said(counts), exchanges: [exchange] },
  );

const counted = (sightings: readonly StatusSighting[]): (StatusSighting & { counts: Counts })[] =>
  sightings.flatMap((sighting) => {
    const counts = countsOf(sighting.status);
    return counts === undefined ? [] : [{ ...sighting, counts }];
  });

/** total is the number of operations submitted (1 for a single request) and never changes. */
export const stat04: Judge = (trace) =>
  judgeEach(counted(trace.sightings()), ({ counts, exchange, submission }) =>
    counts.total === submission.operations.length
      ? undefined
      : {
          expected: `total ${submission.operations.length}, the number of operations submitted`,
          actual: `it is ${counts.total}`,
          exchanges: [trace.asking(submission), exchange],
        },
  );

/** completed exactly when pending is 0. */
export const stat05: Judge = (trace) =>
  judgeEach(counted(trace.sightings()), ({ counts, exchange, status }) => {
    const booleans = booleansOf(status);
    return booleans === undefined || booleans.completed === (counts.pending === 0)
      ? undefined
      : {
          expected: `completed ${counts.pending === 0} with ${counts.pending} pending`,
          actual: `completed is ${booleans.completed}`,
          exchanges: [exchange],
        };
  });

/** success exactly when completed and failed is 0. */
export const stat06: Judge = (trace) =>
  judgeEach(counted(trace.sightings()), ({ counts, exchange, status }) => {
    const booleans = booleansOf(status);
    if (booleans === undefined) return undefined;
    const success = booleans.completed && counts.failed === 0;
    return booleans.success === success
      ? undefined
      : {
          expected: `success ${success} with completed ${booleans.completed} and ${counts.failed} failed`,
          actual: `success is ${booleans.success}`,
          exchanges: [exchange],
        };
  });

const time = (value: unknown): number => (typeof value === 'string' ? Date.parse(value) : Number.NaN);

/** meta with resourceType, created, lastModified, location; lastModified never goes back. */
export const stat14: Judge = (trace) =>
  together(
    ...trace.histories().map(({ sightings }) =>
      judgeEach(sightings, ({ status, exchange }): Finding | undefined => {
        const { meta } = status;
        const fail = (expected: string, actual: string): Finding => ({ expected, actual, exchanges: [exchange] });
        if (!isObject(meta)) return fail('meta', `meta is ${JSON.stringify(meta)}`);
        for (const name of ['resourceType', 'location'] as const) {
          if (typeof meta[name] !== 'string') return fail(`meta.${name}`, `it is ${JSON.stringify(meta[name])}`);
        }
        for (const name of ['created', 'lastModified'] as const) {
          if (Number.isNaN(time(meta[name])))
            return fail(`a date-time as meta.${name}`, `it is ${JSON.stringify(meta[name])}`);
        }
        // Reads in flight together may overtake one another: only what ended before this one began is earlier.
        const later = sightings.find(
          (other) =>
            other.exchange.at + other.exchange.took <= exchange.at &&
            isObject(other.status.meta) &&
            time(other.status.meta.lastModified) > time(meta.lastModified),
        );
        return later === undefined
          ? undefined
          : {
              expected: 'lastModified not to go back',
              actual: `it goes back to ${textOf(meta.lastModified)}`,
              exchanges: [later.exchange, exchange],
            };
      }),
    ),
  );

const states = ['initiated', 'queued', 'processing', 'retrying', 'completed', 'failed'];
const rank: Record<string, number> = { initiated: 0, queued: 1, processing: 2, retrying: 2, completed: 3, failed: 3 };

const stateFinding = ({ status, exchange }: StatusSighting): Finding | undefined => {
  const { state } = status;
  const fail = (expected: string, actual: string): Finding => ({ expected, actual, exchanges: [exchange] });
  if (typeof state !== 'string' || !states.includes(state)) {
    return fail(`state to be one of ${states.join(', ')}`, `it is ${JSON.stringify(state)}`);
  }
  const booleans = booleansOf(status);
  if (booleans === undefined) return undefined;
  const terminal = state === 'completed' || state === 'failed';
  if (terminal !== booleans.completed)
    return fail(`state to agree with completed ${booleans.completed}`, `it is ${state}`);
  return terminal && (state === 'completed') !== booleans.success
    ? fail(`state to agree with success ${booleans.success}`, `it is ${state}`)
    : undefined;
};

/**
 * state, where present, agrees with the booleans and follows profile §3. A poller misses states, so they may be
 * skipped forward; the only way back is retrying ↔ processing (clarification 6).
 */
export const stat15: Judge = (trace) => {
  const present = trace.sightings().filter(({ status }) => status.state !== undefined && status.state !== null);
  if (present.length === 0 && trace.sightings().length > 0) return notApplicable('The status resource has no state.');
  return judgeEach(present, (sighting) => {
    const wrong = stateFinding(sighting);
    if (wrong !== undefined) return wrong;
    const earlier = present.find(
      (other) =>
        other.submission.n === sighting.submission.n &&
        other.exchange.at + other.exchange.took <= sighting.exchange.at &&
        (rank[textOf(other.status.state)] ?? 0) > (rank[textOf(sighting.status.state)] ?? 0),
    );
    return earlier === undefined
      ? undefined
      : {
          expected: `no way back from ${textOf(earlier.status.state)}`,
          actual: `the state is ${textOf(sighting.status.state)} afterwards`,
          exchanges: [earlier.exchange, sighting.exchange],
        };
  });
};
