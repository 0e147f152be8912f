/** The bundled mock as the provider of a simulation. */
import { createMock, type CreateOptions, type MemoryMock } from '../mock/index.js';
import { createSigningKey } from './signing-keys.js';
import type { SimulatedProvider, World } from './world.js';

export type MockProviderOptions = Omit<CreateOptions, 'environment' | 'signing'>;

export interface MockProvider extends SimulatedProvider, Pick<MemoryMock, 'snapshot'> {}

/** Its tokens are signed with EdDSA: the signatures of ES256 are others each time. */
export const mockProvider =
  (options: MockProviderOptions = {}) =>
  async ({ clock, chance, newPoster }: World): Promise<MockProvider> => {
    const [ids, secrets, keys] = [chance.of('ids'), chance.of('secrets'), chance.of('keys')];
    const mock = await createMock({
      ...options,
      signing: 'EdDSA',
      environment: {
        clock: { now: () => clock.epoch(), sleep: (ms, signal) => clock.sleep(ms, signal) },
        newId: () => ids.uuid(),
        randomBytes: (count) => secrets.bytes(count),
        newSigningKey: (algorithm) => {
          if (algorithm !== 'EdDSA') throw new Error(`a signature by ${algorithm} is another each time it is made`);
          return createSigningKey(keys);
        },
        newPoster,
      },
    });
    const { url, tokens, snapshot } = mock;
    return {
      target: { baseUrl: url, token: tokens.primary, secondToken: tokens.second },
      handle: (request) => mock.handle(request),
      pollUrl: `${url}/events/poll`,
      pushTo: (to) => mock.pushTo({ url: to }),
      snapshot,
      stop: () => mock.stop(),
    };
  };
