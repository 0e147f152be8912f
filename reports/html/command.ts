/** The commands that repeat a run or one exercise of it, with what was not left at its default. */
import type { Evidence, Settings } from '../../schemas/types.js';

/** Defaults of the command line: what has this value is left out. */
const defaults = {
  runs: 5,
  timeoutMs: 10_000,
  deadlineMs: 60_000,
  concurrency: 8,
  binding: 'auto',
  observe: 'auto',
  burst: 1500,
} as const;

/** Quoted for a POSIX shell where it needs to be. */
const word = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

const option = (name: string, ...values: readonly (string | number)[]): string[] => [
  `--${name} ${values.map((value) => word(String(value))).join(' ')}`,
];

/** How the suite asked, which a replay needs as much as a run. */
const mannerOf = (settings: Settings): string[] => [
  ...(settings.timeoutMs === defaults.timeoutMs ? [] : option('timeout', settings.timeoutMs / 1000)),
  ...(settings.deadlineMs === defaults.deadlineMs ? [] : option('deadline', settings.deadlineMs / 1000)),
  ...(settings.concurrency === defaults.concurrency ? [] : option('concurrency', settings.concurrency)),
  ...(settings.binding === defaults.binding ? [] : option('binding', settings.binding)),
  ...(settings.observe === defaults.observe ? [] : option('observe', settings.observe)),
  ...(settings.burst === defaults.burst ? [] : option('burst', settings.burst)),
  ...(settings.readOnly ? ['--read-only'] : []),
  ...(settings.maxRequests === undefined ? [] : option('max-requests', settings.maxRequests)),
  ...(settings.maxRps === undefined ? [] : option('max-rps', settings.maxRps)),
];

const command = (settings: Settings, options: readonly string[]): string =>
  [`scim-conformance --target ${word(settings.target)}`, ...options, ...mannerOf(settings)].join(' ');

/** Makes the same run again. */
export const runCommand = (settings: Settings): string =>
  command(settings, [
    ...option('seed', settings.seed),
    ...(settings.suites.length === 0 ? [] : option('suite', ...settings.suites)),
    ...(settings.only.length === 0 ? [] : option('only', ...settings.only)),
    ...(settings.path === undefined ? [] : option('path', settings.path)),
    ...(settings.runs === defaults.runs ? [] : option('runs', settings.runs)),
    ...(settings.shard === undefined ? [] : option('shard', `${settings.shard.index}/${settings.shard.of}`)),
  ]);

/** Runs the one exercise again that showed a finding. */
export const replayCommand = (settings: Settings, id: string, { seed, path }: Evidence): string =>
  command(settings, [...option('only', id), ...option('seed', seed), ...option('path', path)]);
