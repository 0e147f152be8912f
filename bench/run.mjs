/**
 * Measures how fast the suite is, and writes bench/results.md. Run it on a machine that does nothing else, with two
 * processors or more. `-- ratio`, `-- lists` or `-- simulation` measures only that part, and writes nothing.
 */
import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { measureCpuRatio } from './cpu-ratio.mjs';
import { measureLongLists } from './long-lists.mjs';
import { measureSimulation } from './simulation.mjs';

const parts = { ratio: measureCpuRatio, lists: measureLongLists, simulation: measureSimulation };
const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in parts));
if (unknown !== undefined) throw new Error(`there is no part «${unknown}»: ${Object.keys(parts).join(', ')}`);

const lines = [`node ${process.version}, ${availableParallelism()} processors`];
console.log(lines[0]);
for (const [name, measure] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const measured = await measure();
  console.log(measured.join('\n'));
  lines.push(...measured);
}
if (wanted.length === 0) {
  await writeFile(
    new URL('./results.md', import.meta.url),
    `# Measured\n\nWritten by \`npm run bench\` on a machine that did nothing else.\n\n${lines.map((line) => `- ${line}`).join('\n')}\n`,
  );
}
