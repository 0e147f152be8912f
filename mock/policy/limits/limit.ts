/** What all limits have in common: how they refuse, and how they are shown (draft-ietf-httpapi-ratelimit-headers-10). */
import { serializeList } from 'structured-headers';
import { header } from '../../../schemas/names.js';

type Parameters = Readonly<Record<string, number | string>>;

/** One limit in the fields RateLimit-Policy and RateLimit. */
export interface LimitItem {
  readonly name: string;
  readonly policy: Parameters;
  readonly state: Parameters;
}

export interface Refusal {
  /** Until a request can be admitted again; at least 1. */
  readonly seconds: number;
  /** A sentence. */
  readonly why: string;
  /** The limit at the refusal: later it may have room again, which would contradict the 429 (RATE-08). */
  readonly item: LimitItem;
}

export interface Limit {
  /** Counts a request. Resolves with a refusal if it must not be admitted. */
  readonly take: (bucket: string) => Promise<Refusal | undefined>;
  readonly look: (bucket: string) => Promise<LimitItem>;
  /** Called when a request that was counted is answered, or was refused by another limit. Default: nothing to do. */
  readonly release?: (bucket: string) => void;
}

/** A list of strings with parameters (RFC 9651 §3.1). */
const listOf = (items: readonly LimitItem[], which: 'policy' | 'state'): string =>
  serializeList(items.map((item) => [item.name, new Map(Object.entries(item[which]))]));

export const fieldsOf = (items: readonly LimitItem[]): Record<string, string> =>
  items.length === 0
    ? {}
    : { [header.rateLimitPolicy]: listOf(items, 'policy'), [header.rateLimit]: listOf(items, 'state') };
