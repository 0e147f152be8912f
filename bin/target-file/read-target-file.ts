/** Reads a target file (`--config`), and explains its mistakes in words, because a person wrote it by hand. */
import type { TargetFile } from '../../schemas/types.js';
import { validate, type Violation } from '../../schemas/validators.js';
import { isCredentialField } from '../../suites/index.js';
import { parseJson, readText } from '../files/read-file.js';
import { UsageError } from '../usage/usage-error.js';

type Complaint = Pick<Violation, 'path' | 'message'>;

/** A plain value of a field such as `X-Api-Key` is a secret, and the file may be committed. */
const secretsInHeaders = ({ headers = {} }: TargetFile): Complaint[] =>
  Object.entries(headers)
    .filter(([name, value]) => typeof value === 'string' && isCredentialField(name))
    .map(([name]) => ({
      path: `/headers/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      message:
        'looks like a credential, and a target file must not contain one: write { "env": "NAME" } or { "file": "PATH" } instead of the value, or { "public": VALUE } if it is no credential',
    }));

/** Throws UsageError with all violations. It does not show the values, because one may be a secret. */
const refuse = (file: string, violations: readonly Complaint[]): never => {
  const lines = violations.map(({ path, message }) => `  ${path === '' ? 'the file itself' : path}: ${message}`);
  const hint = violations.some(({ path }) => path.startsWith('/credentials'))
    ? '\nA target file must not contain secrets. Name the environment variable (tokenEnv, clientSecretEnv) or the file (tokenFile, clientSecretFile) that contains the secret.'
    : '';
  throw new UsageError(`--config ${file} is not a valid target file:\n${lines.join('\n')}${hint}`);
};

/** Throws UsageError if the file cannot be read, is not JSON, or does not match `schemas/files/target.json`. */
export const readTargetFile = (file: string): TargetFile => {
  const validation = validate('files/target', parseJson(readText(file, '--config'), `--config ${file}`));
  if (!validation.valid) return refuse(file, validation.violations);
  const secrets = secretsInHeaders(validation.value);
  return secrets.length === 0 ? validation.value : refuse(file, secrets);
};
