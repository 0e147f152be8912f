/**
 * The commands that repeat a run or one exercise of it. All numbers are given, so that they stay the same where a
 * default changes.
 */
import type { Evidence, Settings } from '../schemas/types.js';

/** Quoted for a POSIX shell where it needs to be. */
export const word = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

const option = (name: string, ...values: readonly (string | number)[]): string[] =>
  values.length === 0 ? [] : [`--${name} ${values.map((value) => word(String(value))).join(' ')}`];

const maybe = (name: string, value: string | number | undefined): string[] =>
  value === undefined ? [] : option(name, value);

/** How the suite asked, which a replay needs as much as a run. */
const mannerOf = (settings: Settings): string[] => [
  ...maybe('profile', settings.profile),
  ...option('timeout', settings.timeoutMs / 1000),
  ...option('deadline', settings.deadlineMs / 1000),
  ...option('concurrency', settings.concurrency),
  ...option('burst', settings.burst),
  ...option('binding', settings.binding),
  ...option('serves', ...(settings.serves ?? [])),
  ...option('feature', ...(settings.features ?? [])),
  ...option('observe', settings.observe),
  ...(settings.readOnly ? ['--read-only'] : []),
  ...maybe('max-requests', settings.maxRequests),
  ...maybe('max-rps', settings.maxRps),
];

const command = (settings: Settings, options: readonly string[]): string =>
  [
    'scim-conformance',
    // It says what no option can: credentials, templates, certificates.
    ...maybe('config', settings.targetFile),
    ...option('target', settings.target),
    ...options,
    ...mannerOf(settings),
  ].join(' ');

/** Makes the same run again. */
export const runCommand = (settings: Settings): string =>
  command(settings, [
    ...option('seed', settings.seed),
    ...option('suite', ...settings.suites),
    ...option('only', ...settings.only),
    ...maybe('path', settings.path),
    ...option('runs', settings.runs),
    ...(settings.shard === undefined ? [] : option('shard', `${settings.shard.index}/${settings.shard.of}`)),
  ]);

/** Runs the one exercise again that showed a finding. */
export const replayCommand = (settings: Settings, id: string, { seed, path }: Evidence): string =>
  command(settings, [...option('only', id), ...option('seed', seed), ...option('path', path)]);
