/** Puts variants into bundles, so that every variant runs although there are too many to run each alone. */
import type { BindingName } from '../../../suites/index.js';
import { Chance } from '../../../simulation/chance.js';
import type { Variant } from './variant.js';

export const appliesTo = ({ binding }: Variant, to: BindingName): boolean => binding === undefined || binding === to;

const share = (some: readonly string[] = [], others: readonly string[] = []): boolean =>
  some.some((name) => others.includes(name));

const contradict = (one: Variant, other: Variant): boolean =>
  share(one.only, other.only) || share(one.lacks, other.needs) || share(one.needs, other.lacks);

const fits = (variant: Variant, bundle: readonly Variant[], size: number): boolean =>
  bundle.length < size && bundle.every((other) => !contradict(variant, other));

const shuffled = <T>(items: readonly T[], chance: Chance): T[] =>
  items
    .map((item) => ({ item, place: chance.number() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);

/** Bundles in which each of these variants is once; a variant that contradicts another is in another bundle. */
export const bundlesOf = (variants: readonly Variant[], size: number, seed: number): Variant[][] => {
  const bundles: Variant[][] = [];
  for (const variant of shuffled(variants, new Chance(`bundles ${seed}`))) {
    const room = bundles.find((bundle) => fits(variant, bundle, size));
    if (room === undefined) bundles.push([variant]);
    else room.push(variant);
  }
  return bundles;
};

/** A smaller bundle that `isRed` as well, made by leaving out one variant after the other. */
export const smallest = async (
  bundle: readonly Variant[],
  isRed: (smaller: readonly Variant[]) => Promise<boolean>,
): Promise<readonly Variant[]> => {
  let rest = bundle;
  for (const variant of bundle) {
    const smaller = rest.filter((other) => other !== variant);
    if (smaller.length > 0 && (await isRed(smaller))) rest = smaller;
  }
  return rest;
};
