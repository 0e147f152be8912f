import t from 'tap';
import { Chance } from '../../../simulation/chance.js';
import { createNetwork, type NetworkOptions } from '../../../simulation/network.js';
import { VirtualClock } from '../../../simulation/virtual-clock.js';
import type { HandlerReply } from '../../../suites/index.js';

const ok: HandlerReply = { status: 200, headers: [], body: '' };

/** Sends so many requests at the same moment; what came of each, when, and which arrived in which order. */
const send = async (count: number, options: NetworkOptions, { seed = 'a', giveUpAfter = 10_000, begin = 0 } = {}) => {
  const clock = new VirtualClock();
  const network = createNetwork(clock, new Chance(seed), options);
  const arrived: string[] = [];
  const handle = ({ url }: { readonly url: string }): Promise<HandlerReply> => {
    arrived.push(url);
    return Promise.resolve(ok);
  };
  const replies = await clock.run(async () => {
    await clock.sleep(begin);
    return Promise.all(
      Array.from({ length: count }, async (_, place) => {
        const gone = new AbortController();
        const takeBack = clock.after(giveUpAfter, () => gone.abort());
        const reply = await network({ method: 'GET', url: String(place), headers: [], signal: gone.signal }, handle);
        takeBack();
        return { reply, at: clock.now() };
      }),
    );
  });
  return { replies, arrived };
};

void t.test('every message takes its time, so that one overtakes another; a seed decides which', async (t) => {
  const { replies, arrived } = await send(100, { latency: { least: 2, spread: 10 } });
  t.ok(
    replies.every(({ at }) => at >= 4 && at <= 24),
    replies.map(({ at }) => at).join(' '),
  );
  t.ok(new Set(replies.map(({ at }) => at)).size > 90);
  t.notSame(
    arrived,
    arrived
      .map(Number)
      .sort((a, b) => a - b)
      .map(String),
  );
  t.strictSame(await send(100, { latency: { least: 2, spread: 10 } }), { replies, arrived });
  t.notSame((await send(100, { latency: { least: 2, spread: 10 } }, { seed: 'b' })).arrived, arrived);
});

for (const [mishap, lost, arrives] of [
  ['refused', { failure: 'nothing listens there (connection refused)', isUnsent: true }, false],
  ['reset', { failure: 'the connection was closed without an answer' }, false],
  ['answer-lost', { failure: 'the connection was closed without an answer' }, true],
  ['cut', { failure: 'the connection was closed without a whole answer' }, true],
] as const) {
  void t.test(`${mishap}: no answer, and the request ${arrives ? 'arrives' : 'does not arrive'}`, async (t) => {
    const { replies, arrived } = await send(1, { troubles: [{ mishap }] });
    t.strictSame(replies[0]?.reply, lost);
    t.equal(arrived.length, arrives ? 1 : 0);
  });
}

void t.test('silence lasts until the client gives up', async (t) => {
  const { replies, arrived } = await send(1, { troubles: [{ mishap: 'silence' }] }, { giveUpAfter: 700 });
  t.strictSame(replies, [{ reply: { failure: 'nobody waited for the answer any more' }, at: 700 }]);
  t.equal(arrived.length, 1);
});

void t.test('trouble befalls its share of exchanges, and only while it lasts', async (t) => {
  const lost = ({ replies }: Awaited<ReturnType<typeof send>>): number =>
    replies.filter(({ reply }) => 'failure' in reply).length;
  const some = await send(2000, { troubles: [{ mishap: 'reset', share: 0.1 }] });
  t.ok(lost(some) > 150 && lost(some) < 250, `${lost(some)} of 2000`);
  const gone: NetworkOptions = { troubles: [{ mishap: 'refused', from: 1000, until: 3000 }] };
  t.equal(lost(await send(10, gone, { begin: 999 })), 0);
  t.equal(lost(await send(10, gone, { begin: 1000 })), 10);
  t.equal(lost(await send(10, gone, { begin: 2999 })), 10);
  t.equal(lost(await send(10, gone, { begin: 3000 })), 0);
});
