/** Where a wrong provider would deviate in how it reads requests and what it answers. */
import { urn } from '../../schemas/names.js';
import type { ProvisionStatus } from '../../schemas/types.js';
import type { Job } from '../job.js';
import type { Json } from '../json.js';
import type { Ports } from '../ports.js';
import type { Problem } from '../problem.js';
import { viewStatus } from '../status/status-view.js';
import type { Answer } from './answer.js';
import { readPreference, type Preference } from './preference.js';

/** What of a request the response seam may look at. */
export interface RequestGist {
  readonly method: string;
  /** Under the base URL, without query. */
  readonly path: string;
  /** Name of the client that was let in; undefined where none was. */
  readonly client: string | undefined;
  /** Value of a request field; undefined where it is absent. */
  readonly field: (name: string) => string | undefined;
}

export interface HttpSeams {
  readonly viewStatus: (job: Job, baseUrl: string) => ProvisionStatus;
  readonly renderError: (problem: Problem) => Json;
  /** What a Prefer field asks for (RFC 7240). */
  readonly prefers: (field: string | undefined) => Preference;
  /** Milliseconds for which a request is waited for before it is answered 202, of those that are due to it. */
  readonly waited: (millis: number, preference: Preference) => number;
  /** The last look at an answer before it is sent. */
  readonly respond: (answer: Answer, request: RequestGist, ports: Ports) => Answer | Promise<Answer>;
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
  respond: (answer) => answer,
};
