/** Profile 1.1 (docs/profile-1.1.md): the requirements of 1.0, judged in the same way, and new ones. */
import type { Profile } from '../definitions/profile.js';
import { requirements } from '../requirements/index.js';
import { scenarios } from '../scenarios/index.js';

export const profile11: Profile = { version: '1.1', requirements, scenarios, completion: 'LIFE-01' };
