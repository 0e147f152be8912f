/** Networks that lose connections without any fault of the provider, and a provider that restarts in the middle of a run. */
import {
  mockProvider,
  type MockProviderOptions,
  type NetworkOptions,
  type SimulatedProvider,
  type SimulationOptions,
  type World,
} from '../../simulation/index.js';
import type { Report } from '../../suites/index.js';

const jitter = { least: 0.5, spread: 20 };

const options = {
  retryAfterSeconds: 0,
  clients: [
    { name: 'one', token: 'token-of-the-first-client' },
    { name: 'two', token: 'token-of-the-second-client' },
  ],
} satisfies MockProviderOptions;

/** When the provider restarts, in milliseconds: what is under way is lost, and nothing is served for a while. */
const restart = { from: 1500, until: 6500 };
const restarting: NetworkOptions = {
  latency: jitter,
  troubles: [
    { mishap: 'answer-lost', from: restart.from, until: restart.from + 50 },
    { mishap: 'refused', ...restart },
  ],
};

/** A provider that keeps everything in memory, so that it has forgotten all when it is there again. */
const forgetful = async (world: World): Promise<SimulatedProvider> => {
  const again = Object.create(world, { chance: { value: world.chance.of('after the restart') } }) as World;
  const [before, after] = [await mockProvider(options)(world), await mockProvider(options)(again)];
  return {
    target: before.target,
    handle: (request) => (world.clock.now() < restart.from ? before : after).handle(request),
    stop: async () => {
      await before.stop();
      await after.stop();
    },
  };
};

/** By name; no requirement may fail over one of these. */
export const roughNetworks: Readonly<
  Record<string, Pick<SimulationOptions<SimulatedProvider>, 'network' | 'provider'>>
> = {
  'one connection in a hundred is reset': {
    provider: mockProvider(options),
    network: {
      latency: jitter,
      troubles: [
        { mishap: 'reset', share: 0.005 },
        { mishap: 'answer-lost', share: 0.0025 },
        { mishap: 'cut', share: 0.0025 },
      ],
    },
  },
  'every third connection is closed': {
    provider: mockProvider(options),
    network: { latency: jitter, troubles: [{ mishap: 'answer-lost', every: 3 }] },
  },
  'the provider restarts in the middle': { provider: mockProvider(options), network: restarting },
  'the provider restarts in the middle, and forgets everything': { provider: forgetful, network: restarting },
};

/** What a run found wrong, a line each: failures, warnings, errors of the tool, and evidence that is called flaky. */
export const complaintsIn = ({ requirements }: Report): string[] =>
  requirements
    .filter(
      ({ outcome, reason = '' }) => ['fail', 'warning', 'harness-error'].includes(outcome) || reason.includes('flaky'),
    )
    .map(
      ({ id, outcome, evidence, reason = '' }) =>
        `${id} ${outcome} ${evidence?.code ?? ''}: expected ${evidence?.expected ?? '?'}, but ${evidence?.actual ?? '?'} (${evidence?.path ?? ''}) ${reason}`,
    );
