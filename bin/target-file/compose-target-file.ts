/** Makes a target file from the user's options and from discovery (`init`). It contains no secret. */
import path from 'node:path';
import { schemaId, schemaPath } from '../../schemas/load.js';
import type { TargetCredential, TargetFile } from '../../schemas/types.js';
import { bindingNames, runDefaults, type DiscoveredTarget, type TargetDescription } from '../../suites/index.js';

export interface Given {
  /**
   * The bearer token is in `tokenFile` if that is given. Otherwise the target file refers to an environment variable.
   */
  readonly target: TargetDescription;
  /** The path as the user wrote it. */
  readonly tokenFile: string | undefined;
  /** Absolute path of the folder into which the target file is written. */
  readonly folder: string;
}

export interface ComposedFile {
  readonly content: TargetFile;
  /**
   * The environment variables that the file names: what each has to contain, and the secret itself, which is never
   * shown.
   */
  readonly variables: readonly { readonly name: string; readonly holds: string; readonly secret: string }[];
}

const posix = (from: string, to: string): string => path.relative(from, to).split(path.sep).join('/');

const isInside = (folder: string, root: string): boolean => {
  const way = path.relative(root, folder);
  return !path.isAbsolute(way) && way.split(path.sep)[0] !== '..';
};

/**
 * The reference to the schema, with which editors find it: a relative path if the file is in the project in which this
 * package is installed, otherwise the id of the schema, which is the same on every machine.
 */
export const schemaReference = (folder: string, schema = schemaPath('files/target')): string => {
  const installed = /^(.*?)[\\/]node_modules[\\/]/.exec(schema)?.[1];
  const root = installed ?? path.resolve(path.dirname(schema), '../..');
  if (!isInside(folder, root)) return schemaId('files/target');
  const way = posix(folder, schema);
  return way.startsWith('.') ? way : `./${way}`;
};

const variableOf = (field: string): string => `SCIM_${field.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')}`;

export const composeTargetFile = (
  { facts, resources }: Pick<DiscoveredTarget, 'facts' | 'resources'>,
  { target, tokenFile, folder }: Given,
): ComposedFile => {
  const primary: TargetCredential | undefined =
    tokenFile !== undefined
      ? { tokenFile: posix(folder, path.resolve(tokenFile)) }
      : target.token === undefined
        ? undefined
        : { tokenEnv: 'SCIM_TOKEN' };
  const second: TargetCredential | undefined =
    target.secondToken === undefined ? undefined : { tokenEnv: 'SCIM_SECOND_TOKEN' };
  const credentials = {
    ...(primary === undefined ? {} : { primary }),
    ...(second === undefined ? {} : { second }),
  };
  const fields = target.headers ?? [];
  const isPublic = (name: string): boolean => target.publicFields?.includes(name) ?? false;
  const named = fields.filter(([name]) => !isPublic(name));
  const headers = Object.fromEntries(
    fields.map(([name, value]) => [name, isPublic(name) ? { public: value } : { env: variableOf(name) }]),
  );
  const serves = bindingNames.filter((name) => facts.bindings[name] !== undefined);
  const { runs, maxTimeMs, timeoutMs, deadlineMs, concurrency, burst } = runDefaults;
  return {
    content: {
      $schema: schemaReference(folder),
      target: target.baseUrl,
      ...(Object.keys(credentials).length === 0 ? {} : { credentials }),
      ...(Object.keys(headers).length === 0 ? {} : { headers }),
      ...(target.insecure === true ? { insecure: true } : {}),
      ...(Object.keys(resources).length === 0 ? {} : { resources }),
      ...(serves.length === 0 ? {} : { serves }),
      runs,
      maxTimeSeconds: maxTimeMs / 1000,
      timeoutSeconds: timeoutMs / 1000,
      deadlineSeconds: deadlineMs / 1000,
      concurrency,
      burst,
    },
    variables: [
      ...(primary?.tokenEnv === undefined || target.token === undefined
        ? []
        : [{ name: primary.tokenEnv, holds: 'the bearer token', secret: target.token }]),
      ...(second?.tokenEnv === undefined || target.secondToken === undefined
        ? []
        : [{ name: second.tokenEnv, holds: 'the bearer token of the other client', secret: target.secondToken }]),
      ...named.map(([name, value]) => ({ name: variableOf(name), holds: `the value of ${name}`, secret: value })),
    ],
  };
};
