/** All faults by name. They prove the suite: each is found under the ids that it breaks, and under no other. */
import { acceptanceFaults } from './acceptance.js';
import { bulkFaults } from './bulk.js';
import { bulkReferenceFaults } from './bulk-references.js';
import { effectFaults } from './effects.js';
import { errorsFaults } from './errors.js';
import { eventFaults } from './events.js';
import type { Fault } from './fault.js';
import { preferenceFaults } from './preferences.js';
import { featureFaults } from './features.js';
import { lifecycleFaults } from './lifecycle.js';
import { limitFaults } from './limits.js';
import { realProviderFaults } from './real-providers.js';
import { securityFaults } from './security.js';
import { statusFaults } from './status.js';
import { synchronousFaults } from './synchronous.js';

export const faults: readonly Fault[] = [
  ...synchronousFaults,
  ...acceptanceFaults,
  ...statusFaults,
  ...lifecycleFaults,
  ...effectFaults,
  ...bulkFaults,
  ...bulkReferenceFaults,
  ...errorsFaults,
  ...limitFaults,
  ...securityFaults,
  ...featureFaults,
  ...preferenceFaults,
  ...eventFaults,
  ...realProviderFaults,
];

/** There is no fault of that name; the message says which there are. */
export class UnknownFault extends Error {
  override readonly name = 'UnknownFault';

  constructor(name: string) {
    super(`there is no fault «${name}»: «scim-conformance mock --list-faults» shows them all`);
  }
}

/** Throws UnknownFault. */
export const demandFault = (name: string): Fault => {
  const fault = faults.find((candidate) => candidate.name === name);
  if (fault === undefined) throw new UnknownFault(name);
  return fault;
};
