/** Answers reads: resources, lists, discovery, and the status of asynchronous requests. */
import { header } from '../../schemas/names.js';
import type { Clock } from '../clock.js';
import type { Intake } from '../jobs/intake.js';
import type { Settings } from '../options.js';
import { Problem } from '../problem.js';
import { isCompleted } from '../jobs/job.js';
import { projectionOf } from '../resources/projection.js';
import { listResponse, type Query } from '../resources/query.js';
import { etagOf, pathOf, represent } from '../resources/representation.js';
import type { ResourceType } from '../resources/resource-type.js';
import { matchesEtag, type Store } from '../resources/store.js';
import type { Seams } from '../seams.js';
import { statusEtag } from '../status/status-view.js';
import { emptyAnswer, scimAnswer, type Answer } from './answer.js';
import { discoveryDocument, serviceProviderConfig } from './discovery.js';
import { statusHeaders } from './write-handlers.js';

export interface ReadContext {
  readonly settings: Settings;
  readonly seams: Seams;
  readonly clock: Clock;
  readonly baseUrl: string;
  readonly store: Store;
  readonly intake: Intake;
}

export const answerResource = (
  type: ResourceType,
  id: string,
  query: Query,
  ifNoneMatch: string | undefined,
  { store, baseUrl }: ReadContext,
): Answer => {
  const stored = store.get(type, id);
  const etag = etagOf(stored);
  if (ifNoneMatch !== undefined && matchesEtag(ifNoneMatch, etag)) return emptyAnswer(304, { [header.etag]: etag });
  return scimAnswer(200, projectionOf(type, query)(represent(stored, baseUrl)), {
    [header.location]: `${baseUrl}${pathOf(stored)}`,
    [header.etag]: etag,
  });
};

export const answerList = (type: ResourceType, query: Query, { store, baseUrl }: ReadContext): Answer =>
  scimAnswer(200, listResponse(type, store.list(type), query, baseUrl));

export interface StatusRead {
  readonly id: string;
  readonly client: string;
  readonly originalRequestId: string | undefined;
  readonly ifNoneMatch: string | undefined;
}

export const answerStatus = (read: StatusRead, { settings, seams, clock, baseUrl, intake }: ReadContext): Answer => {
  const job = intake.find(read.id, read.client);
  job.polled = clock.now();
  if (read.originalRequestId !== undefined && read.originalRequestId !== job.requestId) {
    throw new Problem(400, `${header.originalRequestId} is not that of this request.`, 'invalidValue');
  }
  const headers = statusHeaders(job, settings);
  if (read.ifNoneMatch !== undefined && matchesEtag(read.ifNoneMatch, statusEtag(job)))
    return emptyAnswer(304, headers);
  return scimAnswer(200, seams.viewStatus(job, baseUrl), headers);
};

/** Stops what has not run yet (feature `cancel`, CNCL-01). Throws a Problem of 404, or 409 where nothing is left to stop. */
export const answerCancel = (id: string, client: string, { intake }: ReadContext): Answer => {
  const job = intake.find(id, client);
  if (isCompleted(job)) throw new Problem(409, 'The request is completed: there is nothing left to cancel.');
  job.cancelled = true;
  return emptyAnswer(204, { [header.cacheControl]: 'no-store' });
};

/** Nobody shall take the whole of what is discovered for what a filter found (RFC 7644 §4). Throws a Problem of 403. */
const refuseFilter = ({ filter }: Query): void => {
  if (filter !== undefined) throw new Problem(403, 'What is discovered cannot be filtered.');
};

export const answerConfig = (query: Query, { settings, baseUrl }: ReadContext): Answer => {
  refuseFilter(query);
  return scimAnswer(200, serviceProviderConfig(settings, baseUrl));
};

export const answerDiscovery = (
  endpoint: 'ResourceTypes' | 'Schemas',
  id: string | undefined,
  query: Query,
  { baseUrl }: ReadContext,
): Answer => {
  refuseFilter(query);
  const document = discoveryDocument(endpoint, id, baseUrl);
  if (document === undefined) throw new Problem(404, 'There is no such document.');
  return scimAnswer(200, document);
};
