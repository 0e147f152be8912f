import fc from 'fast-check';
import t from 'tap';
import { ListDraft } from '../../../../mock/resources/list-draft.js';

interface Value {
  readonly value: string;
  readonly type?: string | undefined;
}

type Change =
  | { readonly do: 'add'; readonly item: Value }
  | { readonly do: 'remove'; readonly by: 'value' | 'type'; readonly text: string }
  | { readonly do: 'remove all'; readonly items: readonly Value[] }
  | { readonly do: 'set'; readonly text: string; readonly item: Value }
  | { readonly do: 'replace'; readonly items: readonly Value[] };

const word = fc.constantFrom('a', 'A', 'b', 'c');
const item = fc.record({ value: word, type: fc.option(word, { nil: undefined }) });
const items = fc.array(item, { maxLength: 4 });

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ do: fc.constant('add' as const), item }),
  fc.record({ do: fc.constant('remove' as const), by: fc.constantFrom<'value' | 'type'>('value', 'type'), text: word }),
  fc.record({ do: fc.constant('remove all' as const), items }),
  fc.record({ do: fc.constant('set' as const), text: word, item }),
  fc.record({ do: fc.constant('replace' as const), items }),
);

/** What a change makes of a plain list. */
const changed = (list: readonly Value[], step: Change): readonly Value[] => {
  switch (step.do) {
    case 'add':
      return [...list, step.item];
    case 'remove':
      return list.filter((each) => each[step.by] !== step.text);
    case 'remove all':
      return list.filter(({ value }) => !step.items.some((each) => each.value === value));
    case 'set':
      return list.map((each) => (each.value === step.text ? step.item : each));
    case 'replace':
      return step.items;
  }
};

const isOf =
  (name: 'value' | 'type', text: string) =>
  (each: unknown): boolean =>
    (each as Value)[name] === text;

const make = (draft: ListDraft, step: Change): void => {
  switch (step.do) {
    case 'add': {
      draft.add(step.item);
      return;
    }
    case 'remove': {
      draft
        .find(isOf(step.by, step.text), [{ name: step.by, value: step.text }])
        .forEach((place) => draft.set(place, null));
      return;
    }
    case 'remove all': {
      draft.removeAll(step.items);
      return;
    }
    case 'set': {
      draft
        .find(isOf('value', step.text), [{ name: 'value', value: step.text }])
        .forEach((place) => draft.set(place, step.item));
      return;
    }
    case 'replace': {
      draft.replaceBy(step.items);
      return;
    }
  }
};

void t.test('a draft changes as a plain list does', (t) => {
  fc.assert(
    fc.property(items, fc.array(change, { maxLength: 8 }), (before, steps) => {
      const draft = new ListDraft(before);
      for (const step of steps) make(draft, step);
      t.strictSame(draft.values, steps.reduce(changed, before));
    }),
    { numRuns: 500 },
  );
  t.end();
});

void t.test('values are looked up and not searched: a removal by value tests only what it removes', (t) => {
  const draft = new ListDraft(Array.from({ length: 5000 }, (_, place) => ({ value: String(place) })));
  let tests = 0;
  for (let place = 0; place < 1000; place += 1) {
    const matches = (each: unknown): boolean => {
      tests += 1;
      return isOf('value', String(place))(each);
    };
    for (const found of draft.find(matches, [{ name: 'value', value: String(place) }])) draft.set(found, null);
  }
  t.strictSame([tests, draft.values.length], [1000, 4000]);
  t.end();
});

void t.test('a value that is added again is merged at once, so that later operations see one', (t) => {
  const list = new ListDraft([{ value: 'a', type: 'work', primary: true }, { value: 'b' }]);
  list.addOnce({ value: 'a', type: 'work' });
  list.addOnce({ value: 'b', display: 'B' });
  list.addOnce({ value: 'a', type: 'home' });
  list.addOnce({ value: 'c', primary: true });
  list.endOperation();
  t.strictSame(list.values, [
    { value: 'a', type: 'work', primary: false },
    { value: 'b', display: 'B' },
    { value: 'a', type: 'home' },
    { value: 'c', primary: true },
  ]);
  t.end();
});
