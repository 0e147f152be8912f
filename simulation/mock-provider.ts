/** The bundled mock as the provider of a simulation. */
import { translatorAt } from '../schemas/wire/translator.js';
import { createMock, type CreateOptions, type MemoryMock } from '../mock/index.js';
import { createSigningKey } from './signing-keys.js';
import { createEvaluator } from './evaluator.js';
import type { SimulatedProvider, World } from './world.js';

export type MockProviderOptions = Omit<CreateOptions, 'environment' | 'signing'> & {
  /** Default: `EdDSA`. ES256 is not possible, because each of its signatures is different. */
  readonly signing?: 'EdDSA' | 'none';
  /** The clock of the provider in milliseconds since 1970. Default: the clock of the world. */
  readonly now?: (world: number) => number;
};

/** Milliseconds for which nothing listens while the mock restarts. */
const downMillis = 700;

export interface MockProvider extends SimulatedProvider, Pick<MemoryMock, 'snapshot'> {}

/** Options that need the world, such as seams that wait, are given as a function of the world. */
export const mockProvider =
  (given: MockProviderOptions | ((world: World) => MockProviderOptions) = {}) =>
  async (world: World): Promise<MockProvider> => {
    const { clock, chance, newPoster, resolve } = world;
    const { now = (time) => time, ...options } = typeof given === 'function' ? given(world) : given;
    const [ids, secrets, keys] = [chance.of('ids'), chance.of('secrets'), chance.of('keys')];
    const mock = await createMock({
      signing: 'EdDSA',
      ...options,
      environment: {
        clock: { now: () => now(clock.epoch()), sleep: (ms, signal) => clock.sleep(ms, signal) },
        newId: () => ids.uuid(),
        randomBytes: (count) => secrets.bytes(count),
        newSigningKey: (algorithm) => {
          if (algorithm !== 'EdDSA')
            throw new Error(`${algorithm} is not possible in a simulation: each of its signatures is different`);
          return createSigningKey(keys);
        },
        newPoster,
        resolve,
        newEvaluator: createEvaluator,
      },
    });
    const { url, tokens, snapshot } = mock;
    const wire = translatorAt(options.wire ?? {}, url);
    return {
      target: { baseUrl: url, token: tokens.primary, secondToken: tokens.second },
      handle: (request) => mock.handle(request),
      pollUrl: wire.url(`${url}/events/poll`),
      pushTo: (to) => mock.pushTo({ url: to }),
      snapshot,
      restart: () => mock.restart(downMillis),
      stop: () => mock.stop(),
    };
  };
