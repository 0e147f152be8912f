/** The target and its credentials: from flags, from a target file and from the environment. */
import type { Argv } from 'yargs';
import type { TargetFile } from '../../schemas/types.js';
import type { TargetDescription } from '../../suites/index.js';
import { givenFlags } from './given-flags.js';
import { readText } from '../files/read-file.js';
import { flagsOfFile } from '../target-file/file-flags.js';
import { clientOfFile, headersOfFile, tokenOfFile, type FileHeader } from '../target-file/file-target.js';
import { tlsOfFile } from '../target-file/file-tls.js';
import { readTargetFile } from '../target-file/read-target-file.js';
import { UsageError } from '../usage/usage-error.js';

export const targetFlags = <T>(yargs: Argv<T>) =>
  yargs
    .option('target', { type: 'string', requiresArg: true, describe: 'SCIM base URL, such as https://host/scim/v2' })
    .option('token', { type: 'string', requiresArg: true, describe: 'Bearer token; or set SCIM_TOKEN' })
    .option('token-file', { type: 'string', requiresArg: true, describe: 'File that contains the bearer token' })
    .option('second-token', {
      type: 'string',
      requiresArg: true,
      describe: 'Bearer token of another client; or set SCIM_SECOND_TOKEN',
    })
    .option('header', {
      type: 'string',
      array: true,
      requiresArg: true,
      default: [] as string[],
      describe:
        'Header field «Name: value» to send; counts as a credential, so that reports do not show it and requests without a credential do not have it; may be given several times',
    })
    .option('public-header', {
      type: 'string',
      array: true,
      requiresArg: true,
      default: [] as string[],
      describe: 'Header field «Name: value» that is no credential, to send with every request',
    })
    .option('insecure', { type: 'boolean', default: false, describe: 'Accept any TLS certificate' });

/** If the flag on the left is on the command line, the flags on the right have no effect in a target file. */
const overriddenBy: Readonly<Record<string, readonly string[]>> = {
  only: ['suite'],
  suite: ['only'],
  'rerun-failed': ['suite', 'only', 'seed'],
  // The gate applies to a whole run. «merge» has these flags.
  shard: ['baseline', 'fail-on', 'require-clients'],
  // One exercise is repeated.
  path: ['clients', 'require-clients'],
};

/**
 * A target file gives values to flags. A flag on the command line has priority over it. `only`: the flags that the
 * command has.
 */
export const configFlag = <T>(yargs: Argv<T>, only?: readonly string[]) =>
  yargs
    .option('config', { type: 'string', requiresArg: true })
    .config(
      'config',
      'Target file (JSON) that describes the target, its credentials and the options of the run',
      (file) => {
        const overridden = new Set([...givenFlags()].flatMap((flag) => overriddenBy[flag] ?? []));
        return Object.fromEntries(
          Object.entries(flagsOfFile(readTargetFile(file), file)).filter(
            ([flag]) => (only?.includes(flag) ?? true) && !overridden.has(flag),
          ),
        );
      },
    );

export interface TargetFlags {
  readonly target?: string | undefined;
  readonly token?: string | undefined;
  readonly tokenFile?: string | undefined;
  readonly secondToken?: string | undefined;
  readonly header: string[];
  readonly publicHeader?: string[] | undefined;
  readonly insecure: boolean;
  readonly config?: string | undefined;
}

const baseUrlOf = (target: string | undefined): string => {
  if (target === undefined || target === '') {
    throw new UsageError(
      'give the SCIM base URL of the provider with --target, such as --target https://host/scim/v2, or a target file with --config',
    );
  }
  const url = URL.canParse(target) ? new URL(target) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol) || url.hostname === '') {
    throw new UsageError(`--target «${target}» is not an http or https URL such as https://host/scim/v2`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageError(
      '--target contains a credential: give it with --token or --header, so that reports do not show it',
    );
  }
  if (url.search !== '' || url.hash !== '') {
    throw new UsageError(`--target «${target}» has a query or a fragment, but a SCIM base URL has neither`);
  }
  return url.href;
};

const fieldName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

const headerOf = (text: string, option: string): [string, string] => {
  const colon = text.indexOf(':');
  const name = text.slice(0, colon).trim();
  // The message does not repeat the value, because it may be a secret.
  if (colon < 1 || !fieldName.test(name)) throw new UsageError(`${option} has the form «Name: value»`);
  return [name, text.slice(colon + 1).trim()];
};

/** The header fields on the command line. Throws UsageError. */
const ownHeaders = ({ header, publicHeader = [] }: TargetFlags): FileHeader[] => {
  const guarded = header.map((text) => headerOf(text, '--header'));
  const open = publicHeader.map((text) => headerOf(text, '--public-header'));
  const both = open.find(([name]) => guarded.some(([other]) => other.toLowerCase() === name.toLowerCase()));
  if (both !== undefined)
    throw new UsageError(
      `${both[0]} is given with --header and with --public-header: give it with --public-header if it is no credential, and else with --header`,
    );
  return [
    ...guarded.map(([name, value]): FileHeader => ({ name, value, kind: 'guarded' })),
    ...open.map(([name, value]): FileHeader => ({ name, value, kind: 'public' })),
  ];
};

const tokenOf = (token: string | undefined, option: string): string | undefined => {
  if (token === undefined) return undefined;
  // RFC 6750 §2.1. A token with a line break or a space would change the request.
  if (!/^[A-Za-z0-9\-._~+/]+=*$/.test(token)) {
    throw new UsageError(`${option} is empty or contains characters that a bearer token must not contain (RFC 6750)`);
  }
  return token;
};

type Credentials = Pick<TargetDescription, 'token' | 'secondToken' | 'oauth'>;

/** A flag has priority over the target file, and the target file over the environment. */
const credentialsOf = (flags: TargetFlags, environment: NodeJS.ProcessEnv, config: TargetFile): Credentials => {
  const { credentials = {}, headers = {} } = config;
  const surroundings = { file: flags.config ?? '', environment };
  const fromFlag =
    flags.token ?? (flags.tokenFile === undefined ? undefined : readText(flags.tokenFile, '--token-file').trim());
  // If the file names a credential of any kind, the environment is not read.
  const isInFile = credentials.primary !== undefined || Object.keys(headers).some((name) => isAuthorization(name));
  const [token, from] =
    fromFlag !== undefined
      ? [fromFlag, flags.token === undefined ? 'the token in --token-file' : '--token']
      : isInFile
        ? [tokenOfFile(credentials.primary, 'primary', surroundings), 'the token of credentials.primary']
        : [environment.SCIM_TOKEN, 'SCIM_TOKEN'];
  const [secondToken, secondFrom] =
    flags.secondToken !== undefined
      ? [flags.secondToken, '--second-token']
      : credentials.second !== undefined
        ? [tokenOfFile(credentials.second, 'second', surroundings), 'the token of credentials.second']
        : [environment.SCIM_SECOND_TOKEN, 'SCIM_SECOND_TOKEN'];
  const given = { token: tokenOf(token, from), secondToken: tokenOf(secondToken, secondFrom) };
  const primary = given.token === undefined ? clientOfFile(credentials.primary, 'primary', surroundings) : undefined;
  const second = given.secondToken === undefined ? clientOfFile(credentials.second, 'second', surroundings) : undefined;
  return {
    ...(given.token === undefined ? {} : { token: given.token }),
    ...(given.secondToken === undefined ? {} : { secondToken: given.secondToken }),
    ...(primary === undefined && second === undefined
      ? {}
      : { oauth: { ...(primary === undefined ? {} : { primary }), ...(second === undefined ? {} : { second }) } }),
  };
};

const isAuthorization = (name: string): boolean => name.toLowerCase() === 'authorization';

/** Throws UsageError. */
export const targetOf = (flags: TargetFlags, environment: NodeJS.ProcessEnv): TargetDescription => {
  if (flags.token !== undefined && flags.tokenFile !== undefined) {
    throw new UsageError('--token and --token-file cannot be given together');
  }
  const baseUrl = baseUrlOf(flags.target);
  const config = flags.config === undefined ? { target: baseUrl } : readTargetFile(flags.config);
  const surroundings = { file: flags.config ?? '', environment };
  const tls = tlsOfFile(config, surroundings);
  if (tls?.cert !== undefined && !baseUrl.startsWith('https:'))
    throw new UsageError(`${baseUrl} is not https, so that the certificate in tls.cert would never be used`);
  const own = ownHeaders(flags);
  const given = new Set(own.map(({ name }) => name.toLowerCase()));
  const fromConfig = headersOfFile(config, surroundings).filter(({ name }) => !given.has(name.toLowerCase()));
  const headers = [...fromConfig, ...own];
  const namesOf = (kind: FileHeader['kind']): string[] =>
    headers.filter((each) => each.kind === kind).map(({ name }) => name);
  return {
    baseUrl,
    ...credentialsOf(flags, environment, config),
    headers: headers.map(({ name, value }): [string, string] => [name, value]),
    credentialFields: namesOf('credential'),
    publicFields: namesOf('public'),
    insecure: flags.insecure,
    ...(tls === undefined ? {} : { tls }),
    ...(config.resources === undefined ? {} : { resources: config.resources }),
  };
};
