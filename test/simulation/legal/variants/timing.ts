/** How long things take, and what time it is. */
import { header } from '../../../../schemas/names.js';
import { isJson } from '../../../../mock/json.js';
import { withFields, withoutBody } from '../answers.js';
import { withOptions, type Variant } from '../variant.js';

/** A clock that differs from that of the suite, and says so in every answer (RFC 9110 §6.6.1). */
const clockOff = (byMs: number): Variant['make'] => {
  const now = (time: number): number => time + byMs;
  return ({ clock }) => ({
    options: { now },
    change: (answer) => withFields(answer, { [header.date]: new Date(now(clock.epoch())).toUTCString() }),
  });
};

export const timingVariants: readonly Variant[] = [
  {
    name: 'a-clock-that-is-slow',
    source: 'RFC 9110 §6.6.1, §5.6.7 (no clock has to be exact)',
    make: clockOff(-8000),
    only: ['clock', 'date'],
  },
  {
    name: 'a-clock-that-is-fast',
    source: 'RFC 9110 §6.6.1, §5.6.7 (no clock has to be exact)',
    make: clockOff(8000),
    only: ['clock', 'date'],
  },
  {
    name: 'slow-creates',
    source: 'RFC 9110 §15.3.2 (no RFC limits the time of an answer)',
    make: ({ clock }) => ({
      change: async (answer, { method, path }) => {
        if (method !== 'POST' || path !== '/Users' || answer.status !== 201) return answer;
        await clock.sleep(160);
        return { ...answer };
      },
    }),
  },
  {
    name: 'every-answer-takes-its-time',
    source: 'RFC 9110 §9.2 (no RFC limits the time of an answer)',
    make: ({ clock, chance }) => {
      const times = chance.of('times of answers');
      return {
        change: async (answer) => {
          await clock.sleep(20 + 80 * times.number());
          return { ...answer };
        },
      };
    },
    // A write is done before the first look at its result comes.
    lacks: ['pending results'],
  },
  {
    name: 'one-worker',
    source: 'profile §3 (a request may wait in the queue)',
    make: withOptions({ workers: 1 }),
    only: ['workers'],
  },
  {
    name: 'many-workers',
    source: 'RFC 7644 §3.7 (the provider chooses the sequence)',
    make: withOptions({ workers: 64, operationMillis: 30 }),
    only: ['workers', 'time of operations'],
  },
  {
    name: 'operations-without-any-delay',
    source: 'profile §7.6 (states may be skipped)',
    make: withOptions({ operationMillis: 0 }),
    only: ['time of operations'],
    lacks: ['pending results'],
  },
  {
    name: 'slow-operations',
    source: 'LIFE-01 (a request completes within the deadline)',
    make: withOptions({ operationMillis: 250, workers: 32, retryAfterSeconds: 1 }),
    only: ['workers', 'time of operations', 'retry-after'],
  },
  {
    name: 'long-waits-between-polls',
    source: 'RFC 9110 §10.2.3',
    make: withOptions({ retryAfterSeconds: 3 }),
    only: ['retry-after'],
  },
  {
    name: 'no-body-on-a-202-to-a-safe-retry',
    source: 'ACC-03 (the body is only recommended)',
    binding: 'request-mode',
    warns: ['ACC-03'],
    // Without the feature `idempotency` there is no safe retry.
    only: ['features'],
    needs: ['body of the 202'],
    make: () => {
      const answered = new Set<unknown>();
      return {
        change: (answer) => {
          if (answer.status !== 202 || !isJson(answer.body)) return answer;
          const { id } = answer.body;
          if (!answered.has(id)) {
            answered.add(id);
            return answer;
          }
          return withoutBody(answer);
        },
      };
    },
  },
];
