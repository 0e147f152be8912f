import { readFileSync } from 'node:fs';
import t from 'tap';
import { defaultProfile, findProfile, findRequirement, judgedBy } from '../../../suites/index.js';
import { cite } from '../../../suites/contract/citation.js';

const { requirements, scenarios } = defaultProfile;
const judges = judgedBy(defaultProfile);

interface Row {
  readonly id: string;
  readonly level: string;
  readonly title: string;
  readonly source: string;
  readonly feature: string | undefined;
}

/** The rows of docs/profile.md §4; tables of optional features have a column more. */
const rows = (): Row[] => {
  const profile = readFileSync(new URL('../../../docs/profile.md', import.meta.url), 'utf8');
  return profile
    .split('\n')
    .filter((line) => /^\|\s*[A-Z]+-\d\d\s*\|/.test(line))
    .map((line) => {
      const cells = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      const [id = '', ...rest] = cells;
      const feature = rest.length === 4 ? rest.shift() : undefined;
      const [level = '', title = '', source = ''] = rest;
      return { id, level, title, source, feature };
    });
};

void t.test('the requirements and docs/profile.md say the same, row by row', (t) => {
  const documented = rows();
  t.strictSame(
    requirements.filter(({ since }) => since === '1.0').map(({ id, level, title }) => ({ id, level, title })),
    documented.map(({ id, level, title }) => ({ id, level, title })),
  );
  for (const { id, source, feature } of documented) {
    const requirement = findRequirement(id);
    const cell = /^(PREF|EVT)/.test(id) ? source.replaceAll(/(^|, )§/g, '$1RFC 9967 §') : source;
    t.strictSame(requirement?.source, cite(cell), `${id} cites its source`);
    if (feature !== undefined) t.equal(requirement?.needs.feature, feature, `${id} needs its feature`);
  }
  t.end();
});

void t.test('profile 1.0 is frozen: no id is gone, new, or means something else', (t) => {
  const frozen = JSON.parse(readFileSync(new URL('./profile-1.0.json', import.meta.url), 'utf8')) as unknown;
  const profile = findProfile('1.0');
  t.equal(profile?.version, '1.0');
  t.strictSame(
    Object.fromEntries(
      (profile?.requirements ?? []).map(({ id, level, title, needs }) => [id, { level, title, needs }]),
    ),
    frozen,
  );
  t.end();
});

void t.test('ids are unique, and found whatever their case', (t) => {
  t.equal(new Set(requirements.map(({ id }) => id)).size, requirements.length);
  t.equal(findRequirement('stat-03')?.id, 'STAT-03');
  t.equal(findRequirement('STAT-99'), undefined);
  t.end();
});

void t.test('every citation of an RFC has a link', (t) => {
  for (const { id, source } of requirements) {
    t.ok(source.length > 0, `${id} has a source`);
    for (const { label, href } of source) {
      if (label.startsWith('RFC') || label.startsWith('draft-')) t.match(href, /^https:\/\//, `${id}: ${label}`);
    }
  }
  t.end();
});

void t.test('every judge is of a requirement and reads scenarios that exist; every scenario is read', (t) => {
  const names = new Set(scenarios.map(({ name }) => name));
  t.equal(names.size, scenarios.length, 'names of scenarios are unique');
  const read = new Set<string>();
  for (const [id, { from, first }] of judges) {
    t.ok(findRequirement(id), `${id} is in the profile`);
    if (first !== undefined) {
      t.ok(names.has(first.name), `${id} is brought about by ${first.name}`);
      read.add(first.name);
    }
    if (from === 'every') continue;
    for (const { name } of from) {
      t.ok(names.has(name), `${id} reads ${name}`);
      read.add(name);
    }
  }
  // Only the judges of every exchange read it.
  const general = ['modification-times', 'unknown-path', 'fuzz', 'after-odd-input'];
  t.strictSame(
    [...names].filter((name) => !read.has(name)),
    general,
  );
  t.end();
});

void t.test('a source that no rule knows is a mistake of ours, said at once', (t) => {
  t.throws(() => cite('P-Nowhere'), /P-Nowhere/);
  t.strictSame(
    cite('RFC 7644 §3.1, §8.1').map(({ href }) => href),
    ['https://www.rfc-editor.org/rfc/rfc7644#section-3.1', 'https://www.rfc-editor.org/rfc/rfc7644#section-8.1'],
  );
  t.end();
});
