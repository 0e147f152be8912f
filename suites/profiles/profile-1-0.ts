/** Profile 1.0 (docs/profile.md), which is frozen: only the requirements of version 1.0. */
import { clientPacks } from '../clients/index.js';
import type { Profile } from '../definitions/profile.js';
import { requirements } from '../requirements/index.js';
import { scenarios } from '../scenarios/index.js';

export const profile10: Profile = {
  version: '1.0',
  // It judges nothing asynchronous on synchronous requests.
  requirements: requirements
    .filter(({ since }) => since === '1.0')
    .map((requirement) => ({ ...requirement, alsoSynchronous: false })),
  scenarios,
  completion: 'LIFE-01',
  clients: clientPacks,
};
