/**
 * The commands that a report shows: to repeat the run, to see one finding again, and to delete leftovers. They are in
 * one module so that every format shows the same ones. They give every number explicitly, because a default may change
 * in a later version. They contain no credentials, because no report does.
 */
import type { Evidence, Report, RequirementResult, Settings } from '../../schemas/types.js';
import { limits } from '../../suites/events.js';
import { visible } from '../text/visible-text.js';

/** Quotes the text for a POSIX shell if that is necessary. */
export const shellQuoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

type Value = string | number;

/** `--name value…`; nothing if there is no value. */
const option = (name: string, ...values: readonly (Value | undefined)[]): string[] => {
  const given = values.filter((value) => value !== undefined);
  return given.length === 0 ? [] : [`--${name} ${given.map((value) => shellQuoted(String(value))).join(' ')}`];
};

/**
 * A command on one line, ready to paste. A command that is too long is not shown, because half a command would do
 * something else.
 */
const line = (...options: readonly (readonly string[])[]): string => {
  const command = ['scim-conformance', ...options.flat()].join(' ');
  return command.length > limits.command
    ? `# a command of ${command.length} characters, too long to show`
    : visible(command.replaceAll(/[\r\n]+/g, ' '));
};

/** The target file contains what no option can express: credentials, templates, certificates. */
const targetOf = ({ targetFile, target, insecure }: Settings): string[] => [
  ...option('config', targetFile),
  ...option('target', target),
  ...(insecure === true ? ['--insecure'] : []),
];

/** The options that say how the target is tested. They are needed to repeat one exercise as well as a whole run. */
const testOptionsOf = (settings: Settings): string[] => [
  ...option('profile', settings.profileFile ?? settings.profile),
  ...option('max-time', settings.maxTimeMs === undefined ? undefined : settings.maxTimeMs / 1000),
  ...option('timeout', settings.timeoutMs / 1000),
  ...option('deadline', settings.deadlineMs / 1000),
  ...option('concurrency', settings.concurrency),
  ...option('burst', settings.burst),
  ...option('scope', settings.scope),
  ...option('binding', settings.binding),
  ...option('serves', ...(settings.serves ?? [])),
  ...option('feature', ...(settings.features ?? [])),
  ...option('observe', settings.observe),
  ...option('set-poll', settings.setPoll),
  ...option('set-push', settings.setPush),
  ...option('set-push-url', settings.setPushUrl),
  ...option('webhook-port', settings.webhookPort),
  ...option('webhook-url', settings.webhookUrl),
  ...option('jwks', settings.jwks),
  ...(settings.readOnly ? ['--read-only'] : []),
  ...option('max-requests', settings.maxRequests),
  ...option('max-rps', settings.maxRps),
];

/** The command that repeats the run. */
export const runLine = ({ settings }: Pick<Report, 'settings'>): string => {
  const { seed, suites, only, path, runs, clients = [], shard } = settings;
  return line(
    targetOf(settings),
    option('seed', seed),
    option('suite', ...suites),
    option('only', ...only),
    option('path', path),
    option('runs', runs),
    option('clients', ...clients),
    option('shard', shard === undefined ? undefined : `${shard.index}/${shard.of}`),
    testOptionsOf(settings),
  );
};

/** The command that repeats the one exercise that showed a finding. */
export const replayLine = (
  { settings }: Pick<Report, 'settings'>,
  { id }: Pick<RequirementResult, 'id'>,
  { seed, path }: Evidence,
): string =>
  line(targetOf(settings), option('only', id), option('seed', seed), option('path', path), testOptionsOf(settings));

/** The command that deletes what a run left on the target. */
export const cleanLine = ({ settings, run }: Pick<Report, 'settings' | 'run'>): string =>
  line(['clean'], targetOf(settings), option('run', run));
