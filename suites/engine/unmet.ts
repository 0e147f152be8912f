/** Whether a target, as far as it is known, can be asked what a requirement or a scenario needs. */
import type { TargetFacts } from '../../schemas/types.js';
import type { Needs } from '../contract/needs.js';
import { servedBindings } from '../provider/served-bindings.js';

/** Why the target cannot be asked this, as a sentence; undefined where it can. */
export const unmet = (needs: Needs, facts: TargetFacts): string | undefined => {
  const { binding, capability, feature, credential, delivery } = needs;
  const served = servedBindings(facts);
  if (binding !== undefined && served.length === 0) {
    return `The target serves no asynchronous binding: ${facts.bindingNote}.`;
  }
  if (binding !== undefined && binding !== 'any' && !served.includes(binding)) {
    return `The target does not serve the ${binding} binding.`;
  }
  if (capability !== undefined && !facts.capabilities[capability]) {
    return capability === 'groups'
      ? 'The target does not let groups be read and created.'
      : `ServiceProviderConfig does not advertise ${capability}.`;
  }
  if (feature !== undefined && !facts.features.includes(feature))
    return `The feature ${feature} is not advertised (--feature ${feature} has it judged all the same).`;
  if (delivery !== undefined && facts.deliveries?.includes(delivery) !== true) {
    return delivery === 'poll'
      ? 'A URL to poll security event tokens at (RFC 8936) is needed: --set-poll.'
      : 'A port on which security event tokens can be pushed (RFC 8935) is needed: --set-push.';
  }
  if (credential === 'second' && !facts.secondCredential)
    return 'A second credential is needed: --second-token or SCIM_SECOND_TOKEN.';
  return undefined;
};
