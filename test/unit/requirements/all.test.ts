/** The tests of all requirements in one process: they are small, and a process for each takes far longer than the tests. */
import { readdirSync } from 'node:fs';

const folder = new URL('.', import.meta.url);
const own = 'all.test.ts';

for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted())
  if (file.endsWith('.test.ts') && file !== own) await import(new URL(file, folder).href);
