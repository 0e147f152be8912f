/** The profiles that this version judges by, the newest last. */
import type { Profile } from '../definitions/profile.js';
import { profile10 } from './profile-1-0.js';
import { profile11 } from './profile-1-1.js';

export const profiles: readonly Profile[] = [profile10, profile11];

/** What is judged by where nobody names a profile. */
export const defaultProfile: Profile = profile11;

/** The profile of this version, such as `1.0`; undefined where there is none. */
export const findProfile = (version: string): Profile | undefined =>
  profiles.find((profile) => profile.version === version);
