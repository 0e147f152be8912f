/** Runs the suite against a provider in this process, in virtual time. The same seed gives the same run to the byte. */
import { runSuite, type Report, type RunOptions, type TargetDescription } from '../suites/index.js';
import type { NetworkOptions } from './network.js';
import { World, type SimulatedProvider } from './world.js';

export interface SimulationOptions<P extends SimulatedProvider> {
  /** Of the suite's inputs, and of all chance in the world around it. */
  readonly seed: number;
  readonly provider: (world: World) => P | Promise<P>;
  readonly network?: NetworkOptions;
  /** Added to what the provider says of itself. */
  readonly target?: Partial<TargetDescription>;
  /** How security event tokens are to be delivered, where the provider can; not at all where absent. */
  readonly deliveries?: readonly ('poll' | 'push')[];
  readonly run?: Omit<RunOptions, 'target' | 'seed' | 'environment' | 'setPoll' | 'setPush'>;
}

export interface Simulated<P extends SimulatedProvider> {
  readonly report: Report;
  /** As it was when the run had ended. */
  readonly provider: P;
}

/** Rejects with SimulationStopped where the run does not come to an end, and otherwise as a run does. */
export const simulate = <P extends SimulatedProvider>({
  seed,
  provider: make,
  network,
  target: more = {},
  deliveries = [],
  run = {},
}: SimulationOptions<P>): Promise<Simulated<P>> => {
  const world = new World(seed, network);
  return world.clock.run(async () => {
    const provider = await make(world);
    const { target, handle, pollUrl, pushTo } = provider;
    try {
      const report = await runSuite({
        ...run,
        target: { ...target, ...more },
        seed,
        environment: world.environment(handle),
        ...(pollUrl !== undefined && deliveries.includes('poll') ? { setPoll: pollUrl } : {}),
        ...(pushTo !== undefined && deliveries.includes('push') ? { setPush: { port: 0, onListening: pushTo } } : {}),
      });
      return { report, provider };
    } finally {
      await provider.stop();
    }
  });
};
