/** The points at which faults change how requests are read and answered. */
import { urn } from '../../schemas/names.js';
import type { ProvisionStatus } from '../../schemas/types.js';
import type { Job } from '../job.js';
import type { Json } from '../json.js';
import type { Ports } from '../ports.js';
import type { Problem } from '../problem.js';
import type { Query } from '../resources/query.js';
import { viewStatus } from '../status/status-view.js';
import type { Answer } from './answer.js';
import { readPreference, type Preference } from './preference.js';

/** The parts of a request that `respond` can read. */
export interface RequestSummary {
  readonly method: string;
  /** Under the base URL, without query. */
  readonly path: string;
  /** Name of the authenticated client; undefined if there is none. */
  readonly client: string | undefined;
  /** Value of a request field; undefined if it is absent. */
  readonly field: (name: string) => string | undefined;
}

/** Rejects with a Problem if the query is invalid. */
export type Find = (query: Query) => Promise<Json>;

export interface HttpSeams {
  readonly viewStatus: (job: Job, baseUrl: string) => ProvisionStatus;
  readonly renderError: (problem: Problem) => Json;
  /** Parses the Prefer field (RFC 7240). */
  readonly prefers: (field: string | undefined) => Preference;
  /** Milliseconds to wait for a write before it is answered 202; receives those that are due. */
  readonly waited: (millis: number, preference: Preference) => number;
  /** Answers a query with a ListResponse. Rejects with a Problem if the query is invalid. */
  readonly search: (query: Query, find: Find, method: 'GET' | 'POST') => Promise<Json>;
  /** Returns the answer that is sent. */
  readonly respond: (answer: Answer, request: RequestSummary, ports: Ports) => Answer | Promise<Answer>;
}

export const honestHttpSeams: HttpSeams = {
  viewStatus,
  renderError: ({ status, message, scimType }) => ({
    schemas: [urn.error],
    status: String(status),
    ...(scimType === undefined ? {} : { scimType }),
    detail: message,
  }),
  prefers: readPreference,
  waited: (millis) => millis,
  search: (query, find) => find(query),
  respond: (answer) => answer,
};
