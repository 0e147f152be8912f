/** What a provider takes from the machine that it runs on, in a simulation. */
import type { World } from '../../simulation/index.js';

export interface Machine {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Resolves after this number of milliseconds, or at once when the signal aborts. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** From 0 to 1, without 1. */
  readonly random: () => number;
  /** 32 random hexadecimal digits. */
  readonly newId: () => string;
}

export const machineIn = ({ clock, chance }: World): Machine => {
  const ids = chance.of('ids');
  return {
    now: () => clock.epoch(),
    sleep: (ms, signal) => clock.sleep(ms, signal),
    random: () => chance.number(),
    newId: () => Buffer.from(ids.bytes(16)).toString('hex'),
  };
};
