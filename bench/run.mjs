/**
 * Measures how fast the suite and the mock are, and writes bench/results.md. Run it on a machine that does nothing else, with
 * two processors or more. `-- ratio`, `-- lists`, `-- simulation` or `-- throughput` measures only that part, and the others stay as they are.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { measureCpuRatio } from './cpu-ratio.mjs';
import { measureLongLists } from './long-lists.mjs';
import { measureSimulation } from './simulation.mjs';
import { measureThroughput } from './throughput.mjs';

const parts = {
  ratio: measureCpuRatio,
  lists: measureLongLists,
  simulation: measureSimulation,
  throughput: measureThroughput,
};
const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in parts));
if (unknown !== undefined) throw new Error(`there is no part «${unknown}»: ${Object.keys(parts).join(', ')}`);

const results = new URL('./results.md', import.meta.url);

/** The section of each part, without its heading. */
const sectionsOf = (text) =>
  new Map(
    text
      .split(/^## /m)
      .slice(1)
      .map((section) => {
        const end = section.indexOf('\n');
        return [section.slice(0, end).trim(), section.slice(end).trim()];
      }),
  );

const sections = sectionsOf(await readFile(results, 'utf8'));
for (const [name, measure] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const about = `${new Date().toISOString().slice(0, 10)}, node ${process.version}, ${availableParallelism()} processors`;
  const lines = [about, ...(await measure())];
  console.log(lines.join('\n'));
  sections.set(name, lines.map((line) => `- ${line}`).join('\n'));
  const written = [...sections].map(([heading, section]) => `## ${heading}\n\n${section}\n`);
  await writeFile(
    results,
    ['# Measured\n', 'Each part is written by `npm run bench` on a machine that did nothing else.\n', ...written].join(
      '\n',
    ),
  );
}
