/** What transactions want to change, before it is written. */
import type { HookDelivery } from '../../../hook.js';
import type { Outcome } from '../../../operation.js';
import type { Claim } from '../../../ports.js';
import type { Draft } from '../../../security-event.js';
import type { Stored } from '../../../stored.js';

export interface Finish {
  readonly claim: Claim;
  /** Of its operation and, for a unit, of all further ones. */
  readonly outcomes: readonly Outcome[];
  /** Whether the transaction took events for promised. */
  readonly isEventPromised: boolean;
}

export interface Changes {
  /** New states by id; undefined: removed. */
  readonly resources: Map<string, Stored | undefined>;
  /** New owners by userName in lower case; undefined: the name is free again. */
  readonly names: Map<string, string | undefined>;
  /** Ids of jobs whose operations get events from now on. */
  readonly promised: Set<string>;
  readonly finished: Finish[];
  readonly drafts: Draft[];
  readonly deliveries: HookDelivery[];
}

export const noChanges = (): Changes => ({
  resources: new Map(),
  names: new Map(),
  promised: new Set(),
  finished: [],
  drafts: [],
  deliveries: [],
});

/** Adds later changes to earlier ones. */
export const addTo = (changes: Changes, later: Changes): void => {
  for (const [id, stored] of later.resources) changes.resources.set(id, stored);
  for (const [name, owner] of later.names) changes.names.set(name, owner);
  for (const job of later.promised) changes.promised.add(job);
  // One by one: spreading many thousands would overflow the stack.
  for (const finish of later.finished) changes.finished.push(finish);
  for (const draft of later.drafts) changes.drafts.push(draft);
  for (const delivery of later.deliveries) changes.deliveries.push(delivery);
};
