/** Reads one page of a list: what was asked for, and what came (RFC 7644 §3.4.2, RFC 9865 §2). */
import { isObject, responseObject } from '../trace/message.js';
import type { Answered } from '../trace/trace.js';

export interface ListPage {
  readonly exchange: Answered;
  readonly asked: {
    readonly startIndex: number | undefined;
    readonly count: number | undefined;
    readonly filter: string | undefined;
  };
  /** Number of resources. */
  readonly length: number;
  readonly ids: readonly string[];
  readonly totalResults: number | undefined;
  readonly startIndex: number | undefined;
  readonly itemsPerPage: number | undefined;
  /** As it was sent; undefined if it is absent or null (RFC 7643 §2.5). */
  readonly nextCursor: unknown;
  /** Whether the provider pages by cursor here. */
  readonly hasCursor: boolean;
}

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

/** Undefined if the answer is not 200 with a JSON object. */
export const listPageOf = (exchange: Answered): ListPage | undefined => {
  const body = exchange.response.status === 200 ? responseObject(exchange) : undefined;
  if (body === undefined) return undefined;
  const { searchParams } = new URL(exchange.request.url);
  const asked = (name: string): number | undefined => {
    const text = searchParams.get(name);
    return text === null ? undefined : Number(text);
  };
  const resources: unknown[] = Array.isArray(body.Resources) ? body.Resources : [];
  return {
    exchange,
    asked: { startIndex: asked('startIndex'), count: asked('count'), filter: searchParams.get('filter') ?? undefined },
    length: resources.length,
    ids: resources.flatMap((resource) => (isObject(resource) && typeof resource.id === 'string' ? [resource.id] : [])),
    totalResults: numberOf(body.totalResults),
    startIndex: numberOf(body.startIndex),
    itemsPerPage: numberOf(body.itemsPerPage),
    nextCursor: body.nextCursor ?? undefined,
    hasCursor: !isAbsent(body.nextCursor) || !isAbsent(body.previousCursor),
  };
};

export const listPagesOf = (exchanges: readonly Answered[]): readonly ListPage[] =>
  exchanges.flatMap((exchange) => listPageOf(exchange) ?? []);
