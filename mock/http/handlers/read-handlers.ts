/** Handlers for reads of resources, lists and discovery documents. */
import { header } from '../../../schemas/names.js';
import type { Json } from '../../json.js';
import type { AttributeBounds } from '../../operation.js';
import type { Ports } from '../../ports.js';
import { Problem } from '../../problem.js';
import { projectionOf } from '../../resources/projection.js';
import { listResponse, userNameIn, type Query } from '../../resources/query.js';
import { seen } from '../../resources/bounds.js';
import { pathOf, represent } from '../../resources/representation.js';
import type { ResourceType } from '../../resources/resource-type.js';
import { etagOf, matchesEtag, type Stored } from '../../stored.js';
import { emptyAnswer, scimAnswer, type Answer } from '../answer.js';
import type { HandlerContext } from '../context.js';
import { discoveryDocument, serviceProviderConfig } from './discovery.js';

export interface ResourceRead {
  readonly type: ResourceType;
  readonly id: string;
  readonly query: Query;
  readonly ifNoneMatch: string | undefined;
  readonly bounds: AttributeBounds | undefined;
}

export const answerResource = async (
  { type, id, query, ifNoneMatch, bounds }: ResourceRead,
  { ports, baseUrl }: HandlerContext,
): Promise<Answer> => {
  const stored = await ports.store.get(type.name, id);
  const etag = etagOf(stored);
  if (ifNoneMatch !== undefined && matchesEtag(ifNoneMatch, etag)) return emptyAnswer(304, { [header.etag]: etag });
  return scimAnswer(200, projectionOf(type, query)(represent(seen(stored, bounds), baseUrl)), {
    [header.location]: `${baseUrl}${pathOf(stored)}`,
    [header.etag]: etag,
  });
};

/** All resources of the type that the filter can match. */
const candidates = async (type: ResourceType, query: Query, { store }: Ports): Promise<readonly Stored[]> => {
  const userName = type.name === 'User' ? userNameIn(query) : undefined;
  if (userName === undefined) return store.list(type.name);
  const named = await store.named(userName);
  return named === undefined ? [] : [named];
};

export interface ListRead {
  /** One for its endpoint, all for the root (RFC 7644 §3.4.2.1). */
  readonly types: readonly ResourceType[];
  readonly query: Query;
  readonly method: 'GET' | 'POST';
  readonly bounds: AttributeBounds | undefined;
}

export const answerList = async (
  { types, query, method, bounds }: ListRead,
  { ports, baseUrl, clock, settings, seams }: HandlerContext,
): Promise<Answer> => {
  const cursors = { now: () => clock.now(), lifeSeconds: settings.cursorSeconds };
  const find = async (asked: Query): Promise<Json> => {
    const found = await Promise.all(
      types.map(async (type) => ({ type, resources: await candidates(type, asked, ports) })),
    );
    const pause = (): Promise<unknown> => clock.sleep(0);
    return listResponse(found, asked, {
      ...{ baseUrl, cursors, seams, pause },
      seen: (stored) => seen(stored, bounds),
    });
  };
  return scimAnswer(200, await seams.search(query, find, method));
};

/** No credential of the mock stands for a user (RFC 7644 §3.11). */
export const answerMe = (): never => {
  throw new Problem(501, 'The alias /Me is not supported.');
};

/** Throws a Problem of 403 if there is a filter: a client must not take the whole list for a match (RFC 7644 §4). */
const refuseFilter = ({ filter }: Query): void => {
  if (filter !== undefined) throw new Problem(403, 'Discovery endpoints do not support filters.');
};

export const answerConfig = (query: Query, { settings, baseUrl }: HandlerContext): Answer => {
  refuseFilter(query);
  return scimAnswer(200, serviceProviderConfig(settings, baseUrl));
};

export interface DiscoveryRead {
  readonly endpoint: 'ResourceTypes' | 'Schemas';
  /** Undefined: the whole list. */
  readonly id: string | undefined;
  readonly query: Query;
}

export const answerDiscovery = ({ endpoint, id, query }: DiscoveryRead, { baseUrl }: HandlerContext): Answer => {
  refuseFilter(query);
  const document = discoveryDocument(endpoint, id, baseUrl);
  if (document === undefined) throw new Problem(404, 'There is no such document.');
  return scimAnswer(200, document);
};
