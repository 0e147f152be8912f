/** One seed decides everything random in a run. Each scenario has its own stream, so a selection of others does not change its inputs. */
import { createHash } from 'node:crypto';

/** 32-bit seed of one scenario in a run. */
export const scenarioSeed = (runSeed: number, scenario: string): number =>
  createHash('sha256').update(`${runSeed}/${scenario}`).digest().readInt32BE(0);
