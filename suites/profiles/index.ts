/** The profiles of this version of the suite, the newest last. */
import type { Profile } from '../definitions/profile.js';
import { readOverlay } from './overlay/read-overlay.js';
import { profile10 } from './profile-1-0.js';
import { profile11 } from './profile-1-1.js';

export const profiles: readonly Profile[] = [profile10, profile11];

/** The profile that is used if the user names none. */
export const defaultProfile: Profile = profile11;

/** The profile of this version, such as `1.0`; undefined if there is none. */
export const findProfile = (version: string): Profile | undefined =>
  profiles.find((profile) => profile.version === version);

/**
 * The profile of a profile file, whose text is given (schemas/files/profile.json, docs/overlays.md). Throws ProfileError, whose
 * message names the place of each mistake.
 */
export const readProfile = (text: string): Profile => readOverlay(text, profiles);
