import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t, { type Test } from 'tap';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The errors that `npm run check:imports` reports for a tree of these files; empty if there are none. */
const violationsIn = async (t: Test, files: Record<string, string>): Promise<string[]> => {
  const folder = t.testdir();
  for (const [name, text] of Object.entries({ 'tsconfig.json': '{}', ...files })) {
    mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  const cruise = path.join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const config = path.join(root, '.dependency-cruiser.cjs');
  const args = [cruise, '--output-type', 'err', '--config', config, 'suites'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder }).catch((error: unknown) => {
    const { stdout: said, stderr } = error as { stdout?: string; stderr?: string };
    if (said === undefined || said === '') throw new Error(stderr);
    return { stdout: said };
  });
  return [...stdout.matchAll(/error ([a-z-]+): /g)].map(([, rule = '']) => rule);
};

const value = 'export const one = 1;\n';
const importing = (from: string): string => `import { one } from '${from}';\nexport const two = one;\n`;

void t.test('an engine that is given its profile is as it should be', async (t) => {
  const files = { 'suites/engine/run.ts': importing('../judging/judge.js'), 'suites/judging/judge.ts': value };
  t.strictSame(await violationsIn(t, files), []);
});

void t.test('finds an engine that imports a requirement, directly or through another module', async (t) => {
  const direct = {
    'suites/engine/run.ts': importing('../requirements/stat/stat-03.js'),
    'suites/requirements/stat/stat-03.ts': value,
  };
  t.strictSame(await violationsIn(t, direct), ['the-engine-knows-no-scim']);
  const between = {
    'suites/engine/run.ts': importing('../rules.js'),
    'suites/rules.ts': importing('./scenarios/burst.js'),
    'suites/scenarios/burst.ts': value,
  };
  t.strictSame(await violationsIn(t, between), ['the-engine-knows-no-scim']);
});

void t.test('finds folders that import each other, even if no two files do', async (t) => {
  const files = {
    'suites/session/session.ts': importing('../trace/trace.js'),
    'suites/session/names.ts': value,
    'suites/trace/trace.ts': value,
    'suites/trace/view.ts': importing('../session/names.js'),
  };
  t.match(await violationsIn(t, files), ['no-cycles-of-folders', 'no-cycles-of-folders']);
});
