import t from 'tap';
import type { Job } from '../../../../../mock/job.js';
import { handMadeJob } from '../../../../harness/hand-made-job.js';
import { Board } from '../../../../../mock/ops/live/board.js';
import { StoreAway } from '../../../../../mock/store/store-error.js';

const jobOf = (id: string, change: Partial<Job> = {}): Job =>
  handMadeJob({ id, counts: { total: 2, success: 0, failed: 0, pending: 2 }, ...change });

const boardOver = (jobs: Map<string, Job>) => {
  const asked: string[] = [];
  const board = new Board({
    ports: {
      jobs: {
        find: (id: string) => {
          asked.push(id);
          return Promise.resolve(jobs.get(id));
        },
        count: () => Promise.resolve({ pending: 1, statuses: 2 }),
      },
      limits: { look: () => Promise.resolve(3.7) },
    },
    clients: [{ name: 'primary', token: 'a token' }],
    rateLimit: { capacity: 5, refillPerSecond: 1 },
    bucketOf: (client) => client,
    now: () => 0,
  });
  return { board, asked };
};

void t.test('each state of a request has a word', async (t) => {
  const counts = { total: 2, success: 1, failed: 1, pending: 0 };
  const jobs = new Map(
    [
      jobOf('waiting'),
      jobOf('running', { isStarted: true }),
      jobOf('finished', { isStarted: true, counts }),
      jobOf('ended', { isCancelled: true }),
    ].map((job) => [job.id, job]),
  );
  const { board } = boardOver(jobs);
  for (const job of jobs.values()) board.observer.accepted?.(job);
  const { requests, limits, queue } = await board.look();
  t.strictSame(
    requests.map(({ id, state }) => [id, state]),
    [
      ['ended', 'cancelled'],
      ['finished', 'done'],
      ['running', 'running'],
      ['waiting', 'waiting'],
    ],
  );
  t.strictSame(limits, [{ client: 'primary', tokens: 3, capacity: 5 }]);
  t.strictSame(queue, { pending: 1, statuses: 2 });
});

void t.test('completed requests are not asked for again, and forgotten ones leave', async (t) => {
  const done = jobOf('done-1234567', { counts: { total: 2, success: 2, failed: 0, pending: 0 } });
  const open = jobOf('open-1234567');
  const jobs = new Map([done, open].map((job) => [job.id, job]));
  const { board, asked } = boardOver(jobs);
  for (const job of jobs.values()) board.observer.accepted?.(job);
  t.strictSame(
    (await board.look()).requests.map(({ id }) => id),
    ['open-123', 'done-123'],
  );
  jobs.delete(open.id);
  t.strictSame(
    (await board.look()).requests.map(({ id }) => id),
    ['done-123'],
  );
  await board.look();
  t.strictSame(asked, [done.id, open.id, open.id]);
});

void t.test('it rejects while the store does not answer', async (t) => {
  const board = new Board({
    ports: {
      jobs: { find: () => Promise.reject(new StoreAway()), count: () => Promise.reject(new StoreAway()) },
      limits: { look: () => Promise.reject(new StoreAway()) },
    },
    clients: [],
    rateLimit: false,
    bucketOf: (client) => client,
    now: () => 0,
  });
  await t.rejects(board.look(), StoreAway);
});
