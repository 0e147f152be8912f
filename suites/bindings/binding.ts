/**
 * The common interface of the asynchronous bindings (profile §1), so that lifecycle scenarios run over each binding that
 * the target serves. A binding does no I/O: the session sends the requests.
 */
import type { HeaderList, Submission } from '../../schemas/types.js';
import type { BindingName } from '../contract/binding-name.js';
import type { Answered } from '../trace/trace.js';

export interface Asking {
  /** The X-Request-ID of the client (profile D3), if it sends one. */
  readonly requestId?: string;
}

export interface OperationResult {
  /** Place of the operation in the request, from 0. */
  readonly index: number;
  readonly method?: string;
  /** HTTP status as a string (RFC 7644 §3.7.3). */
  readonly status?: string;
  readonly bulkId?: string;
  readonly location?: string;
  readonly version?: string;
  readonly response?: unknown;
}

/** What one read of an asynchronous request showed. */
export type Observation =
  | { readonly state: 'pending' }
  | { readonly state: 'completed'; readonly results: readonly OperationResult[] }
  /** The answer shows neither; `why` completes the sentence «the observation failed: …». */
  | { readonly state: 'unreadable'; readonly why: string };

/** The reason for an answer that was too long to be kept whole. */
export const tooLong = 'it is too long, and only its beginning was kept';

/** The part of a submission that is needed to interpret an observation. */
export type Observed = Pick<Submission, 'operations' | 'shape' | 'txn' | 'failOnErrors'>;

export interface Binding {
  readonly name: BindingName;
  /** `Accept` for a GET of the URL in the 202. */
  readonly accept: string;
  /** Header fields that ask for an asynchronous answer. */
  ask(asking: Asking): HeaderList;
  /** Absolute URL at which an accepted request can be observed; undefined if the 202 has none. */
  location(accepted: Answered, baseUrl: string): string | undefined;
  /** Reads the answer to a GET of that URL. */
  observe(answer: Answered, submission: Observed, baseUrl: string): Observation;
}
