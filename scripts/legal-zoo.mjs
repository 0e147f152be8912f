/**
 * Runs the suite against legal variants of a provider: each alone, and in random bundles of ten, in several seeds. Every
 * complaint is a mistake of the variant or a false alarm of the suite. Prints each, with the smallest bundle that shows it.
 *
 *     npm run legal-zoo -- --seeds 20 [--from 1] [--only NAME] [--binding NAME] [--alone | --bundled]
 */
import { parseArgs } from 'node:util';
import { simulate } from '../simulation/index.ts';
import { bindingNames } from '../suites/index.ts';
import { appliesTo, bundlesOf, smallest } from '../test/simulation/legal/bundles.ts';
import { tryBundle } from '../test/simulation/legal/try-bundle.ts';
import { variants } from '../test/simulation/legal/variants/index.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1' },
    from: { type: 'string', default: '1' },
    only: { type: 'string' },
    binding: { type: 'string' },
    alone: { type: 'boolean', default: false },
    bundled: { type: 'boolean', default: false },
  },
});

const bindings = bindingNames.filter((name) => name === (values.binding ?? name));
const chosen = variants
  .filter(({ name }) => values.only === undefined || name.includes(values.only))
  .filter((variant) => bindings.some((binding) => appliesTo(variant, binding)));
if (chosen.length === 0) throw new Error(`no variant has a name with «${values.only}»`);

const acted = new Set();
let red = 0;

const attempt = async (trial) => {
  const verdict = await tryBundle(trial, simulate);
  for (const name of verdict.acted) acted.add(name);
  return verdict;
};

const tell = (trial, bundle, { complaints, verdict }) => {
  red += 1;
  console.log(`✗ seed ${trial.seed}, ${trial.binding}: ${bundle.map(({ name }) => name).join(' + ')} (${verdict})`);
  for (const complaint of complaints) console.log(`    ${complaint}`);
};

/** Tries a bundle, and shows for each id that it brings the smallest bundle that brings it, too. */
const tryAndShrink = async (trial) => {
  const verdict = await attempt(trial);
  if (verdict.complaints.length === 0) {
    if (verdict.verdict !== 'conformant')
      console.log(`  ${verdict.verdict}: ${trial.variants.map(({ name }) => name).join(' + ')} (${trial.binding})`);
    return;
  }
  const bundle = await smallest(trial.variants, async (smaller) => {
    const { ids } = await attempt({ ...trial, variants: smaller });
    return verdict.ids.some((id) => ids.includes(id));
  });
  tell(trial, bundle, bundle === trial.variants ? verdict : await attempt({ ...trial, variants: bundle }));
};

const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => Number(values.from) + index);
for (const seed of seeds) {
  for (const binding of bindings) {
    const applying = chosen.filter((variant) => appliesTo(variant, binding));
    if (!values.bundled) for (const variant of applying) await tryAndShrink({ variants: [variant], binding, seed });
    if (!values.alone && values.only === undefined)
      for (const bundle of bundlesOf(applying, 10, seed)) await tryAndShrink({ variants: bundle, binding, seed });
  }
}

const idle = chosen.filter(({ name }) => !acted.has(name)).map(({ name }) => name);
if (idle.length > 0) console.log(`Variants that never changed anything: ${idle.join(', ')}`);
console.log(`${chosen.length} variants, ${seeds.length} seeds, ${red} complaints`);
process.exitCode = red > 0 || idle.length > 0 ? 1 : 0;
