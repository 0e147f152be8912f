/**
 * A burst in which requests got no answer is repeated, with requests one by one in between: connections that are lost
 * because of load are lost only under load.
 */
import type { Session } from '../../session/session.js';
import { stepFamily, type Step } from '../../trace/step.js';
import { isAnswered } from '../../trace/trace.js';

export const loadAgainSteps = {
  /** One by one: the number of the burst before. */
  calm: stepFamily('one by one after burst '),
  /** As many at a time as in the burst: its number, counted from 2. */
  load: stepFamily('burst '),
};

/** Bursts altogether that have to lose requests. */
export const bursts = 3;

/**
 * Requests one by one that would lose this many if load made no difference (they have to lose none: that happens by
 * accident once in 20,000 times).
 */
export const expectedLosses = 10;

/** Requests of each further burst. */
const size = 160;
/** Requests one by one after each burst: at least, at most, and how many of them have to be expected to get lost. */
const calmAfterEach = { least: 12, most: 250, losses: (1.5 * expectedLosses) / bursts };

const { calm, load } = loadAgainSteps;

const read = async (session: Session, variant: Step): Promise<boolean> =>
  isAnswered(
    await session.attempt({ method: 'GET', url: '/Users?startIndex=1&count=1', purpose: 'burst', variant, once: true }),
  );

/** Sends requests one by one until one gets no answer; returns whether all got one. */
const isCalm = async (session: Session, burst: number, lost: number): Promise<boolean> => {
  const { least, most, losses } = calmAfterEach;
  const wanted = Math.min(most, Math.max(least, Math.ceil(losses / lost)));
  for (let sent = 0; sent < wanted; sent += 1) if (!(await read(session, calm.of(String(burst))))) return false;
  return true;
};

/** The part of a burst that got no answer. */
const loseInBurst = async (session: Session, burst: number, width: number): Promise<number> => {
  let [sent, lost] = [0, 0];
  const lane = async (): Promise<void> => {
    while (sent < size) {
      sent += 1;
      if (!(await read(session, load.of(String(burst))))) lost += 1;
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return lost / sent;
};

/** `lost`: the part of the first burst that got no answer, more than 0. `width`: requests in flight. */
export const loadAgain = async (session: Session, lost: number, width: number): Promise<void> => {
  let part = lost;
  for (let burst = 1; part > 0; burst += 1) {
    if (!(await isCalm(session, burst, part)) || burst === bursts) return;
    part = await loseInBurst(session, burst + 1, width);
  }
};
