/**
 * Every scenario, in the order in which a run begins them: short ones that find much come first, then long ones, so that
 * at the end no long scenario runs alone.
 */
import { duplicateUser } from './errors/duplicate-user.js';
import { afterOddInput } from './errors/after-odd-input.js';
import { fuzz } from './errors/fuzz.js';
import { invalidUser } from './errors/invalid-user.js';
import { malformedJson } from './errors/malformed-json.js';
import { refusedAtOnce } from './errors/refused-at-once.js';
import { unknownPath } from './errors/unknown-path.js';
import { unknownResource } from './errors/unknown-resource.js';
import { wrongBodies } from './errors/wrong-bodies.js';
import { wrongContentType } from './errors/wrong-content-type.js';
import { acceptanceBeforeWork } from './request-mode/acceptance-before-work.js';
import { asyncBulk } from './request-mode/async-bulk.js';
import { asyncCreateScenario } from './request-mode/async-create.js';
import { asyncWrite } from './request-mode/async-write.js';
import { modeOnRead } from './request-mode/mode-on-read.js';
import { modeSpelling } from './request-mode/mode-spelling.js';
import { modeValues } from './request-mode/mode-values.js';
import { requestId } from './request-mode/request-id.js';
import { statusMethods } from './request-mode/status-methods.js';
import { statusOfUnknown } from './request-mode/status-of-unknown.js';
import { statusRepresentations } from './request-mode/status-representations.js';
import { submissionsTogether } from './request-mode/submissions-together.js';
import type { Scenario } from '../definitions/scenario.js';
import { bulkCircle, bulkGraph, bulkIdsShared } from './bulk/bulk-graph.js';
import { bulkLimits } from './bulk/bulk-limits.js';
import { bulkMixed } from './bulk/bulk-mixed.js';
import { bulkOdd } from './bulk/bulk-odd.js';
import { bulkOrder } from './bulk/bulk-order.js';
import { bulkReferences } from './bulk/bulk-references.js';
import { bulkSizes } from './bulk/bulk-sizes.js';
import { bulksTogether } from './bulk/bulks-together.js';
import { failOnErrorsScenario } from './bulk/fail-on-errors.js';
import { queueMessage } from './integration/queue-message.js';
import { auditTrail } from './integration/audit-trail.js';
import { webhookDeliveries } from './integration/webhook-deliveries.js';
import { webhookRegistration } from './integration/webhook-registration.js';
import { webhookRemoval } from './integration/webhook-removal.js';
import { webhookRetries } from './integration/webhook-retries.js';
import { cancel } from './features/cancel.js';
import { requestIdReused, requestIdShared } from './features/request-id-reused.js';
import { conflict } from './features/conflict.js';
import { priority } from './features/priority.js';
import { restart } from './features/restart.js';
import { rollback } from './features/rollback.js';
import { safeRetry } from './features/safe-retry.js';
import { transform } from './features/transform.js';
import { statusToken } from './features/status-token.js';
import { closeLooks } from './lifecycle/close-looks.js';
import { conditionalWrites } from './lifecycle/conditional-writes.js';
import { eachEffect } from './lifecycle/each-effect.js';
import { failedEffects } from './lifecycle/failed-effects.js';
import { firstLooks, firstLooksInBulk } from './lifecycle/first-looks.js';
import { interleaving } from './lifecycle/interleaving.js';
import { lateLook } from './lifecycle/late-look.js';
import { manyAtOnce } from './lifecycle/many-at-once.js';
import { patchesBesideEachOther } from './lifecycle/patches-beside-each-other.js';
import { resultsOfWrites } from './lifecycle/results-of-writes.js';
import { sameAsSynchronous } from './lifecycle/same-as-synchronous.js';
import { readWhileProcessing } from './lifecycle/read-while-processing.js';
import { synchronousMeanwhile } from './lifecycle/synchronous-meanwhile.js';
import { burst } from './rate-limit/burst.js';
import { foreignList } from './security/foreign-list.js';
import { foreignStatus } from './security/foreign-status.js';
import { badCredential, withoutCredential } from './security/credentials.js';
import { hostileIdsScenario } from './security/hostile-ids.js';
import { originalRequestId } from './security/original-request-id.js';
import { passwordsScenario } from './security/passwords.js';
import { discovery } from './synchronous/discovery.js';
import { cursorPages } from './synchronous/cursor-pages.js';
import { everyAttribute } from './synchronous/every-attribute.js';
import { filterByUserName } from './synchronous/filter-by-user-name.js';
import { filters } from './synchronous/filters.js';
import { eventPoll } from './respond-async/event-poll.js';
import { eventPush } from './respond-async/event-push.js';
import { preferAccept } from './respond-async/prefer-accept.js';
import { preferAsAdvertised } from './respond-async/prefer-as-advertised.js';
import { preferBulk } from './respond-async/prefer-bulk.js';
import { preferSpelling } from './respond-async/prefer-spelling.js';
import { preferWait } from './respond-async/prefer-wait.js';
import { preferWrite } from './respond-async/prefer-write.js';
import { resultAccess } from './respond-async/result-access.js';
import { passwordWrites } from './synchronous/password-writes.js';
import { groupMembers } from './synchronous/group-members.js';
import { listPages } from './synchronous/list-pages.js';
import { listsBesideReads } from './synchronous/lists-beside-reads.js';
import { membersAtATime } from './synchronous/members-at-a-time.js';
import { metaLocations } from './synchronous/meta-locations.js';
import { modificationTimes } from './synchronous/modification-times.js';
import { patchRules } from './synchronous/patch-rules.js';
import { memberForms } from './synchronous/member-forms.js';
import { memberSequences } from './synchronous/member-sequences.js';
import { membersInRounds } from './synchronous/members-in-rounds.js';
import { patchSemantics } from './synchronous/patch-semantics.js';
import { patchSequences } from './synchronous/patch-sequences.js';
import { resourceLifecycle } from './synchronous/resource-lifecycle.js';
import { resourceVersions } from './synchronous/resource-versions.js';
import { searchByPost } from './synchronous/search-by-post.js';
import { schemasAndTypes } from './synchronous/schemas-and-types.js';
import { synchronousBulkChanges } from './synchronous/synchronous-bulk-changes.js';
import { synchronousBulkGroups } from './synchronous/synchronous-bulk-groups.js';
import { synchronousBulk } from './synchronous/synchronous-bulk.js';

export const scenarios: readonly Scenario[] = [
  discovery,
  schemasAndTypes,
  resourceLifecycle,
  patchSemantics,
  everyAttribute,
  patchRules,
  patchSequences,
  groupMembers,
  metaLocations,
  modificationTimes,
  resourceVersions,
  memberForms,
  memberSequences,
  synchronousBulk,
  synchronousBulkChanges,
  synchronousBulkGroups,
  filterByUserName,
  listPages,
  listsBesideReads,
  cursorPages,
  searchByPost,
  filters,
  preferAsAdvertised,
  passwordWrites,
  passwordsScenario,
  badCredential,
  statusToken,
  interleaving,
  bulkMixed,
  bulkGraph,
  bulkIdsShared,
  bulkOrder,
  bulkReferences,
  bulkLimits,
  eachEffect,
  resultsOfWrites,
  conditionalWrites,
  sameAsSynchronous,
  failedEffects,
  failOnErrorsScenario,
  bulksTogether,
  bulkSizes,
  bulkCircle,
  bulkOdd,
  cancel,
  rollback,
  conflict,
  transform,
  safeRetry,
  requestIdReused,
  requestIdShared,
  foreignStatus,
  foreignList,
  asyncCreateScenario,
  asyncBulk,
  requestId,
  modeSpelling,
  modeValues,
  modeOnRead,
  asyncWrite,
  submissionsTogether,
  statusRepresentations,
  statusMethods,
  statusOfUnknown,
  preferWrite,
  preferBulk,
  preferSpelling,
  preferAccept,
  resultAccess,
  lateLook,
  manyAtOnce,
  malformedJson,
  invalidUser,
  wrongContentType,
  duplicateUser,
  unknownResource,
  unknownPath,
  refusedAtOnce,
  wrongBodies,
  fuzz,
  withoutCredential,
  originalRequestId,
  auditTrail,
  queueMessage,
  hostileIdsScenario,
  // These run alone, in this order.
  webhookRegistration,
  webhookDeliveries,
  webhookRetries,
  webhookRemoval,
  afterOddInput,
  membersAtATime,
  membersInRounds,
  patchesBesideEachOther,
  readWhileProcessing,
  closeLooks,
  firstLooks,
  firstLooksInBulk,
  acceptanceBeforeWork,
  synchronousMeanwhile,
  priority,
  preferWait,
  eventPoll,
  eventPush,
  // Last of these, because a restart may disturb what comes after it.
  restart,
  // It runs when all findings of the others are confirmed.
  burst,
];
