/** The types of an asynchronous submission: its plan, the submission, and its end. */
import type { HeaderList, Purpose, Submission, SubmittedOperation } from '../../schemas/types.js';
import type { OperationResult } from '../bindings/binding.js';
import type { BindingName } from '../contract/binding-name.js';
import type { CredentialName } from '../redaction/vault.js';
import type { Spoiling } from '../provider/target.js';
import type { Answered } from '../trace/trace.js';
import type { Step } from '../trace/step.js';

export interface SubmitPlan {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path under the base URL. */
  readonly url: string;
  readonly body?: unknown;
  /** In the order of the request; one operation for a single request. */
  readonly operations: readonly SubmittedOperation[];
  readonly shape?: 'single' | 'bulk';
  readonly requestId?: string;
  /** Used in place of the binding of the session. */
  readonly over?: BindingName;
  /** Header fields used in place of those with which the binding asks for asynchronous processing. */
  readonly asking?: HeaderList;
  readonly headers?: HeaderList;
  readonly credential?: CredentialName;
  readonly spoiled?: Spoiling;
  readonly purpose?: Purpose;
  readonly subject?: string;
  readonly variant?: Step;
  /** As of a RequestPlan. */
  readonly isUrgent?: boolean;
}

/** A submission with the exchange that made it. */
export interface Submitted {
  readonly submission: Submission;
  readonly exchange: Answered;
}

export interface Settled {
  readonly outcome: 'completed' | 'deadline' | 'unreadable';
  readonly results: readonly OperationResult[];
  /** The last answer about the request, if there was one. */
  readonly last?: Answered;
}
