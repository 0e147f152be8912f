import t from 'tap';
import { bindingNames } from '../../suites/index.js';
import { simulate } from '../harness/simulate.js';
import { withoutBody } from './legal/answers.js';
import { appliesTo, bundlesOf, smallest } from './legal/bundles.js';
import { tryBundle } from './legal/try-bundle.js';
import { changing, type Variant } from './legal/variant.js';
import { variants } from './legal/variants/index.js';

t.setTimeout(1_800_000);

/** So many variants in one provider that all of them together run quickly. */
const size = 20;
const seed = 1;

void t.test('every variant has its own name and says what permits it', (t) => {
  t.equal(new Set(variants.map(({ name }) => name)).size, variants.length);
  for (const { name, source } of variants) {
    t.match(name, /^[a-z0-9]+(-[a-z0-9]+)*$/);
    t.match(source, /^(RFC \d+ §|profile §|draft-|D\d|[A-Z]+-\d\d \()/, name);
  }
  t.end();
});

const idle = new Set(variants.map(({ name }) => name));

for (const binding of bindingNames) {
  const applying = variants.filter((variant) => appliesTo(variant, binding));
  for (const bundle of bundlesOf(applying, size, seed)) {
    const names = bundle.map(({ name }) => name).join(', ');
    void t.test(`over ${binding}, nothing is wrong with ${names}`, async (t) => {
      const { complaints, verdict, acted } = await tryBundle({ variants: bundle, binding, seed }, simulate);
      t.strictSame(complaints, []);
      t.equal(verdict, 'conformant');
      for (const name of acted) idle.delete(name);
    });
  }
}

void t.test('every variant changes something', (t) => {
  t.strictSame([...idle], []);
  t.end();
});

const named = (name: string, only?: readonly string[]): Variant => ({
  name,
  source: 'RFC 7644 §1',
  make: changing((answer) => answer),
  ...(only === undefined ? {} : { only }),
});

void t.test('what a variant lacks keeps those that need it out of its bundle', (t) => {
  const all: Variant[] = [
    { ...named('a'), lacks: ['bulk'] },
    { ...named('b'), needs: ['bulk'] },
    { ...named('c'), needs: ['bulk'] },
  ];
  const bundles = bundlesOf(all, 3, 1).map((bundle) => bundle.map(({ name }) => name).sort());
  t.strictSame(bundles.sort(), [['a'], ['b', 'c']]);
  t.end();
});

void t.test('bundles hold each variant once, and no two that exclude each other', (t) => {
  const all = [named('a', ['x']), named('b', ['x', 'y']), named('c', ['y']), named('d'), named('e')];
  const bundles = bundlesOf(all, 3, 1);
  t.strictSame(
    bundles
      .flat()
      .map(({ name }) => name)
      .sort(),
    ['a', 'b', 'c', 'd', 'e'],
  );
  for (const bundle of bundles) {
    t.ok(bundle.length <= 3);
    const only = bundle.flatMap((variant) => variant.only ?? []);
    t.equal(new Set(only).size, only.length);
  }
  t.strictSame(bundlesOf(all, 3, 1), bundles, 'the same seed gives the same bundles');
  t.end();
});

void t.test('a red bundle is made as small as it can be', async (t) => {
  const [a, b, c] = [named('a'), named('b'), named('c')];
  const needsBoth = (bundle: readonly Variant[]) => Promise.resolve(bundle.includes(a) && bundle.includes(c));
  t.strictSame(await smallest([a, b, c], needsBoth), [a, c]);
});

void t.test('a provider that really does something wrong is complained about', async (t) => {
  const wrong: Variant = { ...named('wrong'), make: changing((answer) => ({ ...answer, headers: {} })) };
  const { ids, acted } = await tryBundle({ variants: [wrong], binding: 'request-mode', seed }, simulate);
  t.ok(ids.includes('CORE-02'));
  t.strictSame([...acted], ['wrong']);
});

void t.test('a warning that a variant announces is none', async (t) => {
  const bodiless: Variant = {
    ...named('bodiless'),
    make: changing((answer) => (answer.status === 202 ? withoutBody(answer) : answer)),
  };
  const trial = { binding: 'request-mode', seed } as const;
  const unannounced = await tryBundle({ ...trial, variants: [bodiless] }, simulate);
  t.strictSame(unannounced.ids, ['ACC-03']);
  const announced = await tryBundle({ ...trial, variants: [{ ...bodiless, warns: ['ACC-03'] }] }, simulate);
  t.strictSame(announced.ids, []);
});
