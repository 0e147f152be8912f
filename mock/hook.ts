/** Webhooks (profile HOOK): what a client registers, and what is delivered to it. */

/** The event types that a client can register for; the name of the resource type, and what happened to it. */
export const eventTypes = [
  'user.created',
  'user.updated',
  'user.deleted',
  'group.created',
  'group.updated',
  'group.deleted',
] as const;

export type EventType = (typeof eventTypes)[number];

export interface Hook {
  readonly id: string;
  /** Name of the client that registered it; no other client may see or delete it. */
  readonly client: string;
  readonly eventType: EventType;
  /** The URL to deliver to. */
  readonly endpoint: string;
  /** Names of the attributes that are delivered (RFC 7644 §3.10). */
  readonly attributes: readonly string[];
  /** The key of the signatures. It is in no answer and in no log. */
  readonly secret: string;
  /** Milliseconds since 1970. */
  readonly created: number;
}

/** One event for one webhook. Its id and its body are the same at each try. */
export interface HookDelivery {
  readonly id: string;
  /** Id of the webhook. */
  readonly hook: string;
  /** As it is sent. */
  readonly body: string;
}
