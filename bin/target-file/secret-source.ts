/** Reads secrets from the place that a target file names: an environment variable or another file. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../usage/usage-error.js';

export interface Surroundings {
  /** The path of the target file as the user wrote it. */
  readonly file: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** Exactly one of the two members is present, as the schema demands. */
export interface SecretSource {
  readonly env?: string | undefined;
  readonly file?: string | undefined;
}

/** The secret that `member` of the target file refers to, without surrounding white space. Throws UsageError. */
export const secretFrom = ({ env, file: named }: SecretSource, member: string, surroundings: Surroundings): string => {
  const { file, environment } = surroundings;
  if (named !== undefined) return textFrom(named, member, file).trim();
  const value = environment[env ?? '']?.trim() ?? '';
  if (value === '') {
    throw new UsageError(
      `the environment variable ${env ?? ''}, which ${member} of ${file} names, is missing or empty: set it to the secret`,
    );
  }
  return value;
};

/**
 * The text of the file that `member` of the target file names. The path is relative to the target file. Throws
 * UsageError.
 */
export const textFrom = (named: string, member: string, file: string): string => {
  const place = path.resolve(path.dirname(file), named);
  let text: string;
  try {
    text = readFileSync(place, 'utf8');
  } catch (error) {
    throw new UsageError(
      `${place}, which ${member} of ${file} names, could not be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  if (text.trim() === '') throw new UsageError(`${place}, which ${member} of ${file} names, is empty`);
  return text;
};
