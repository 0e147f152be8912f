/** One seed decides everything random in a run; each scenario draws from its own stream, so that a selection changes no other's inputs. */
import { createHash } from 'node:crypto';

/** 32-bit seed of one scenario in a run. */
export const scenarioSeed = (runSeed: number, scenario: string): number =>
  createHash('sha256').update(`${runSeed}/${scenario}`).digest().readInt32BE(0);
