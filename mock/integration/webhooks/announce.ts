/**
 * Records a delivery for each webhook that a write concerns, in the transaction of the write: no event is lost, and
 * none is delivered of a write that was not committed.
 */
import type { Translator } from '../../../schemas/wire/translator.js';
import type { Clock } from '../../clock.js';
import type { Json } from '../../json.js';
import type { Written } from '../../operation.js';
import type { Transaction } from '../../ports.js';
import { projectionOf } from '../../resources/projection.js';
import { represent } from '../../resources/representation.js';
import { resourceTypes } from '../../resources/resource-type.js';
import type { Stored } from '../../stored.js';
import type { Hook } from '../../hook.js';
import type { HookSeams } from './hook-seams.js';

export interface AnnounceOptions {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly baseUrl: () => string;
  /** Undefined: the wire has the names of the mock. */
  readonly wire: Translator | undefined;
  readonly seams: Pick<HookSeams, 'hookAttributes' | 'hookEvent'>;
}

/** Records the deliveries of a write. */
export type Announce = (written: Written, transaction: Transaction, isAsynchronous: boolean) => Promise<void>;

/** A projection always holds these (RFC 7643 §3), a delivery only if they were chosen. */
const always = ['schemas', 'id'];

const chosenOf = ({ attributes }: Hook, stored: Stored, resource: Json): Json => {
  const projection = projectionOf(resourceTypes[stored.type], { attributes: attributes.join(',') });
  const wanted = new Set(attributes.map((name) => name.toLowerCase()));
  return Object.fromEntries(
    Object.entries(projection(resource)).filter(([name]) => !always.includes(name) || wanted.has(name.toLowerCase())),
  );
};

export const createAnnounce =
  ({ clock, newId, baseUrl, seams, wire }: AnnounceOptions): Announce =>
  async (written, transaction, isAsynchronous) => {
    const eventType = seams.hookEvent(written, isAsynchronous);
    const stored = written.stored ?? written.before;
    if (eventType === undefined || stored === undefined) return;
    const hooks = await transaction.hooksFor(eventType);
    if (hooks.length === 0) return;
    const resource = represent(stored, baseUrl());
    const occurredAt = new Date(clock.now()).toISOString();
    for (const hook of hooks) {
      const id = newId();
      const attributes = seams.hookAttributes(chosenOf(hook, stored, resource), resource);
      const body = JSON.stringify({ id, eventType, occurredAt, attributes });
      await transaction.deliver({ id, hook: hook.id, body: wire?.body(body) ?? body });
    }
  };
