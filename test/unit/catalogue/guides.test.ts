import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';
import { faults } from '../../../mock/index.js';
import { defaultProfile, judgedBy } from '../../../suites/index.js';
import { examples } from '../../../suites/requirements/examples.js';

const { requirements, scenarios } = defaultProfile;
const judges = judgedBy(defaultProfile);
const guides = new Map(requirements.map(({ id, guide }) => [id, guide]));

void t.test('every text is of whole sentences, and says something', (t) => {
  for (const [id, guide] of guides) {
    for (const [part, text] of Object.entries(guide) as [string, string][]) {
      t.match(text, /^[A-Z0-9`].*[.]$/, `${id} ${part}`);
      const least = judges.has(id) || part === 'why' ? 40 : 20;
      t.ok(text.length >= least && text.length <= 1500, `${id} ${part} has ${text.length} characters`);
      t.equal((text.match(/`/g) ?? []).length % 2, 0, `${id} ${part} closes what it quotes`);
    }
  }
  t.end();
});

void t.test('guides are for readers who do not know the tool: they name no scenario and no unknown id', (t) => {
  const names = new Set(scenarios.map(({ name }) => name).filter((name) => name.includes('-')));
  // Words of the wire that are the name of a scenario as well.
  for (const word of ['request-id']) names.delete(word);
  for (const [id, guide] of guides) {
    const text = Object.values(guide).join(' ');
    t.strictSame(
      text.split(/[^\w-]+/).filter((word) => names.has(word)),
      [],
      id,
    );
    const named = text.match(/\b[A-Z]{3,4}-\d\d\b/g) ?? [];
    t.strictSame(
      named.filter((other) => !guides.has(other)),
      [],
      id,
    );
  }
  t.end();
});

/** If the requests are equal, the difference is in the answer. */
const withoutRequests = (texts: readonly string[]): string[] => texts.map((text) => text.slice(text.indexOf('<')));

void t.test('every judged requirement has an exchange that does not meet it, and one that does', (t) => {
  t.strictSame(Object.keys(examples).sort(), [...judges.keys()].sort());
  const exercised = new Set(scenarios.map(({ name }) => name));
  for (const [id, { fault, path, expected, actual, fail, pass }] of Object.entries(examples)) {
    t.ok(faults.find(({ name }) => name === fault)?.breaks.includes(id), `${fault} breaks ${id}`);
    t.ok(exercised.has(path.split('/')[0] ?? ''), `${path} is of a scenario`);
    t.ok(expected !== '' && actual !== '', id);
    t.ok(fail.length > 0 && fail.every((text) => /^> [A-Z]+ \S+/.test(text) && /^< HTTP \d+|^< no /m.test(text)), id);
    t.ok(pass.length > 0 && pass.every((text) => /^< HTTP \d+/m.test(text)), id);
    const shown = pass.every((text) => text.startsWith('>')) ? fail : withoutRequests(fail);
    t.not(pass.join('\n'), shown.join('\n'), `${id} shows a difference`);
  }
  t.end();
});

void t.test('examples hold nothing of the run and the machine that they were made on', (t) => {
  for (const [id, example] of Object.entries(examples)) {
    t.notMatch(JSON.stringify(example), /127\.0\.0\.1|localhost|scimc-[0-9a-f]{8}|\{\{/, id);
  }
  const sizes = Object.values(examples).map((example) => JSON.stringify(example).length);
  t.ok(Math.max(...sizes) < 6000, 'each of them is small');
  t.ok(sizes.reduce((sum, size) => sum + size, 0) < 2000 * sizes.length, 'most of them are smaller still');
  t.end();
});

void t.test('docs/requirements is as the generator makes it', async (t) => {
  const script = fileURLToPath(new URL('../../../scripts/generate-requirement-docs.mjs', import.meta.url));
  const { stderr } = await promisify(execFile)(process.execPath, [script, '--check']).catch((error: unknown) => ({
    stderr: String(error),
  }));
  t.equal(stderr, '');
});
