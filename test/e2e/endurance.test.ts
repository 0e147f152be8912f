import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';

t.setTimeout(300_000);

/** The figures of a script, which exits with 1 if the mock does not endure it. */
const figuresOf = async (name: string, ...args: string[]): Promise<Record<string, unknown>> => {
  const script = fileURLToPath(new URL(`../../scripts/endurance/${name}.mjs`, import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...args]);
  return JSON.parse(stdout) as Record<string, unknown>;
};

void t.test('fuzzed requests are answered without 5xx', async (t) => {
  const figures = await figuresOf('fuzz', '--requests', '1500', '--seed', '2');
  t.match(figures, { requests: 1500, hasCrashed: false });
});

void t.test('bodies of 1 MiB that are written and deleted do not fill a small heap', async (t) => {
  const figures = await figuresOf('large-bodies', '--bodies', '250', '--heap', '128');
  t.strictSame(figures.statuses, { 200: 50, 201: 50, 202: 50, 400: 50, 413: 50 });
});

void t.test('more requests than the limiter lets through are refused, and none of them fails', async (t) => {
  const { statuses } = await figuresOf('soak', '--minutes', '0.1', '--rate', '50');
  t.match(statuses, { 429: Number, 201: Number, 202: Number });
});
