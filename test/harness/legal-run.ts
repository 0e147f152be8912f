/** Runs the suite against a legal variant of the mock, for tests that a legal provider is not failed. */
import { mockProvider, type MockProviderOptions, type World } from '../../simulation/index.js';
import type { MockProvider } from '../../simulation/mock-provider.js';
import type { NetworkOptions } from '../../simulation/network.js';
import type { Handler, Report, RunOptions, TargetDescription } from '../../suites/index.js';
import { simulate } from './simulate.js';

export interface LegalRun {
  readonly options?: (world: World) => MockProviderOptions;
  /** Changes requests before the mock gets them, and answers before the suite gets them. */
  readonly around?: (next: Handler, world: World) => Handler;
  readonly network?: NetworkOptions;
  readonly target?: Partial<TargetDescription>;
  readonly seed?: number;
  /** Without a burst if absent. */
  /** Looks at the mock after the run. */
  readonly inspect?: (provider: Pick<MockProvider, 'snapshot'>) => Promise<void>;
  readonly run?: Omit<RunOptions, 'target' | 'seed' | 'environment' | 'setPoll' | 'setPush'>;
}

/** The report of a run without a burst, against a mock that never throttles. */
export const legalRun = async (legal: LegalRun): Promise<Report> => {
  const { options, around, network, target, seed = 1, inspect, run } = legal;
  const { report, provider } = await simulate({
    seed,
    ...(network === undefined ? {} : { network }),
    ...(target === undefined ? {} : { target }),
    provider: async (world) => {
      const make = mockProvider((it) => ({ retryAfterSeconds: 0, rateLimit: false, ...options?.(it) }));
      const provider = await make(world);
      const handle: Handler = (request) => provider.handle(request);
      return { ...provider, handle: around === undefined ? handle : around(handle, world) };
    },
    run: { burst: 0, ...run },
  });
  await inspect?.(provider);
  return report;
};

/** The requirements that fail, are warned about, or could not be judged because of an error of the suite. */
export const redIn = ({ requirements }: Report): string[] =>
  requirements
    .filter(({ outcome }) => ['fail', 'warning', 'harness-error'].includes(outcome))
    .map(({ id, evidence, reason }) => `${id}: ${evidence?.expected ?? reason ?? ''}, but ${evidence?.actual ?? ''}`);

export const outcomeOf = ({ requirements }: Report, id: string): string | undefined =>
  requirements.find((result) => result.id === id)?.outcome;
