/** Makes one provider of several variants, and notes which of them have changed something. */
import { honestSeams, type Seams } from '../../../mock/seams/seams.js';
import {
  mockProvider,
  type MockProviderOptions,
  type SimulatedProvider,
  type World,
} from '../../../simulation/index.js';
import type { Handler } from '../../../suites/index.js';
import type { Change, Parts, Replace, Variant } from './variant.js';

export interface Composed {
  readonly provider: (world: World) => Promise<SimulatedProvider>;
  /** Names of the variants that have changed something so far. */
  readonly acted: ReadonlySet<string>;
}

/** Options that all providers of the zoo have, so that runs are short. */
const quick: MockProviderOptions = { retryAfterSeconds: 0, statusTokenSeconds: 4, rateLimit: false };

type Act = () => void;

const watchedChange =
  (change: Change, act: Act): Change =>
  async (answer, request) => {
    const changed = await change(answer, request);
    if (changed !== answer) act();
    return changed;
  };

/** Calls `act` when a seam is used. An object of seams counts as used at once. */
const watchedSeam = (seam: unknown, act: Act): unknown => {
  if (typeof seam !== 'function') {
    act();
    return seam;
  }
  return (...given: unknown[]): unknown => {
    act();
    return Reflect.apply(seam, undefined, given) as unknown;
  };
};

const watchedSeams =
  (replace: Replace, act: Act): Replace =>
  (base) =>
    Object.fromEntries(Object.entries(replace(base)).map(([name, seam]) => [name, watchedSeam(seam, act)]));

const watchedWire =
  (wire: NonNullable<Parts['wire']>, act: Act): NonNullable<Parts['wire']> =>
  (next) => {
    act();
    return wire(next);
  };

/** The parts of a variant; `act` is called when they change something. */
const partsOf = ({ make }: Variant, world: World, act: Act): Parts => {
  const { options, change, seams, wire } = make(world);
  if (options !== undefined) act();
  return {
    ...(options === undefined ? {} : { options }),
    ...(change === undefined ? {} : { change: watchedChange(change, act) }),
    ...(seams === undefined ? {} : { seams: watchedSeams(seams, act) }),
    ...(wire === undefined ? {} : { wire: watchedWire(wire, act) }),
  };
};

const seamsOf = (all: readonly Parts[], world: World): Seams => {
  const ids = world.chance.of('ids of the zoo');
  const seams = all.reduce<Seams>(
    (base, { seams: replace }) => ({ ...base, ...replace?.(base) }),
    honestSeams(
      () => ids.uuid(),
      () => Promise.resolve(),
    ),
  );
  return {
    ...seams,
    respond: async (answer, request) => {
      let last = answer;
      for (const { change } of all) last = (await change?.(last, request)) ?? last;
      return last;
    },
  };
};

/** Changes of answers apply in the order of the variants. Two variants with the same option contradict each other. */
export const compose = (variants: readonly Variant[]): Composed => {
  const acted = new Set<string>();
  const provider = async (world: World): Promise<SimulatedProvider> => {
    const all = variants.map((variant) => partsOf(variant, world, () => void acted.add(variant.name)));
    const options = all.reduce<MockProviderOptions>((given, parts) => ({ ...given, ...parts.options }), quick);
    const mock = await mockProvider({ ...options, seams: seamsOf(all, world) })(world);
    const handle = all.reduce<Handler>((next, { wire }) => wire?.(next) ?? next, mock.handle);
    return { ...mock, handle };
  };
  return { provider, acted };
};
