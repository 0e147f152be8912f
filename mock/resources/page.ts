/** Pages of a list: by index (RFC 7644 §3.4.2.4), or by cursor (RFC 9865). */
import { createHash } from 'node:crypto';
import type { Json } from '../json.js';
import { Problem } from '../problem.js';
import type { Stored } from '../stored.js';

export interface Paging {
  readonly startIndex?: string | undefined;
  readonly count?: string | undefined;
  /** Empty: the first page (RFC 9865 §2). Undefined: paging by index. */
  readonly cursor?: string | undefined;
}

export interface CursorClock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** How long a cursor can be used. */
  readonly lifeSeconds: number;
}

export interface Page {
  readonly resources: readonly Stored[];
  /** The members of the ListResponse that say where the page is. */
  readonly numbers: Json;
}

/** Largest number of resources in an answer; advertised as `filter.maxResults`. */
export const maxResults = 1000;

const isWholeNumber = (text: string): boolean => /^-?\d{1,15}$/.test(text);

const wholeNumber = (text: string | undefined, name: string): number | undefined => {
  if (text === undefined) return undefined;
  if (!isWholeNumber(text)) throw new Problem(400, `${name} is a whole number.`, 'invalidValue');
  return Number(text);
};

/** Values of startIndex below 1 mean 1, of count below 0 mean 0 (RFC 7644 §3.4.2.4). */
const byIndex = (found: readonly Stored[], { startIndex: start, count: asked }: Paging): Page => {
  const startIndex = Math.max(1, wholeNumber(start, 'startIndex') ?? 1);
  const count = Math.min(maxResults, Math.max(0, wholeNumber(asked, 'count') ?? maxResults));
  const resources = found.slice(startIndex - 1, startIndex - 1 + count);
  return { resources, numbers: { startIndex, itemsPerPage: resources.length } };
};

/**
 * What a cursor says. It holds all that is needed for the next page, so that the mock keeps no state for clients that never
 * come back.
 */
type Mark = readonly [query: string, issued: number, id: string, created: number];

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 12);

const cursorOf = (mark: Mark): string => Buffer.from(JSON.stringify(mark)).toString('base64url');

const invalidCursor = (): Problem => new Problem(400, 'This query has no such cursor.', 'invalidCursor');

const isMark = (value: unknown): value is Mark =>
  Array.isArray(value) &&
  value.length === 4 &&
  ['string', 'number', 'string', 'number'].every((type, place) => typeof value[place] === type);

/** Throws a Problem of 400 (invalidCursor, expiredCursor). */
const readCursor = (cursor: string, query: string, { now, lifeSeconds }: CursorClock): Mark => {
  let mark: unknown;
  try {
    mark = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw invalidCursor();
  }
  if (!isMark(mark) || mark[0] !== query) throw invalidCursor();
  if (now() - mark[1] > lifeSeconds * 1000) throw new Problem(400, 'The cursor has expired.', 'expiredCursor');
  return mark;
};

/**
 * The place behind the last resource of the page before. If that is gone, it is behind what is surely older: a client may
 * see a resource twice, but misses none.
 */
const placeBehind = (found: readonly Stored[], [, , id, created]: Mark): number => {
  const last = found.findIndex((stored) => stored.id === id);
  if (last >= 0) return last + 1;
  const newer = found.findIndex((stored) => stored.created >= created);
  return newer < 0 ? found.length : newer;
};

const byCursor = (
  found: readonly Stored[],
  { cursor = '', count: asked }: Paging,
  about: string,
  clock: CursorClock,
): Page => {
  if (asked !== undefined && !(isWholeNumber(asked) && Number(asked) >= 1))
    throw new Problem(400, `count is a whole number from 1 to ${maxResults}.`, 'invalidCount');
  const query = digest(about);
  const place = cursor === '' ? 0 : placeBehind(found, readCursor(cursor, query, clock));
  const resources = found.slice(place, place + Math.min(maxResults, Number(asked ?? maxResults)));
  const last = resources.at(-1);
  const isLast = last === undefined || place + resources.length >= found.length;
  return {
    resources,
    numbers: {
      itemsPerPage: resources.length,
      ...(isLast ? {} : { nextCursor: cursorOf([query, clock.now(), last.id, last.created]) }),
    },
  };
};

/** `about` is the same for all pages of one query. Throws a Problem of 400. */
export const pageOf = (found: readonly Stored[], paging: Paging, about: string, clock: CursorClock): Page =>
  paging.cursor === undefined ? byIndex(found, paging) : byCursor(found, paging, about, clock);
