/**
 * Runs the suite against a provider in this process and in virtual time. The same seed gives the same run to the byte.
 */
import { runSuite, type Report, type RunOptions, type TargetDescription } from '../suites/index.js';
import type { NetworkOptions } from './network.js';
import { World, type SimulatedProvider } from './world.js';

export interface SimulationOptions<P extends SimulatedProvider> {
  /** Decides the inputs of the suite and all random numbers of the world. */
  readonly seed: number;
  readonly provider: (world: World) => P | Promise<P>;
  readonly network?: NetworkOptions;
  /** Added to the target description of the provider. */
  readonly target?: Partial<TargetDescription>;
  /** How the provider reaches the suite with security event tokens, if it supports it, and with webhooks. Default: not at all. */
  readonly deliveries?: readonly ('poll' | 'push' | 'webhook')[];
  /** When the provider is restarted if the suite asks for it: before the suite goes on, or beside it. Default: not at all. */
  readonly restarts?: 'before it goes on' | 'beside it';
  readonly run?: Omit<RunOptions, 'target' | 'seed' | 'environment' | 'setPoll' | 'setPush' | 'webhooks' | 'restart'>;
}

export interface Simulated<P extends SimulatedProvider> {
  readonly report: Report;
  /** The provider after the run. */
  readonly provider: P;
}

const restartOf =
  (restart: () => Promise<void>, when: 'before it goes on' | 'beside it'): (() => Promise<void>) =>
  () => {
    const restarted = restart();
    return when === 'beside it' ? Promise.resolve() : restarted;
  };

/** Rejects with SimulationStopped if the run does not end, and otherwise with the same errors as a run. */
export const simulate = <P extends SimulatedProvider>({
  seed,
  provider: make,
  network,
  target: more = {},
  deliveries = [],
  restarts,
  run = {},
}: SimulationOptions<P>): Promise<Simulated<P>> => {
  const world = new World(seed, network);
  return world.clock.run(async () => {
    const provider = await make(world);
    const { target, handle, pollUrl, pushTo, restart } = provider;
    try {
      const report = await runSuite({
        ...run,
        target: { ...target, ...more },
        seed,
        environment: world.environment(handle),
        ...(pollUrl !== undefined && deliveries.includes('poll') ? { setPoll: pollUrl } : {}),
        ...(pushTo !== undefined && deliveries.includes('push') ? { setPush: { port: 0, onListening: pushTo } } : {}),
        ...(restarts === undefined || restart === undefined ? {} : { restart: restartOf(restart, restarts) }),
        ...(deliveries.includes('webhook') ? { webhooks: { port: 0 } } : {}),
      });
      return { report, provider };
    } finally {
      await provider.stop();
    }
  });
};
