/** What is asked of a session asynchronously, and what comes of it. */
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
  /** In the request's order; one for a single request. */
  readonly operations: readonly SubmittedOperation[];
  readonly shape?: 'single' | 'bulk';
  readonly requestId?: string;
  /** In place of the binding of the session. */
  readonly over?: BindingName;
  /** In place of the binding's own asking fields. */
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
  /** The last look, where there was one. */
  readonly last?: Answered;
}
