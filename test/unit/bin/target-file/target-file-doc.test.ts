import { readFileSync } from 'node:fs';
import t from 'tap';
import { loadSchema } from '../../../../schemas/load.js';
import { isObject, type JsonObject } from '../../../../suites/trace/message.js';
import { validate } from '../../../../schemas/validators.js';
import { features } from '../../../../suites/index.js';
import { formats } from '../../../../reports/formats.js';

const doc = readFileSync(new URL('../../../../docs/target-file.md', import.meta.url), 'utf8');

const example: unknown = JSON.parse(/```json\n([^]*?)\n```/.exec(doc)?.[1] ?? 'null');

/** The first cells of all tables of a section. */
const membersIn = (heading: string): string[] => {
  const section = doc.split(/^#+ /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, name = '']) => name);
};

const propertiesOf = (schema: unknown): string[] =>
  isObject(schema) && isObject(schema.properties) ? Object.keys(schema.properties) : [];

const at = (schema: JsonObject, ...path: string[]): unknown =>
  path.reduce<unknown>((part, name) => (isObject(part) ? part[name] : undefined), schema);

const schema = loadSchema('files/target');

void t.test('the example is a target file, and has every member', (t) => {
  t.strictSame(validate('files/target', example), { valid: true, value: example });
  const names = isObject(example) ? Object.keys(example) : [];
  t.strictSame(names.toSorted(), propertiesOf(schema).toSorted());
  t.end();
});

void t.test('every member is explained, and no other', (t) => {
  const explained = [
    'The target',
    'What is tested',
    'Security event tokens and webhooks',
    'Restarts',
    'Budgets',
    'Reports and the gate',
  ].flatMap(membersIn);
  const bySection = ['credentials', 'tls', 'resources'];
  t.strictSame([...explained, ...bySection].toSorted(), propertiesOf(schema).toSorted());
  t.strictSame(membersIn('Credentials'), propertiesOf(at(schema, '$defs', 'credential')));
  t.strictSame(membersIn('OAuth 2.0 client credentials'), propertiesOf(at(schema, '$defs', 'oauthClient')));
  t.strictSame(membersIn('Mutual TLS'), propertiesOf(at(schema, 'properties', 'tls')));
  t.strictSame(membersIn('Resources'), propertiesOf(at(schema, 'properties', 'resources')));
  t.end();
});

void t.test('every feature and every format is named', (t) => {
  for (const name of [...features, ...Object.keys(formats)]) t.ok(doc.includes(`\`${name}\``), name);
  t.end();
});
