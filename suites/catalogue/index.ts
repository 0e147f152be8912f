/** The whole catalogue of profile 1.0, in the order of docs/profile.md. */
import { errorsAndLimitsRequirements } from './errors-and-limits.js';
import { lifecycleRequirements } from './lifecycle.js';
import { optionalFeaturesRequirements } from './optional-features.js';
import { requestModeRequirements } from './request-mode.js';
import type { Requirement } from './requirement.js';
import { respondAsyncRequirements } from './respond-async.js';
import { securityRequirements } from './security.js';
import { synchronousRequirements } from './synchronous.js';

export const profileVersion = '1.0';

export const requirements: readonly Requirement[] = [
  ...synchronousRequirements,
  ...requestModeRequirements,
  ...lifecycleRequirements,
  ...errorsAndLimitsRequirements,
  ...securityRequirements,
  ...respondAsyncRequirements,
  ...optionalFeaturesRequirements,
];

const byId = new Map(requirements.map((requirement) => [requirement.id, requirement]));

/** The requirement of this id, compared without regard to case; undefined where the profile has none. */
export const findRequirement = (id: string): Requirement | undefined => byId.get(id.toUpperCase());
