/**
 * All faults. They prove the suite: for each fault, it has to report the requirements that the fault breaks, and no
 * others.
 */
import { acceptanceFaults } from './acceptance.js';
import { answersInTimeFaults } from './answers-in-time.js';
import { bulkLimitFaults } from './bulk-limits.js';
import { bulkOrderFaults } from './bulk-order.js';
import { bulkReferenceFaults } from './bulk-references.js';
import { bulkResultFaults } from './bulk-results.js';
import { cancelFaults } from './cancels.js';
import { conditionFaults } from './conditions.js';
import { conflictFaults } from './conflicts.js';
import { contradictionFaults } from './contradictions.js';
import { cursorFaults } from './cursors.js';
import { deliveryFaults } from './delivery.js';
import { discoveryFaults } from './discovery.js';
import { effectFaults } from './effects.js';
import { errorAnswerFaults } from './error-answers.js';
import { errorsFaults } from './errors.js';
import type { Fault } from './fault.js';
import { featureFaults } from './features.js';
import { filterValueFaults } from './filter-values.js';
import { filterFaults } from './filters.js';
import { groupAnswerFaults } from './group-answers.js';
import { groupFaults } from './groups.js';
import { keptAttributeFaults } from './kept-attributes.js';
import { memberFormFaults } from './member-forms.js';
import { lateEffectFaults } from './late-effects.js';
import { limitFaults } from './limits.js';
import { listFaults } from './lists.js';
import { listContentFaults } from './list-contents.js';
import { lostAttributeFaults } from './lost-attributes.js';
import { lostInBulkFaults } from './lost-in-bulk.js';
import { lostWorkFaults } from './lost-work.js';
import { momentFaults } from './moments.js';
import { nestedGroupFaults } from './nested-groups.js';
import { pageFaults } from './pages.js';
import { patchOperationFaults } from './patch-operations.js';
import { patchPathFaults } from './patch-paths.js';
import { patchingFaults } from './patching.js';
import { preferenceFaults } from './preferences.js';
import { priorityFaults } from './priorities.js';
import { rarePathFaults } from './rare-paths.js';
import { rareWriteFaults } from './rare-writes.js';
import { realProviderFaults } from './real-providers.js';
import { requestIdFaults } from './request-ids.js';
import { resourceMetadataFaults } from './resource-metadata.js';
import { resourceTagFaults } from './resource-tags.js';
import { resultFaults } from './results.js';
import { retryFaults } from './retries.js';
import { searchFaults } from './searches.js';
import { restartFaults } from './restarts.js';
import { rollbackFaults } from './rollback.js';
import { schemaFaults } from './schemas.js';
import { securityFaults } from './security.js';
import { sizeFaults } from './sizes.js';
import { spellingFaults } from './spelling.js';
import { statusHistoryFaults } from './status-history.js';
import { statusListFaults } from './status-lists.js';
import { statusTagFaults } from './status-tags.js';
import { statusAccessFaults } from './status-access.js';
import { statusFaults } from './status.js';
import { synchronousBulkFaults } from './synchronous-bulk.js';
import { synchronousBulkGroupFaults } from './synchronous-bulk-groups.js';
import { synchronousFaults } from './synchronous.js';
import { takenNameFaults } from './taken-names.js';
import { tokenClaimFaults } from './token-claims.js';
import { transactionFaults } from './transactions.js';
import { transformFaults } from './transforms.js';
import { undescribedFaults } from './undescribed.js';
import { userNameFaults } from './user-names.js';
import { visibilityFaults } from './visibility.js';
import { auditFaults } from './audit.js';
import { messageFaults } from './messages.js';
import { modificationTimeFaults } from './modification-times.js';
import { webhookDeliveryFaults } from './webhook-deliveries.js';
import { webhookFaults } from './webhooks.js';
import { setLoaded } from './loaded.js';
import { UnknownFault } from './unknown-fault.js';

export const faults: readonly Fault[] = [
  ...synchronousFaults,
  ...synchronousBulkFaults,
  ...synchronousBulkGroupFaults,
  ...resourceMetadataFaults,
  ...modificationTimeFaults,
  ...resourceTagFaults,
  ...listFaults,
  ...listContentFaults,
  ...cursorFaults,
  ...searchFaults,
  ...discoveryFaults,
  ...schemaFaults,
  ...undescribedFaults,
  ...spellingFaults,
  ...filterFaults,
  ...filterValueFaults,
  ...patchingFaults,
  ...patchOperationFaults,
  ...patchPathFaults,
  ...groupFaults,
  ...groupAnswerFaults,
  ...memberFormFaults,
  ...nestedGroupFaults,
  ...acceptanceFaults,
  ...requestIdFaults,
  ...statusFaults,
  ...statusTagFaults,
  ...statusListFaults,
  ...statusHistoryFaults,
  ...resultFaults,
  ...lostWorkFaults,
  ...visibilityFaults,
  ...momentFaults,
  ...lateEffectFaults,
  ...effectFaults,
  ...keptAttributeFaults,
  ...lostAttributeFaults,
  ...lostInBulkFaults,
  ...conditionFaults,
  ...bulkResultFaults,
  ...sizeFaults,
  ...bulkOrderFaults,
  ...bulkLimitFaults,
  ...bulkReferenceFaults,
  ...errorsFaults,
  ...userNameFaults,
  ...takenNameFaults,
  ...errorAnswerFaults,
  ...pageFaults,
  ...limitFaults,
  ...securityFaults,
  ...statusAccessFaults,
  ...retryFaults,
  ...featureFaults,
  ...cancelFaults,
  ...rollbackFaults,
  ...restartFaults,
  ...priorityFaults,
  ...conflictFaults,
  ...transformFaults,
  ...preferenceFaults,
  ...answersInTimeFaults,
  ...tokenClaimFaults,
  ...transactionFaults,
  ...contradictionFaults,
  ...deliveryFaults,
  ...rareWriteFaults,
  ...realProviderFaults,
  ...rarePathFaults,
  ...webhookFaults,
  ...auditFaults,
  ...messageFaults,
  ...webhookDeliveryFaults,
];

/** Throws UnknownFault. */
export const demandFault = (name: string): Fault => {
  const fault = faults.find((candidate) => candidate.name === name);
  if (fault === undefined) throw new UnknownFault(name);
  return fault;
};

setLoaded(demandFault);
