/** A requirement or a scenario may need something that the target does not serve, and the report has to say what. */
import type { TargetFacts } from '../../schemas/types.js';
import type { Needs } from '../contract/needs.js';
import type { RequirementRow } from '../contract/requirement-row.js';
import { servedBindings, servesAsynchronous } from '../provider/served-bindings.js';

/** The need of a requirement that the target does not meet, as a sentence; undefined if it meets all. */
export const unmetBy = ({ needs, alsoSynchronous = false }: RequirementRow, facts: TargetFacts): string | undefined => {
  const { binding, ...others } = needs;
  const isSynchronous = alsoSynchronous && binding !== undefined && !servesAsynchronous(facts);
  return unmet(isSynchronous ? others : needs, facts);
};

const missing = {
  poll: 'A URL to poll security event tokens at (RFC 8936) is needed: --set-poll.',
  push: 'A port on which security event tokens can be pushed (RFC 8935) is needed: --set-push.',
  webhook: 'A port on which deliveries to webhooks can be received is needed: --webhook-port.',
} as const;

/** The need that the target does not meet, as a sentence; undefined if it meets all. */
export const unmet = (needs: Needs, facts: TargetFacts): string | undefined => {
  const { binding, capability, feature, credential, delivery, restart } = needs;
  const served = servedBindings(facts);
  if (binding !== undefined && served.length === 0) {
    return `The target serves no asynchronous binding: ${facts.bindingNote}.`;
  }
  if (binding !== undefined && binding !== 'any' && !served.includes(binding)) {
    return `The target does not serve the ${binding} binding.`;
  }
  if (capability !== undefined && facts.capabilities[capability] !== true) {
    if (capability === 'groups') return 'Groups cannot be read and created on the target.';
    // There may be no ServiceProviderConfig at all, which CORE-01 judges.
    return `No ServiceProviderConfig advertises ${capability === 'cursor' ? 'pages by cursor' : capability}.`;
  }
  if (feature !== undefined && !facts.features.includes(feature))
    return `The feature ${feature} is not advertised (--feature ${feature} judges it nevertheless).`;
  if (delivery !== undefined && facts.deliveries?.includes(delivery) !== true) {
    return missing[delivery];
  }
  if (credential === 'second' && !facts.secondCredential)
    return 'A second credential is needed: --second-token or SCIM_SECOND_TOKEN.';
  if (restart === true && facts.restartable !== true)
    return 'A command that restarts the provider is needed: --restart-command.';
  return undefined;
};
