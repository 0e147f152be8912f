/**
 * Runs the suite against real SCIM servers from npm, each in a temporary folder, and records the results in
 * docs/real-providers/. Then writes docs/real-providers.md from all records. Names of servers as arguments: only these;
 * `--table`: only the page.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { providers } from './providers.mjs';
import { writeFormatted, writePage } from './page.mjs';

const cli = fileURLToPath(new URL('../../dist/bin/scim-conformance.js', import.meta.url));
const records = new URL('../../docs/real-providers/', import.meta.url);

const install = async (folder, packages) => {
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, type: 'module', dependencies: packages }),
  );
  const npm = spawn('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(npm, 'exit');
  if (code !== 0) throw new Error(`npm install ended with ${code}`);
};

/** The report of a run; its exit code may be any that a verdict has. */
const test = async (folder, { url, token }) => {
  const json = join(folder, 'report.json');
  const args = [cli, '--target', url, '--json', json, '--seed', '1'];
  const run = spawn(process.execPath, args, { env: { ...process.env, SCIM_TOKEN: token }, stdio: 'ignore' });
  const [code] = await once(run, 'exit');
  if (code === 2 || code === null) throw new Error(`the run ended with ${code}`);
  return JSON.parse(await readFile(json, 'utf8'));
};

const red = ['fail', 'warning', 'harness-error'];

const recordOf = ({ title, packages }, report) => ({
  title,
  packages,
  date: report.startedAt.slice(0, 10),
  profile: report.profile,
  seed: report.seed ?? 1,
  verdict: report.verdict,
  exitCode: report.exitCode,
  findings: report.requirements
    .filter(({ outcome }) => red.includes(outcome))
    .map(({ id, outcome, evidence, alsoFound = [], reason }) => ({
      id,
      outcome,
      codes: evidence === undefined ? [] : [evidence, ...alsoFound].map(({ code }) => code),
      ...(evidence === undefined ? { reason } : {}),
    })),
});

const recordRun = async (provider) => {
  const folder = await mkdtemp(join(tmpdir(), 'real-provider-'));
  try {
    await install(folder, provider.packages);
    await copyFile(new URL(provider.server, import.meta.url), join(folder, provider.server));
    const server = spawn(process.execPath, [provider.server], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      const [line] = await Promise.race([
        once(createInterface({ input: server.stdout }), 'line'),
        once(server, 'exit').then(([code]) => Promise.reject(new Error(`${provider.title} ended with ${code}`))),
      ]);
      const record = recordOf(provider, await test(folder, JSON.parse(line)));
      await writeFormatted(new URL(`${provider.name}.json`, records), JSON.stringify(record));
      console.log(`${provider.title}: ${record.verdict}, ${record.findings.length} findings`);
    } finally {
      server.kill();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const args = process.argv.slice(2);
const names = args.filter((each) => each !== '--table');
const unknown = names.find((name) => !providers.some((provider) => provider.name === name));
if (unknown !== undefined)
  throw new Error(`there is no server «${unknown}»: ${providers.map(({ name }) => name).join(', ')}`);
if (!args.includes('--table')) {
  for (const provider of providers) if (names.length === 0 || names.includes(provider.name)) await recordRun(provider);
}
await writePage(records);
