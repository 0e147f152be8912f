import t from 'tap';
import type { Clock } from '../../../../../mock/index.js';
import { Feed, mostViewers, type Viewer } from '../../../../../mock/ops/live/feed.js';
import { createVirtualClock } from '../../../virtual-clock.js';

interface Page extends Viewer {
  readonly received: { readonly at: number; readonly text: string }[];
  hasEnded: boolean;
}

interface Stage {
  readonly feed: Feed;
  readonly open: (isReady?: () => boolean) => Page;
  readonly stop: AbortController;
  readonly looks: () => number;
  /** Resolves when so many virtual milliseconds have passed. */
  readonly pass: (ms: number) => Promise<void>;
}

const stage = (look: (count: number) => Promise<unknown>): Stage => {
  const virtual = createVirtualClock();
  const stop = new AbortController();
  let looks = 0;
  const clock: Clock = {
    now: () => virtual.now(),
    sleep: (ms, signal = new AbortController().signal) => virtual.sleep(ms, signal),
  };
  const feed = new Feed({ clock, look: () => look((looks += 1)), stopping: stop.signal });
  return {
    feed,
    open: (isReady = () => true) => {
      const page: Page = {
        received: [],
        hasEnded: false,
        write: (text) => {
          page.received.push({ at: clock.now(), text });
          return isReady();
        },
        end: () => (page.hasEnded = true),
      };
      feed.join(page);
      return page;
    },
    stop,
    looks: () => looks,
    pass: (ms) => clock.sleep(ms),
  };
};

void t.test('a page gets at most four updates a second, and a new page what was sent last', async (t) => {
  const { feed, open, stop, pass } = stage((count) => Promise.resolve(count));
  const page = open();
  await pass(1100);
  t.strictSame(
    page.received.map(({ at }) => at),
    [0, 250, 500, 750, 1000],
  );
  t.equal(page.received[0]?.text, 'event: shown\ndata: 1\n\n');
  const late = open();
  t.equal(late.received[0]?.text, page.received.at(-1)?.text);
  stop.abort();
  await pass(1);
  t.strictSame([page.hasEnded, late.hasEnded], [true, true], 'all pages are closed when the mock stops');
  feed.leave(page);
});

void t.test('what has not changed is not sent again, but a sign of life is', async (t) => {
  const { open, stop, pass } = stage(() => Promise.resolve('the same'));
  const page = open();
  await pass(15_100);
  t.strictSame(
    page.received.map(({ text }) => text),
    ['event: shown\ndata: "the same"\n\n', ': nothing new\n\n'],
  );
  stop.abort();
});

void t.test('nobody is asked when nobody looks', async (t) => {
  const { feed, open, looks, pass } = stage((count) => Promise.resolve(count));
  await pass(2000);
  t.equal(looks(), 0);
  const page = open();
  await pass(600);
  feed.leave(page);
  const before = looks();
  await pass(2000);
  t.equal(looks(), before);
  const again = open();
  await pass(1);
  t.equal(again.received.length, 1, 'it starts again');
  feed.leave(again);
  await pass(300);
});

void t.test('a slow page misses updates, and gets the last one when it is ready', async (t) => {
  let isReady = false;
  const { feed, open, stop, pass } = stage((count) => Promise.resolve(count));
  const page = open(() => isReady);
  await pass(1100);
  t.equal(page.received.length, 1, 'nothing is piled up');
  isReady = true;
  feed.drained(page);
  t.equal(page.received[1]?.text, 'event: shown\ndata: 5\n\n');
  stop.abort();
});

void t.test('a store that does not answer is told, and the page goes on', async (t) => {
  const { open, stop, pass } = stage((count) => (count === 1 ? Promise.reject(new Error('away')) : Promise.resolve(2)));
  const page = open();
  await pass(300);
  t.strictSame(
    page.received.map(({ text }) => text),
    ['event: away\ndata: "The store does not answer."\n\n', 'event: shown\ndata: 2\n\n'],
  );
  stop.abort();
});

void t.test('the number of pages is limited', (t) => {
  const { feed, open, stop } = stage(() => Promise.resolve(0));
  const pages = Array.from({ length: mostViewers }, () => open());
  t.equal(feed.isFull, true);
  if (pages[0] !== undefined) feed.leave(pages[0]);
  t.equal(feed.isFull, false);
  stop.abort();
  t.end();
});
