import { readFileSync } from 'node:fs';
import t from 'tap';
import { loadSchema } from '../../../../schemas/load.js';
import { defaultProfile, readProfile } from '../../../../suites/index.js';
import { codesOf } from '../../../../suites/profiles/overlay/declared-judge.js';
import { isObject } from '../../../../suites/trace/message.js';

const textOf = (file: string): string => readFileSync(new URL(`../../../../docs/${file}`, import.meta.url), 'utf8');

const doc = textOf('overlays.md');

/** The first cells of the tables of a section, and the third cells. */
const cellsIn = (heading: string, column: number): string[] =>
  (doc.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split(/ *\| */)[column] ?? '');

const membersOf = (schema: unknown): string[] =>
  isObject(schema) && isObject(schema.properties) ? Object.keys(schema.properties) : [];

const { $defs, ...schema } = loadSchema('files/profile');

void t.test('the examples are profile files', (t) => {
  const example = /```json\n([^]*?)\n```/.exec(doc)?.[1] ?? '';
  t.strictSame(readProfile(example).overlay?.declared, ['THING-01']);
  t.strictSame(Object.keys(JSON.parse(example) as object).toSorted(), membersOf(schema).toSorted());
  t.strictSame(readProfile(textOf('examples/overlay/things.json')).overlay?.declared, [
    'THING-01',
    'THING-02',
    'THING-03',
    'THING-04',
  ]);
  t.end();
});

void t.test('every member of a file and of a selection is explained, and no other', (t) => {
  const named = (cells: readonly string[]): string[] => cells.map((cell) => cell.replaceAll('`', ''));
  t.strictSame(
    named(cellsIn('What a file says', 1)),
    membersOf(schema).filter((name) => name !== '$schema'),
  );
  const selection = isObject($defs) ? membersOf($defs.on) : [];
  t.strictSame(
    named(cellsIn('A new requirement', 1)).filter((name) => name !== 'kind'),
    [...selection, ...Object.keys(codesOf)],
  );
  t.end();
});

void t.test('the codes of each kind of rule are those that its findings have', (t) => {
  t.strictSame(
    cellsIn('A new requirement', 3).slice(-4),
    Object.values(codesOf).map((codes) =>
      Object.keys(codes)
        .map((code) => `\`${code}\``)
        .join(', '),
    ),
  );
  t.end();
});

void t.test('the doc counts the requirements of the core and of both bindings', (t) => {
  const countOf = (binding?: string): number =>
    defaultProfile.requirements.filter(({ needs }) => needs.binding === binding).length;
  const [core, paper, rfc] = [countOf() + countOf('any'), countOf('request-mode'), countOf('respond-async')];
  const said = `${core} hold for any provider, ${paper} for the paper (\`request-mode\`), and ${rfc} for RFC 9967`;
  t.ok(doc.replaceAll(/\s+/g, ' ').includes(said), said);
  t.end();
});
