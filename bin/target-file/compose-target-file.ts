/** Makes a target file from what the user gave and what was discovered (`init`). No secret is in it. */
import path from 'node:path';
import { schemaId, schemaPath } from '../../schemas/load.js';
import type { TargetCredential, TargetFile } from '../../schemas/types.js';
import {
  bindingNames,
  isCredentialField,
  runDefaults,
  type DiscoveredTarget,
  type TargetDescription,
} from '../../suites/index.js';

export interface Given {
  /** Its tokens are in `tokenFile`, where that is given, or else expected in the environment. */
  readonly target: TargetDescription;
  /** As the user named it. */
  readonly tokenFile: string | undefined;
  /** Absolute path of the folder that the file is written to. */
  readonly folder: string;
}

export interface ComposedFile {
  readonly content: TargetFile;
  /** The environment variables that it names, what each has to hold, and the secret itself, which is never shown. */
  readonly variables: readonly { readonly name: string; readonly holds: string; readonly secret: string }[];
}

const posix = (from: string, to: string): string => path.relative(from, to).split(path.sep).join('/');

const isInside = (folder: string, root: string): boolean => {
  const way = path.relative(root, folder);
  return !path.isAbsolute(way) && way.split(path.sep)[0] !== '..';
};

/**
 * How the file refers to its schema, so that editors find it: by a relative path where the file is in the project that
 * this package is installed in, otherwise by the id of the schema, which is the same on every machine.
 */
export const schemaReference = (folder: string, schema = schemaPath('files/target')): string => {
  const installed = /^(.*?)[\\/]node_modules[\\/]/.exec(schema)?.[1];
  const root = installed ?? path.resolve(path.dirname(schema), '../..');
  if (!isInside(folder, root)) return schemaId('files/target');
  const way = posix(folder, schema);
  return way.startsWith('.') ? way : `./${way}`;
};

/** Whether a header field may hold a secret, judged by its name and by its value. In doubt it does. */
const maybeSecret = (name: string, value: string): boolean =>
  isCredentialField(name) ||
  /auth|key|session|sign|password|jwt/i.test(name) ||
  (/^\S{20,}$/.test(value) && /\d/.test(value) && /[a-z]/i.test(value));

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
  const named = fields.filter(([name, value]) => maybeSecret(name, value));
  const headers = Object.fromEntries(
    fields.map(([name, value]) => [name, maybeSecret(name, value) ? { env: variableOf(name) } : value]),
  );
  const serves = bindingNames.filter((name) => facts.bindings[name] !== undefined);
  const { runs, timeoutMs, deadlineMs, concurrency, burst } = runDefaults;
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
