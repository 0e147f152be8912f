import t from 'tap';
import { createVirtualClock } from '../virtual-clock.js';

void t.test('a sleep takes its time, and leaves no timer if it is aborted', async (t) => {
  const clock = createVirtualClock();
  const over = new AbortController();
  await clock.sleep(250, over.signal);
  t.equal(clock.now(), 250);
  const slept = clock.sleep(60_000, over.signal);
  over.abort();
  await slept;
  await clock.sleep(60_000, over.signal);
  t.equal(clock.now(), 250);
  t.equal(clock.pending(), 0);
});

void t.test('a deadline aborts its signal when its time is over, but not after it was cancelled', async (t) => {
  const clock = createVirtualClock();
  const never = new AbortController().signal;
  const [kept, cancelled] = [clock.deadline(100), clock.deadline(50)];
  await clock.sleep(40, never);
  t.equal(kept.left(), 60);
  cancelled.cancel();
  await clock.sleep(200, never);
  t.strictSame([kept.signal.aborted, cancelled.signal.aborted], [true, false]);
  t.strictSame([kept.left(), cancelled.left()], [0, 0]);
  t.equal(clock.pending(), 0);
});
