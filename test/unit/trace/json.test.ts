import assert from 'node:assert/strict';
import t from 'tap';
import { readJson } from '../../../suites/trace/json.js';

const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

void t.test('a list stays readable if one of its resources nests too deep', (t) => {
  const read = readJson(`{"Resources":[{"id":"1","name":${nested(500)}},{"id":"2","name":{"familyName":"B"}}]}`) as {
    Resources: { id: string; name: unknown }[];
  };
  assert.deepEqual(
    read.Resources.map(({ id }) => id),
    ['1', '2'],
  );
  assert.deepEqual(read.Resources[1]?.name, { familyName: 'B' });
  t.end();
});

void t.test('what nests deeper than 200 levels is null, and can be walked', (t) => {
  let levels = 0;
  let value = readJson(nested(8000));
  for (; typeof value === 'object' && value !== null; levels += 1) value = (value as { readonly a?: unknown }).a;
  assert.deepEqual([levels, value], [200, null]);
  t.end();
});

void t.test('200 levels are as they were sent', (t) => {
  assert.deepEqual(readJson(nested(200)), JSON.parse(nested(200)));
  t.end();
});

void t.test('a member called __proto__ is a member as any other', (t) => {
  const read = readJson(`{"__proto__":${nested(300)}}`) as object;
  assert.deepEqual([Object.getPrototypeOf(read) === Object.prototype, Object.keys(read)], [true, ['__proto__']]);
  t.end();
});

void t.test('what is no JSON has no value', (t) => {
  assert.equal(readJson('{"a":'), undefined);
  t.end();
});
