/** The plan of a request that a scenario sends. */
import type { HeaderList, Purpose } from '../../schemas/types.js';
import type { Spoiling } from '../provider/target.js';
import type { CredentialName } from '../redaction/vault.js';
import type { Step } from '../trace/step.js';

export interface RequestPlan {
  readonly method: string;
  /** Absolute URL, or a path under the base URL that begins with `/`. */
  readonly url: string;
  readonly purpose: Purpose;
  /** An object is sent as JSON, a string as it is. */
  readonly body?: unknown;
  /** Added to, or in place of, the usual `Accept` and `Content-Type`; an empty value leaves the field out. */
  readonly headers?: HeaderList;
  readonly credential?: CredentialName;
  /** With the credential `invalid`: how the valid token is changed. */
  readonly spoiled?: Spoiling;
  readonly submission?: number;
  readonly subject?: string;
  readonly variant?: Step;
  /** Sent once, whatever the answer: for scenarios that test throttling themselves. */
  readonly once?: boolean;
  /** It may be the cause of a 503 without Retry-After, which is then its answer and not waited for. */
  readonly isUnusual?: boolean;
  /** Sent before all other waiting requests, because its subject will be over soon. */
  readonly isUrgent?: boolean;
  /** The body of the answer is read at once and not kept, so that it does not count towards the memory limit. */
  readonly isTransient?: boolean;
  /** Marker of a status token (profile TOK) to be sent as the bearer token. */
  readonly statusToken?: string;
}
