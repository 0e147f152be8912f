/** Writes docs/real-providers.md from the records of runs against real servers. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { findProfile } from '../../dist/suites/index.js';

const page = new URL('../../docs/real-providers.md', import.meta.url);

/** Writes a file as Prettier formats it. */
export const writeFormatted = async (url, text) =>
  writeFile(url, await format(text, { ...(await resolveConfig(url)), filepath: url.pathname }));

const meaningOf = (profile, id, code) => {
  const requirement = findProfile(profile)?.requirements.find((each) => each.id === id);
  return requirement?.codes[code] ?? code;
};

const findingLine = (profile, { id, outcome, codes, reason }) => {
  const what = codes.length === 0 ? (reason ?? outcome) : codes.map((code) => meaningOf(profile, id, code)).join('; ');
  return `- [${id}](requirements/${id}.md)${outcome === 'fail' ? '' : ` (${outcome})`}: ${what}`;
};

const version = ([name, value]) => `${name} ${value}`;

/** `records`: URL of the folder with one JSON file for each server. */
export const writePage = async (records) => {
  const files = (await readdir(records)).filter((name) => name.endsWith('.json')).sort();
  const all = await Promise.all(files.map(async (name) => JSON.parse(await readFile(new URL(name, records), 'utf8'))));
  const rows = all.map(
    ({ title, packages, date, verdict, findings }) =>
      `| ${title} | ${version(Object.entries(packages)[0])} | ${date} | \`${verdict}\` | ${findings.filter(({ outcome }) => outcome === 'fail').length} | ${findings.filter(({ outcome }) => outcome === 'warning').length} |`,
  );
  const sections = all.map(
    ({ title, packages, profile, findings }) =>
      `## ${title}\n\nInstalled: ${Object.entries(packages).map(version).join(', ')}. Profile ${profile}.\n\n${findings.map((each) => findingLine(profile, each)).join('\n') || 'Nothing was found.'}`,
  );
  const text = `# Real providers\n\nWhat the suite finds in SCIM servers that anybody can install. \`npm run real-providers\` installs them from npm, runs the suite, and\nwrites this page. A server that serves no asynchronous binding is judged in the synchronous scope.\n\n| server | version | date | verdict | MUST failed | SHOULD not met |\n| --- | --- | --- | --- | --- | --- |\n${rows.join('\n')}\n\n${sections.join('\n\n')}\n`;
  await writeFormatted(page, text);
};
