/** Sets of scenarios whose traces several requirements read. */
import { bulkCircle, bulkGraph, bulkIdsShared } from './bulk/bulk-graph.js';
import { bulkLimits } from './bulk/bulk-limits.js';
import { bulkMixed } from './bulk/bulk-mixed.js';
import { bulkOrder } from './bulk/bulk-order.js';
import { bulkReferences } from './bulk/bulk-references.js';
import { bulkSizes } from './bulk/bulk-sizes.js';
import { bulksTogether } from './bulk/bulks-together.js';
import { failOnErrorsScenario } from './bulk/fail-on-errors.js';
import { cancel } from './features/cancel.js';
import { rollback } from './features/rollback.js';
import { conditionalWrites } from './lifecycle/conditional-writes.js';
import { closeLooks } from './lifecycle/close-looks.js';
import { eachEffect } from './lifecycle/each-effect.js';
import { failedEffects } from './lifecycle/failed-effects.js';
import { firstLooks, firstLooksInBulk } from './lifecycle/first-looks.js';
import { lateLook } from './lifecycle/late-look.js';
import { interleaving } from './lifecycle/interleaving.js';
import { manyAtOnce } from './lifecycle/many-at-once.js';
import { readWhileProcessing } from './lifecycle/read-while-processing.js';
import { resultsOfWrites } from './lifecycle/results-of-writes.js';
import { sameAsSynchronous } from './lifecycle/same-as-synchronous.js';
import { synchronousMeanwhile } from './lifecycle/synchronous-meanwhile.js';
import { acceptanceBeforeWork } from './request-mode/acceptance-before-work.js';
import { asyncBulk } from './request-mode/async-bulk.js';
import { asyncCreateScenario } from './request-mode/async-create.js';
import { asyncWrite } from './request-mode/async-write.js';
import { submissionsTogether } from './request-mode/submissions-together.js';
import { eventPoll } from './respond-async/event-poll.js';
import { eventPush } from './respond-async/event-push.js';
import { preferAccept } from './respond-async/prefer-accept.js';
import { preferBulk } from './respond-async/prefer-bulk.js';
import { preferSpelling } from './respond-async/prefer-spelling.js';
import { preferWait } from './respond-async/prefer-wait.js';
import { preferWrite } from './respond-async/prefer-write.js';

/** Scenarios that follow an accepted request from its 202 to its end. */
export const followed = [asyncCreateScenario, asyncBulk];

/** Scenarios with many requests in flight at the same time. */
export const crowded = [interleaving, manyAtOnce, bulksTogether];

/** Scenarios that follow bulk requests to their end. */
export const bulks = [
  asyncBulk,
  bulkMixed,
  bulkGraph,
  bulkIdsShared,
  bulkCircle,
  bulkOrder,
  bulkReferences,
  bulkSizes,
  bulksTogether,
  failOnErrorsScenario,
];

/**
 * Scenarios that follow accepted requests to their end, whatever their subject. Rules for every status resource are judged
 * in all of them, because a provider may follow a rule for plain requests and break it for unusual ones. Not included are
 * the burst, which RATE judges, and odd bulk requests, whose result is left open.
 */
export const settling = [
  ...new Set([
    ...followed,
    ...crowded,
    ...bulks,
    acceptanceBeforeWork,
    asyncWrite,
    bulkLimits,
    cancel,
    closeLooks,
    conditionalWrites,
    eachEffect,
    failedEffects,
    firstLooks,
    firstLooksInBulk,
    lateLook,
    resultsOfWrites,
    rollback,
    sameAsSynchronous,
    readWhileProcessing,
    submissionsTogether,
    synchronousMeanwhile,
  ]),
];

/** Scenarios that write with `Prefer: respond-async`. */
export const preferring = [preferWrite, preferBulk, preferSpelling, preferAccept, preferWait];

/** The same, and the scenarios for both bindings that follow their requests to the end. */
export const answered = [
  ...preferring,
  eventPoll,
  eventPush,
  ...settling.filter(
    (scenario) =>
      ![...followed, asyncWrite, submissionsTogether, acceptanceBeforeWork, cancel, rollback].includes(scenario),
  ),
];

export const effects = [
  eachEffect,
  closeLooks,
  firstLooks,
  firstLooksInBulk,
  failedEffects,
  interleaving,
  manyAtOnce,
  bulkOrder,
];

/** Scenarios with bulk requests that create users, and then search for them. */
export const created = [bulkMixed, bulkGraph, bulkSizes, bulksTogether];
