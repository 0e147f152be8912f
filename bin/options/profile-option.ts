/** `--profile`: the profile to test against, by its version or its file. */
import type { Argv } from 'yargs';
import { defaultProfile, findProfile, ProfileError, profiles, readProfile, type Profile } from '../../suites/index.js';
import { readText } from '../files/read-file.js';
import { UsageError } from '../usage/usage-error.js';

export interface ProfileFlags {
  readonly profile?: string | undefined;
}

const versions = profiles.map(({ version }) => version);

export const profileFlag = <T>(yargs: Argv<T>) =>
  yargs.option('profile', {
    type: 'string',
    requiresArg: true,
    describe: `Profile to test against: a version, ${versions.join(' or ')} (default: ${defaultProfile.version}), or a profile file, whose path has a slash or ends in .json`,
  });

/** A profile, and the file that it was read from. */
export interface ChosenProfile {
  readonly profile: Profile;
  readonly profileFile?: string;
}

const isFile = (named: string): boolean => /[/\\]|\.json$/i.test(named);

const readFile = (file: string): ChosenProfile => {
  try {
    return { profile: readProfile(readText(file, '--profile')), profileFile: file };
  } catch (error) {
    if (error instanceof ProfileError)
      throw new UsageError(`--profile ${file} is no profile file (${error.code}):\n${error.message}`);
    throw error;
  }
};

/** How a report or a recording names a profile of a file. */
const isOfFile = (named: string): boolean => / \(base [^)]*\)$/.test(named);

/** The profile with this version or in this file; if none is named, the profile `usual`. Throws UsageError. */
export const chosenProfile = (named: string | undefined, usual = defaultProfile.version): ChosenProfile => {
  if (named !== undefined && isFile(named)) return readFile(named);
  const version = named ?? usual;
  const profile = findProfile(version);
  if (profile !== undefined) return { profile };
  throw new UsageError(
    isOfFile(version)
      ? `profile ${version} is in a file: name the file with --profile`
      : `there is no profile ${version}: this version of scim-conformance has ${versions.join(', ')}`,
  );
};

/** `chosenProfile` without its file. Throws UsageError. */
export const profileOf = (named: string | undefined, usual?: string): Profile => chosenProfile(named, usual).profile;
