/** Verifies the signatures of a simulation: the clock stands still while the thread pool does it. */
import { createVerify as createVerifyWith, type RunEnvironment } from '../suites/index.js';
import type { VirtualClock } from './virtual-clock.js';

export const createVerify = (clock: VirtualClock): RunEnvironment['verify'] =>
  createVerifyWith((work) => clock.untimed(work));
