import { readdirSync, readFileSync } from 'node:fs';
import t from 'tap';
import { loadSchema, schemaNames } from '../../../schemas/load.js';
import { header, urn } from '../../../schemas/names.js';

const root = new URL('../../../', import.meta.url);

const sources = ['schemas', 'suites', 'mock', 'reports', 'bin'].flatMap((room) =>
  readdirSync(new URL(`${room}/`, root), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${room}/${file}`)
    .filter((file) => !['schemas/names.ts', 'schemas/types.ts'].includes(file)),
);

void t.test('URNs and the profile’s own header names are spelled once, in schemas/names.ts', (t) => {
  const own: string[] = Object.values(header).filter((name) => name.startsWith('X-'));
  for (const file of sources) {
    const text = readFileSync(new URL(file, root), 'utf8');
    // A name in a message for people is no second spelling of a name on the wire.
    const literals = [...text.matchAll(/'([^'\n]*)'/g)].map(([, literal]) => literal ?? '');
    t.strictSame(
      literals.filter(
        (literal) => (literal.startsWith('urn:ietf:') && !literal.includes(' ')) || own.includes(literal),
      ),
      [],
      file,
    );
  }
  t.end();
});

void t.test('every URN that a JSON Schema demands is one of schemas/names.ts', (t) => {
  const known: string[] = Object.values(urn);
  const constants = (value: unknown): string[] => {
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, member]: [string, unknown]) =>
      key === 'const' && typeof member === 'string' ? [member] : constants(member),
    );
  };
  for (const name of schemaNames) {
    const urns = constants(loadSchema(name)).filter((text) => text.startsWith('urn:ietf:params:scim:'));
    t.strictSame(
      urns.filter((text) => !known.includes(text)),
      [],
      name,
    );
  }
  t.end();
});
