/** Reads the file with the options of the mock (`mock --config`), and explains its mistakes in words. */
import type { MockFile, MockFileClient } from '../../schemas/types.js';
import { validate } from '../../schemas/validators.js';
import type { MockClient, StartOptions } from '../../mock/index.js';
import { parseJson, readText } from '../files/read-file.js';
import { secretFrom } from '../target-file/secret-source.js';
import { UsageError } from '../usage/usage-error.js';

export interface FileOptions {
  readonly options: StartOptions;
  readonly isQuiet: boolean;
}

const clientOf = ({ name, token, tokenEnv, ...rights }: MockFileClient, place: number, file: string): MockClient => ({
  ...rights,
  name,
  token: token ?? secretFrom({ env: tokenEnv }, `clients[${place}].tokenEnv`, { file, environment: process.env }),
});

const clientsOf = (clients: readonly MockFileClient[], file: string): Pick<StartOptions, 'clients'> => {
  const [first, second, ...others] = clients.map((client, place) => clientOf(client, place, file));
  return first === undefined || second === undefined ? {} : { clients: [first, second, ...others] };
};

/** Throws UsageError if the file cannot be read, is not JSON, or does not match `schemas/files/mock.json`. */
export const readMockFile = (file: string): FileOptions => {
  const validation = validate('files/mock', parseJson(readText(file, '--config'), `--config ${file}`));
  if (!validation.valid) {
    const lines = validation.violations.map(
      ({ path, message }) => `  ${path === '' ? 'the file itself' : path}: ${message}`,
    );
    throw new UsageError(`--config ${file} is no file of options of the mock:\n${lines.join('\n')}`);
  }
  const { quiet = false, clients = [], ...options }: MockFile = validation.value;
  delete options.$schema;
  return { options: { ...options, ...clientsOf(clients, file) }, isQuiet: quiet };
};
