import t from 'tap';
import type { Clock } from '../../../../mock/clock.js';
import type { Received } from '../../../../mock/integration/amqp/link.js';
import { Settling } from '../../../../mock/integration/amqp/settle.js';
import { handMadeJob } from '../../../harness/hand-made-job.js';
import type { Job } from '../../../../mock/job.js';
import { Problem } from '../../../../mock/problem.js';
import { StoreAway } from '../../../../mock/store/store-error.js';

const job = handMadeJob({ requestId: 'message-1' });

/** A clock that notes for how long it is asked to sleep. */
const recordingClock = (): Clock & { readonly waits: number[] } => {
  const waits: number[] = [];
  return {
    waits,
    now: () => 0,
    sleep: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
  };
};

/** A message that notes what becomes of it. */
const receivedIn = (did: string[], more: Partial<Received> = {}): Received => ({
  content: Buffer.from('{}'),
  messageId: 'message-1',
  wantsReply: false,
  ack: () => void did.push('ack'),
  requeue: () => void did.push('requeue'),
  bury: (reason) => Promise.resolve(void did.push(`bury ${reason}`)),
  reply: () => void did.push('reply'),
  ...more,
});

const running = new AbortController().signal;

const settlingOf = (clock: Clock, accept: () => Promise<Job>, bugs: unknown[] = []): Settling =>
  new Settling({
    clock,
    accept,
    read: (content) => JSON.parse(content.toString()) as unknown,
    answerOf: ({ id }) => id,
    onBug: (error) => void bugs.push(error),
  });

void t.test('an accepted message is answered, if the sender asks for it, and then acknowledged', async (t) => {
  const did: string[] = [];
  const settling = settlingOf(recordingClock(), () => Promise.resolve(job));
  await settling.settle(receivedIn(did, { wantsReply: true }), running);
  t.strictSame(did, ['reply', 'ack']);
});

void t.test('a message that may be accepted later goes back after waits that grow up to 30 seconds', async (t) => {
  const clock = recordingClock();
  const did: string[] = [];
  const errors = [new StoreAway('away'), new Problem(503, 'full'), new Problem(429, 'later')];
  const settling = settlingOf(clock, () => Promise.reject(errors[did.length % errors.length] ?? new Error('none')));
  for (let time = 0; time < 11; time += 1) await settling.settle(receivedIn(did), running);
  t.strictSame(did, Array<string>(11).fill('requeue'));
  t.strictSame(clock.waits, [100, 200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000]);
  await settling.settle(receivedIn(did, { messageId: 'message-2' }), running);
  t.equal(clock.waits.at(-1), 100, 'each message has its own waits');
});

void t.test('after five unexpected errors a message is buried, without what the errors say', async (t) => {
  const did: string[] = [];
  const bugs: unknown[] = [];
  const clock = recordingClock();
  const settling = settlingOf(clock, () => Promise.reject(new TypeError('hidden')), bugs);
  for (let time = 0; time < 5; time += 1) await settling.settle(receivedIn(did, { messageId: undefined }), running);
  t.strictSame(did, ['requeue', 'requeue', 'requeue', 'requeue', 'bury 500 Its handler failed.']);
  t.equal(bugs.length, 5);
  t.strictSame(clock.waits, [100, 200, 400, 800]);
});

void t.test('a Problem buries a message at once', async (t) => {
  const did: string[] = [];
  const settling = settlingOf(recordingClock(), () => Promise.reject(new Problem(409, 'The id was used.')));
  await settling.settle(receivedIn(did), running);
  t.strictSame(did, ['bury 409 The id was used.']);
});

void t.test('a message is left as it is when the mock stops', async (t) => {
  const did: string[] = [];
  const stopping = new AbortController();
  const settling = settlingOf(recordingClock(), () => {
    stopping.abort();
    return Promise.reject(new Problem(400, 'wrong'));
  });
  await settling.settle(receivedIn(did), stopping.signal);
  t.strictSame(did, []);
});
