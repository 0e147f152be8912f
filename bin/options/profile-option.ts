/** `--profile`: the version of the profile to test against. */
import type { Argv } from 'yargs';
import { defaultProfile, findProfile, profiles, type Profile } from '../../suites/index.js';
import { UsageError } from '../usage/usage-error.js';

export interface ProfileFlags {
  readonly profile?: string | undefined;
}

export const profileFlag = <T>(yargs: Argv<T>) =>
  yargs.option('profile', {
    type: 'string',
    requiresArg: true,
    describe: `Version of the profile to test against: ${profiles.map(({ version }) => version).join(' or ')} (default: ${defaultProfile.version})`,
  });

/** The profile with this version; without a version, the profile `usual`. Throws UsageError. */
export const profileOf = (version: string | undefined, usual = defaultProfile.version): Profile => {
  const named = version ?? usual;
  const profile = findProfile(named);
  if (profile !== undefined) return profile;
  const known = profiles.map((each) => each.version).join(', ');
  throw new UsageError(`there is no profile ${named}: this version of scim-conformance has ${known}`);
};
