import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import t from 'tap';
import { loadSchema, schemaId, schemaNames } from '../../../schemas/load.js';
import type { SchemaName } from '../../../schemas/types.js';
import { validate } from '../../../schemas/validators.js';

interface Examples {
  readonly valid: { title: string; value: unknown }[];
  readonly invalid: { title: string; value: unknown; at: string }[];
}

const examplesOf = (name: SchemaName): Examples =>
  JSON.parse(readFileSync(new URL(`./examples/${name}.json`, import.meta.url), 'utf8')) as Examples;

void t.test('schemaNames lists every schema file', (t) => {
  const folder = new URL('../../../schemas/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  t.strictSame([...schemaNames].sort(), files.map((file) => file.slice(0, -'.json'.length)).sort());
  t.end();
});

for (const name of schemaNames) {
  void t.test(`${name}: its $id, its export, and its examples both ways`, (t) => {
    t.equal(loadSchema(name).$id, schemaId(name));
    t.type(createRequire(import.meta.url)(`scim-conformance/schemas/${name}.json`), 'object');
    const { valid, invalid } = examplesOf(name);
    t.ok(valid.length >= 2 && invalid.length >= 3, 'there are examples of both kinds');
    for (const { title, value } of valid)
      t.strictSame(validate(name, value), { valid: true, value }, `valid: ${title}`);
    for (const { title, value, at } of invalid) {
      const validation = validate(name, value);
      const paths = validation.valid ? [] : validation.violations.map(({ path }) => path);
      t.ok(paths.includes(at), `invalid: ${title} (at «${at}», found ${JSON.stringify(paths)})`);
    }
    t.end();
  });
}
