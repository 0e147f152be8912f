/** The options for asynchronous bindings and security event tokens (RFC 9967). */
import type { Argv } from 'yargs';
import {
  bindingNames,
  features,
  scopes,
  type BindingName,
  type Feature,
  type RunOptions,
  type Scope,
} from '../../suites/index.js';
import { runRestartCommand } from '../process/restart-command.js';
import { parseJson, readText } from '../files/read-file.js';
import { UsageError } from '../usage/usage-error.js';
import { demandUrl, isHttpUrl } from './demand-url.js';

export const bindingFlags = <T>(yargs: Argv<T>) =>
  yargs
    .option('scope', {
      choices: scopes,
      requiresArg: true,
      describe:
        'What to test: asynchronous SCIM (async), synchronous SCIM only (sync), or both (all); default: async if the target serves an asynchronous binding, otherwise sync',
    })
    .option('binding', {
      choices: ['auto', 'request-mode', 'respond-async', 'both'] as const,
      default: 'auto' as const,
      requiresArg: true,
      describe: 'Asynchronous bindings to test; auto: those that discovery or a probe finds',
    })
    .option('serves', {
      choices: bindingNames,
      array: true,
      requiresArg: true,
      default: [] as BindingName[],
      describe: 'Bindings that the target serves even if it does not advertise them; they are always tested',
    })
    .option('feature', {
      choices: features,
      array: true,
      requiresArg: true,
      default: [] as Feature[],
      describe: 'Optional features that the target has even if it does not advertise them',
    })
    .option('observe', {
      choices: ['auto', 'result', 'poll', 'push'] as const,
      default: 'auto' as const,
      requiresArg: true,
      describe:
        'How to learn that a respond-async request has completed: at its result URI, or by events that are polled or pushed',
    })
    .option('set-poll', {
      type: 'string',
      requiresArg: true,
      describe: 'URL to poll for security event tokens (RFC 8936); the bearer token is sent to it, too',
    })
    .option('set-push', {
      type: 'number',
      requiresArg: true,
      describe: 'Port on which pushed security event tokens are received (RFC 8935); 0 chooses a free one',
    })
    .option('set-push-url', {
      type: 'string',
      requiresArg: true,
      describe: 'URL under which the provider reaches the port of --set-push; default: on 127.0.0.1',
    })
    .option('webhook-port', {
      type: 'number',
      requiresArg: true,
      describe: 'Port on which deliveries to webhooks are received (profile HOOK); 0 chooses a free one',
    })
    .option('webhook-url', {
      type: 'string',
      requiresArg: true,
      describe: 'URL under which the provider reaches the port of --webhook-port; default: on 127.0.0.1',
    })
    .option('restart-command', {
      type: 'string',
      requiresArg: true,
      describe: 'Command (for the shell) that restarts the provider while requests are under way (CKPT-01)',
    })
    .option('jwks', {
      type: 'string',
      requiresArg: true,
      describe: 'File or URL of the keys (JWK Set) that verify security event tokens',
    });

export interface BindingFlags {
  readonly scope?: Scope | undefined;
  readonly binding: 'auto' | 'request-mode' | 'respond-async' | 'both';
  readonly serves: BindingName[];
  readonly feature: Feature[];
  readonly observe: 'auto' | 'result' | 'poll' | 'push';
  readonly setPoll?: string | undefined;
  readonly setPush?: number | undefined;
  readonly setPushUrl?: string | undefined;
  readonly webhookPort?: number | undefined;
  readonly webhookUrl?: string | undefined;
  readonly restartCommand?: string | undefined;
  readonly jwks?: string | undefined;
}

type BindingOptions = Pick<
  RunOptions,
  | 'scope'
  | 'binding'
  | 'serves'
  | 'features'
  | 'observe'
  | 'setPoll'
  | 'setPush'
  | 'webhooks'
  | 'restart'
  | 'jwks'
  | 'jwksFile'
>;

const keysOf = (place: string): NonNullable<RunOptions['jwks']> => {
  if (isHttpUrl(place)) return new URL(place).href;
  const keys = parseJson(readText(place, '--jwks'), `--jwks ${place}`);
  if (typeof keys !== 'object' || keys === null || !('keys' in keys) || !Array.isArray(keys.keys)) {
    throw new UsageError(
      `--jwks ${place} is not a JWK Set: a JSON object with the list «keys» was expected (RFC 7517 §5)`,
    );
  }
  return { ...keys, keys: keys.keys as unknown[] } as NonNullable<RunOptions['jwks']>;
};

const pushOf = ({ setPush: port, setPushUrl }: BindingFlags): Pick<BindingOptions, 'setPush'> => {
  if (port === undefined) {
    if (setPushUrl !== undefined)
      throw new UsageError(
        '--set-push-url needs --set-push PORT: it is the URL under which the provider reaches that port',
      );
    return {};
  }
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError('--set-push takes a port from 0 to 65535');
  return {
    setPush: {
      port,
      ...(setPushUrl === undefined ? {} : { publicUrl: demandUrl(setPushUrl, '--set-push-url') }),
      onListening: (url) => process.stderr.write(`Security event tokens can be pushed to ${url}\n`),
    },
  };
};

const webhooksOf = ({ webhookPort: port, webhookUrl }: BindingFlags): Pick<BindingOptions, 'webhooks'> => {
  if (port === undefined) {
    if (webhookUrl !== undefined)
      throw new UsageError(
        '--webhook-url needs --webhook-port PORT: it is the URL under which the provider reaches that port',
      );
    return {};
  }
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError('--webhook-port takes a port from 0 to 65535');
  return {
    webhooks: {
      port,
      ...(webhookUrl === undefined ? {} : { publicUrl: demandUrl(webhookUrl, '--webhook-url') }),
    },
  };
};

export const bindingOptionsOf = (flags: BindingFlags): BindingOptions => {
  const { binding, observe, setPoll, restartCommand, jwks } = flags;
  if (restartCommand?.trim() === '') throw new UsageError('--restart-command takes a command; it is empty');
  if (observe === 'poll' && setPoll === undefined) throw new UsageError('--observe poll needs --set-poll URL');
  if (observe === 'push' && flags.setPush === undefined) throw new UsageError('--observe push needs --set-push PORT');
  return {
    ...(flags.scope === undefined ? {} : { scope: flags.scope }),
    binding,
    serves: flags.serves,
    features: flags.feature,
    observe,
    ...(setPoll === undefined ? {} : { setPoll: demandUrl(setPoll, '--set-poll') }),
    ...pushOf(flags),
    ...webhooksOf(flags),
    ...(restartCommand === undefined ? {} : { restart: () => runRestartCommand(restartCommand) }),
    ...(jwks === undefined ? {} : { jwks: keysOf(jwks), ...(isHttpUrl(jwks) ? {} : { jwksFile: jwks }) }),
  };
};
