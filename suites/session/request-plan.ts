/** What a scenario wants sent. */
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
  /** With the credential `invalid`: the good one, not quite. */
  readonly spoiled?: Spoiling;
  readonly submission?: number;
  readonly subject?: string;
  readonly variant?: Step;
  /** Sent once, whatever the answer: for what looks into throttling itself. */
  readonly once?: boolean;
  /** What it is about will be over soon: it is sent before all else that waits to be sent. */
  readonly isUrgent?: boolean;
  /** Who sends it reads the body of the answer at once and keeps none of it, so that it counts towards no limit. */
  readonly isTransient?: boolean;
  /** Marker of a status token (profile TOK) to be sent as the bearer token. */
  readonly statusToken?: string;
}
