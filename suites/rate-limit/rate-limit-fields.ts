/**
 * Reads the fields in which a provider announces its rate limit (draft-ietf-httpapi-ratelimit-headers), in all forms
 * of the draft's versions: `RateLimit: "default";r=5;t=3` (since -08, where the name was a token at first, later a
 * token or a string), `RateLimit: limit=10, remaining=5, reset=3` (-07) and three fields `RateLimit-Limit`, `-Remaining`,
 * `-Reset` (to -06). Profile §7, clarification 11.
 */
import { isInnerList, parseDictionary, parseItem, parseList, Token, type Parameters } from 'structured-headers';
import type { HeaderList } from '../../schemas/types.js';
import { headerValue } from '../trace/message.js';

export type DraftVersion = '-08 and later' | '-07' | '-06 and earlier';

export interface Quota {
  /** Undefined in versions of the draft that have only one quota. */
  readonly name?: string;
  /** Requests that are admitted in a window; undefined if the provider does not say. */
  readonly limit?: number;
  readonly remaining?: number;
  /** Seconds until the quota is restored. */
  readonly reset?: number;
  /** Seconds for which the limit holds. */
  readonly window?: number;
  /** The unit of the counts; requests if it is absent. */
  readonly unit?: string;
}

/** Whether a quota counts requests, and not something else, such as bytes. */
export const countsRequests = ({ unit = 'requests' }: Quota): boolean => unit === 'requests';

export interface RateLimitFields {
  readonly type: 'fields';
  readonly version: DraftVersion;
  readonly quotas: readonly Quota[];
}

export type RateLimitReading =
  | { readonly type: 'absent' }
  | { readonly type: 'invalid'; readonly field: string; readonly value: string; readonly why: string }
  | RateLimitFields;

class Invalid extends Error {}

const names = ['RateLimit', 'RateLimit-Policy', 'RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'] as const;

const whole = (value: unknown, what: string): number | undefined => {
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new Invalid(`${what} is no whole number of 0 or more`);
};

const numbers = (parameters: Parameters): Quota => {
  const limit = whole(parameters.get('q'), 'q');
  const remaining = whole(parameters.get('r'), 'r');
  const reset = whole(parameters.get('t'), 't');
  const window = whole(parameters.get('w'), 'w');
  const unit: unknown = parameters.get('qu');
  return {
    ...(limit === undefined ? {} : { limit }),
    ...(remaining === undefined ? {} : { remaining }),
    ...(reset === undefined ? {} : { reset }),
    ...(window === undefined ? {} : { window }),
    ...(typeof unit === 'string' ? { unit } : {}),
  };
};

/** Parses a list of named quotas: `"default";r=5;t=3`, or for the policy `"default";q=100;w=60`. */
const byName = (value: string, needs: 'r' | 'q'): Map<string, Quota> => {
  const quotas = new Map<string, Quota>();
  for (const item of parseList(value)) {
    const [named, parameters] = item;
    const name = typeof named === 'string' ? named : named instanceof Token ? named.toString() : undefined;
    if (name === undefined) throw new Invalid('an item is neither a string nor a token');
    const quota = { name, ...numbers(parameters) };
    if (parameters.get(needs) === undefined) throw new Invalid(`«${name}» has no ${needs}`);
    quotas.set(name, quota);
  }
  if (quotas.size === 0) throw new Invalid('it holds no quota');
  return quotas;
};

/** Parses the policies of version -07, each a number of admitted requests: `10;w=1, 50;w=60`. */
const byNumber = (value: string): Quota[] =>
  parseList(value).map((item) => {
    if (isInnerList(item)) throw new Invalid('an item is no number');
    const window = whole(item[1].get('w'), 'w');
    return { limit: whole(item[0], 'an item') ?? 0, ...(window === undefined ? {} : { window }) };
  });

const modern = (value: string | undefined, policy: string | undefined): Quota[] => {
  if (value === undefined && policy !== undefined && /^\s*\d/.test(policy)) return byNumber(policy);
  const policies = policy === undefined ? new Map<string, Quota>() : byName(policy, 'q');
  if (value === undefined) return [...policies.values()];
  return [...byName(value, 'r')].map(([name, quota]) => ({ ...policies.get(name), ...quota }));
};

/** Whether a value begins with a member `name=…`, as in version -07. */
const isDictionary = (value: string): boolean => /^\s*[a-z*][\w.*-]*=/.test(value);

const dictionary = (value: string): Quota => {
  const members = parseDictionary(value);
  const member = (name: string): number | undefined => {
    const item = members.get(name);
    return item === undefined || isInnerList(item) ? undefined : whole(item[0], name);
  };
  const [limit, remaining, reset] = [member('limit'), member('remaining'), member('reset')];
  // In version -07 `remaining` is optional, and `limit` is required.
  if (remaining === undefined && limit === undefined) throw new Invalid('it has neither a named quota nor remaining');
  return {
    ...(remaining === undefined ? {} : { remaining }),
    ...(limit === undefined ? {} : { limit }),
    ...(reset === undefined ? {} : { reset }),
  };
};

/** In the oldest drafts, `limit` may have its policies after a comma: `10, 10;w=1`. */
const single = (value: string): number => {
  const [first = ''] = value.split(',');
  return whole(parseItem(first.trim())[0], 'it') ?? 0;
};

const readFields = (headers: HeaderList): RateLimitReading => {
  const present = names.flatMap((name) => {
    const value = headerValue(headers, name);
    return value === undefined ? [] : [{ name, value }];
  });
  const [first] = present;
  if (first === undefined) return { type: 'absent' };
  const value = (name: (typeof names)[number]): string | undefined => present.find((each) => each.name === name)?.value;
  let field = first;
  try {
    const remaining = present.find(({ name }) => name === 'RateLimit-Remaining');
    if (remaining !== undefined) {
      const quota: { -readonly [K in keyof Quota]: Quota[K] } = {};
      for (const [name, key] of [
        ['RateLimit-Limit', 'limit'],
        ['RateLimit-Remaining', 'remaining'],
        ['RateLimit-Reset', 'reset'],
      ] as const) {
        const each = present.find((one) => one.name === name);
        if (each === undefined) continue;
        field = each;
        quota[key] = single(each.value);
      }
      return { type: 'fields', version: '-06 and earlier', quotas: [quota] };
    }
    if (present.some(({ name }) => /-(Limit|Reset)$/.test(name))) {
      return { type: 'fields', version: '-06 and earlier', quotas: [] };
    }
    const limits = present.find(({ name }) => name === 'RateLimit');
    field = limits ?? first;
    if (limits !== undefined && isDictionary(limits.value)) {
      return { type: 'fields', version: '-07', quotas: [dictionary(limits.value)] };
    }
    return { type: 'fields', version: '-08 and later', quotas: modern(limits?.value, value('RateLimit-Policy')) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { type: 'invalid', field: field.name, value: field.value, why };
  }
};

/** Cache: the answers of a provider repeat the same few values. */
const known = new Map<string, RateLimitReading>();

/** The cache holds at most so many readings. */
const mostKnown = 2000;

/** Reads the rate-limit fields of one answer. */
export const readRateLimit = (headers: HeaderList): RateLimitReading => {
  const fields = headers.filter(([name]) => /^ratelimit/i.test(name));
  if (fields.length === 0) return { type: 'absent' };
  const key = JSON.stringify(fields);
  const found = known.get(key);
  if (found !== undefined) return found;
  const reading = readFields(fields);
  if (known.size >= mostKnown) known.clear();
  known.set(key, reading);
  return reading;
};
