/** The points at which faults change webhooks and their deliveries. */
import type { Json } from '../../json.js';
import type { Written } from '../../operation.js';
import type { Hooks } from '../../integration-ports.js';
import type { TypeName } from '../../stored.js';
import type { EventType, Hook, HookDelivery } from '../../hook.js';

export interface HookRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One try of a delivery. */
export interface HookTry {
  readonly hook: Hook;
  readonly delivery: HookDelivery;
  /** From 1. */
  readonly number: number;
}

const nouns: Readonly<Record<TypeName, 'user' | 'group'>> = { User: 'user', Group: 'group' };

/** The event of a write; undefined if nothing changed. */
const eventTypeOf = ({ before, stored }: Written): EventType | undefined => {
  const resource = stored ?? before;
  if (resource === undefined) return undefined;
  const noun = nouns[resource.type];
  if (stored === undefined) return `${noun}.deleted`;
  if (before === undefined) return `${noun}.created`;
  return before.version === stored.version ? undefined : `${noun}.updated`;
};

export interface HookSeams {
  /** The event that is delivered of a write; undefined: none. */
  readonly hookEvent: (written: Written, isAsynchronous: boolean) => EventType | undefined;
  /** The part of a representation that is delivered; receives the honest part, too. */
  readonly hookAttributes: (chosen: Json, resource: Json) => Json;
  /** Returns the request that is sent. */
  readonly hookRequest: (request: HookRequest, what: HookTry) => HookRequest;
  /** Milliseconds until the next try after one that failed; undefined: there is none. `status`: undefined: no answer. */
  readonly hookWait: (honest: number | undefined, status: number | undefined) => number | undefined;
  /** Removes a webhook. Resolves with false if there is none. */
  readonly removeHook: (id: string, hooks: Hooks) => Promise<boolean>;
}

export const honestHookSeams: HookSeams = {
  hookEvent: eventTypeOf,
  hookAttributes: (chosen) => chosen,
  hookRequest: (request) => request,
  hookWait: (honest) => honest,
  removeHook: (id, hooks) => hooks.remove(id),
};
