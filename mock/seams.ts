/**
 * Where a wrong provider would deviate: each seam is one small function or object with one honest implementation.
 * A fault replaces a seam; honest code never asks whether there is one.
 */
import { randomUUID } from 'node:crypto';
import { urn } from '../schemas/names.js';
import type { ProvisionStatus } from '../schemas/types.js';
import { systemClock, type Clock } from './clock.js';
import type { Answer } from './http/answer.js';
import type { Problem } from './problem.js';
import type { Job } from './queue/job.js';
import type { Applied, Operation } from './queue/operation.js';
import type { Task } from './queue/work-queue.js';
import { createApply } from './resources/apply.js';
import type { Json } from './resources/representation.js';
import type { Store } from './resources/store.js';
import { viewStatus } from './status/status-view.js';

/** What of a request the response seam may look at. */
export interface RequestGist {
  readonly method: string;
  /** Under the base URL, without query. */
  readonly path: string;
  /** Value of a request field; undefined where it is absent. */
  readonly field: (name: string) => string | undefined;
}

export interface Seams {
  readonly clock: Clock;
  /** Unguessable (SEC-05). */
  readonly newId: () => string;
  /** Which of the ready tasks is next. */
  readonly next: (ready: readonly Task[]) => number;
  /** Writes operations to this store. */
  readonly createApply: (store: Store) => (operation: Operation) => Applied;
  readonly viewStatus: (job: Job, baseUrl: string) => ProvisionStatus;
  readonly renderError: (problem: Problem) => Json;
  /** The last look at an answer before it is sent. */
  readonly respond: (answer: Answer, request: RequestGist) => Answer | Promise<Answer>;
}

export const honestSeams: Seams = {
  clock: systemClock,
  newId: randomUUID,
  next: () => 0,
  createApply,
  viewStatus,
  renderError: ({ status, message, scimType }) => ({
    schemas: [urn.error],
    status: String(status),
    ...(scimType === undefined ? {} : { scimType }),
    detail: message,
  }),
  respond: (answer) => answer,
};
