/** Verifies signatures in a simulation: the virtual clock stands still while the thread pool works. */
import { createVerify as createVerifyWith, type RunEnvironment } from '../suites/index.js';
import type { VirtualClock } from './virtual-clock.js';

export const createVerify = (clock: VirtualClock): RunEnvironment['verify'] =>
  createVerifyWith((work) => clock.untimed(work));
