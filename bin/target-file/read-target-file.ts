/** Reads a target file (`--config`) and says in words what is wrong with it: whoever wrote it did so by hand. */
import type { TargetFile } from '../../schemas/types.js';
import { validate, type Violation } from '../../schemas/validators.js';
import { isCredentialField } from '../../suites/index.js';
import { parseJson, readText } from '../files/read-file.js';
import { UsageError } from '../usage/usage-error.js';

type Complaint = Pick<Violation, 'path' | 'message'>;

/** A name such as `X-Api-Key` next to a plain text is a secret in a file that gets committed. */
const secretsInHeaders = ({ headers = {} }: TargetFile): Complaint[] =>
  Object.entries(headers)
    .filter(([name, value]) => typeof value === 'string' && isCredentialField(name))
    .map(([name]) => ({
      path: `/headers/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      message:
        'looks like a credential, and a target file holds none: give { "env": "NAME" } or { "file": "PATH" } as its value',
    }));

/** A file as a whole, in the words of its violations. The values themselves are not shown: one may be a secret. */
const refuse = (file: string, violations: readonly Complaint[]): never => {
  const lines = violations.map(({ path, message }) => `  ${path === '' ? 'the file itself' : path}: ${message}`);
  const hint = violations.some(({ path }) => path.startsWith('/credentials'))
    ? '\nSecrets are named, never written in it: by environment variable (tokenEnv, clientSecretEnv) or by file (tokenFile, clientSecretFile).'
    : '';
  throw new UsageError(`--config ${file} is no target file:\n${lines.join('\n')}${hint}`);
};

/** Throws UsageError where it cannot be read, is not JSON, or is not what `schemas/files/target.json` demands. */
export const readTargetFile = (file: string): TargetFile => {
  const validation = validate('files/target', parseJson(readText(file, '--config'), `--config ${file}`));
  if (!validation.valid) return refuse(file, validation.violations);
  const secrets = secretsInHeaders(validation.value);
  return secrets.length === 0 ? validation.value : refuse(file, secrets);
};
