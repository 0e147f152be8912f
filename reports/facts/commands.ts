/**
 * The commands that a report shows: to repeat the run, to see one finding again, to delete what was left behind. Every
 * format takes them from here. They name every number, because a default may change. They hold no credentials, because
 * no report does.
 */
import type { Evidence, Report, RequirementResult, Settings } from '../../schemas/types.js';
import { limits } from '../../suites/events.js';
import { visible } from '../text/visible-text.js';

/** Quoted for a POSIX shell where it needs to be. */
export const word = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

type Value = string | number;

/** `--name value…`; nothing where there is no value. */
const option = (name: string, ...values: readonly (Value | undefined)[]): string[] => {
  const given = values.filter((value) => value !== undefined);
  return given.length === 0 ? [] : [`--${name} ${given.map((value) => word(String(value))).join(' ')}`];
};

/** A command on one line, to be pasted. One that is too long is not shown: half a command would do something else. */
const line = (...options: readonly (readonly string[])[]): string => {
  const command = ['scim-conformance', ...options.flat()].join(' ');
  return command.length > limits.command
    ? `# a command of ${command.length} characters, too long to show`
    : visible(command.replaceAll(/[\r\n]+/g, ' '));
};

/** The target file says what no option can: credentials, templates, certificates. */
const targetOf = ({ targetFile, target, insecure }: Settings): string[] => [
  ...option('config', targetFile),
  ...option('target', target),
  ...(insecure === true ? ['--insecure'] : []),
];

/** How the target is tested. It matters for one exercise as much as for a whole run. */
const mannerOf = (settings: Settings): string[] => [
  ...option('profile', settings.profile),
  ...option('timeout', settings.timeoutMs / 1000),
  ...option('deadline', settings.deadlineMs / 1000),
  ...option('concurrency', settings.concurrency),
  ...option('burst', settings.burst),
  ...option('binding', settings.binding),
  ...option('serves', ...(settings.serves ?? [])),
  ...option('feature', ...(settings.features ?? [])),
  ...option('observe', settings.observe),
  ...option('set-poll', settings.setPoll),
  ...option('set-push', settings.setPush),
  ...option('set-push-url', settings.setPushUrl),
  ...option('jwks', settings.jwks),
  ...(settings.readOnly ? ['--read-only'] : []),
  ...option('max-requests', settings.maxRequests),
  ...option('max-rps', settings.maxRps),
];

/** Repeats the run. */
export const runLine = ({ settings }: Pick<Report, 'settings'>): string => {
  const { seed, suites, only, path, runs, shard } = settings;
  return line(
    targetOf(settings),
    option('seed', seed),
    option('suite', ...suites),
    option('only', ...only),
    option('path', path),
    option('runs', runs),
    option('shard', shard === undefined ? undefined : `${shard.index}/${shard.of}`),
    mannerOf(settings),
  );
};

/** Repeats the one exercise that showed a finding. */
export const replayLine = (
  { settings }: Pick<Report, 'settings'>,
  { id }: Pick<RequirementResult, 'id'>,
  { seed, path }: Evidence,
): string =>
  line(targetOf(settings), option('only', id), option('seed', seed), option('path', path), mannerOf(settings));

/** Deletes what a run left behind. */
export const cleanLine = ({ settings, run }: Pick<Report, 'settings' | 'run'>): string =>
  line(['clean'], targetOf(settings), option('run', run));
