/**
 * Makes schemas/types.ts from the JSON Schemas, so that types and wire formats always agree. `--check` only compares,
 * and exits with 1 if the file is outdated.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from 'json-schema-to-typescript';
import prettier from 'prettier';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const folder = path.join(root, 'schemas');
const output = path.join(folder, 'types.ts');

const names = ['async', 'files', 'scim'].flatMap((part) =>
  readdirSync(path.join(folder, part))
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => `${part}/${file.slice(0, -'.json'.length)}`),
);

const read = (name) => JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8'));

// A choice by a member: the value is one of the types that it leads to.
const choicesOf = ({ allOf = [] }) => {
  const choices = allOf.flatMap(({ if: condition, then }) =>
    condition !== undefined && typeof then?.$ref === 'string' ? [{ $ref: then.$ref }] : [],
  );
  return choices.length > 1 && choices.length === allOf.length ? choices : undefined;
};

// These keywords restrict values but not types. With them the generator would make unions of everything.
const withoutConditions = (value) => {
  if (Array.isArray(value)) return value.map(withoutConditions);
  if (typeof value !== 'object' || value === null) return value;
  if (value.prefixItems !== undefined) {
    // The generator only understands tuples as in draft 7.
    const { prefixItems, ...rest } = value;
    return { ...rest, items: prefixItems };
  }
  // A schema that says nothing about the type.
  if (Object.keys(value).length === 0 || (Object.keys(value).length === 1 && typeof value.description === 'string')) {
    return { ...value, tsType: 'unknown' };
  }
  const choices = choicesOf(value);
  if (choices !== undefined) return { title: value.title, oneOf: choices };
  const dropped = new Set(['if', 'then', 'else', 'allOf', 'anyOf', 'contains', '$id']);
  // TypeScript would make tuples from this, but in the schemas it only limits the length.
  if (value.type === 'array') dropped.add('minItems');
  // This only says which optional members are required together.
  if (value.oneOf?.every((branch) => Object.keys(branch).join() === 'required')) dropped.add('oneOf');
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, member]) => !dropped.has(key) && (member !== false || key === 'additionalProperties'))
      .map(([key, member]) => [key, withoutConditions(member)]),
  );
};

// One schema refers to all others, so that each type is generated once.
const definitions = Object.fromEntries(names.map((name) => [name.replace('/', '--'), withoutConditions(read(name))]));
const rewrite = (value, from) => {
  if (Array.isArray(value)) return value.map((item) => rewrite(item, from));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      // A property may also have the name $ref (RFC 7643 §4.2). A reference is a string.
      if (key !== '$ref' || typeof member !== 'string') return [key, rewrite(member, from)];
      const [file, pointer = ''] = member.split('#');
      const target = file === '' ? from : path.posix.join(path.posix.dirname(from), file).replace(/\.json$/, '');
      return [key, `#/definitions/${target.replace('/', '--')}${pointer}`];
    }),
  );
};
const combined = {
  title: 'SchemaTypes',
  description: 'Every schema by its name: its path below schemas/ without .json.',
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, { $ref: `#/definitions/${name.replace('/', '--')}` }])),
  required: names,
  additionalProperties: false,
  definitions: Object.fromEntries(
    names.map((name) => [name.replace('/', '--'), rewrite(definitions[name.replace('/', '--')], name)]),
  ),
};

const source = await compile(combined, 'SchemaTypes', {
  bannerComment: '/** Generated from the JSON Schemas by «npm run generate»; do not edit. */',
  additionalProperties: true,
  unknownAny: true,
  format: false,
  unreachableDefinitions: false,
});
const withNames = `${source}\nexport type SchemaName = keyof SchemaTypes;\n`;
const formatted = await prettier.format(withNames, { ...(await prettier.resolveConfig(output)), filepath: output });

if (process.argv.includes('--check')) {
  const current = readFileSync(output, 'utf8');
  if (current !== formatted) {
    console.error('schemas/types.ts is stale: run «npm run generate».');
    process.exit(1);
  }
} else {
  writeFileSync(output, formatted);
}
