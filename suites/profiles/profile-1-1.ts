/** Profile 1.1 (docs/profile-1.1.md): what 1.0 demands, judged in the same way so far. */
import type { Profile } from '../definitions/profile.js';
import { requirements } from '../requirements/index.js';
import { scenarios } from '../scenarios/index.js';

export const profile11: Profile = { version: '1.1', requirements, scenarios, completion: 'LIFE-01' };
