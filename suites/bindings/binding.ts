/**
 * The one interface of the ways to be asynchronous (profile §1), so that scenarios of the lifecycle run over
 * whichever the target serves. Pure: the session does the talking.
 */
import type { HeaderList, Submission } from '../../schemas/types.js';
import type { BindingName } from '../contract/binding-name.js';
import type { Answered } from '../trace/trace.js';

export interface Asking {
  /** Client's own id of the request (profile D3), where it sends one. */
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
  readonly response?: unknown;
}

/** What one look at an asynchronous request showed. */
export type Observation =
  | { readonly state: 'pending' }
  | { readonly state: 'completed'; readonly results: readonly OperationResult[] }
  /** The answer says neither; `why` completes the sentence «the observation failed: …». */
  | { readonly state: 'unreadable'; readonly why: string };

/** Why an answer that was cut cannot be read. */
export const tooLong = 'it is too long, and only its beginning was kept';

/** What of a submission it takes to understand an observation of it. */
export type Observed = Pick<Submission, 'operations' | 'shape' | 'txn'>;

export interface Binding {
  readonly name: BindingName;
  /** `Accept` of a GET of what the 202 leads to. */
  readonly accept: string;
  /** Header fields that ask for an asynchronous answer. */
  ask(asking: Asking): HeaderList;
  /** Absolute URL to observe an accepted request at; undefined where the 202 names none. */
  location(accepted: Answered, baseUrl: string): string | undefined;
  /** Reads the answer to a GET of that URL. */
  observe(answer: Answered, submission: Observed, baseUrl: string): Observation;
}
