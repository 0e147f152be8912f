import t from 'tap';
import { findGuide, guides } from '../../suites/guides/index.js';
import { judges, requirements, scenarios } from '../../suites/index.js';

void t.test('every requirement has a guide, and no guide is of an unknown one', (t) => {
  t.strictSame([...guides.keys()].sort(), requirements.map(({ id }) => id).sort());
  t.equal(findGuide('stat-03'), guides.get('STAT-03'), 'whatever the case of the id');
  t.equal(findGuide('STAT-99'), undefined);
  t.end();
});

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

void t.test('guides are for who does not know the tool: they name no scenario, and no id that does not exist', (t) => {
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
