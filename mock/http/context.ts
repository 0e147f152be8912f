/** What the handlers of requests work with. */
import type { Clock } from '../clock.js';
import type { Completions } from '../events/completions.js';
import type { EventSeams } from '../events/event-seams.js';
import type { Signer } from '../events/signer.js';
import type { Intake } from '../jobs/intake.js';
import type { Operation, Written } from '../operation.js';
import type { Settings } from '../options.js';
import type { StatusTokens } from '../policy/status-tokens.js';
import type { Ports } from '../ports.js';
import type { HttpSeams } from './http-seams.js';

export interface HandlerContext {
  readonly settings: Settings;
  readonly seams: Pick<HttpSeams, 'viewStatus' | 'prefers' | 'waited'> & Pick<EventSeams, 'pollStream'>;
  readonly clock: Clock;
  readonly ports: Ports;
  /** Known when the server listens. */
  readonly baseUrl: string;
  readonly intake: Intake;
  readonly completions: Completions;
  readonly signer: Signer;
  /** Undefined where the feature is off. */
  readonly statusTokens: StatusTokens | undefined;
  /** Writes at once, with the events of it. Rejects with a Problem. */
  readonly write: (operation: Operation) => Promise<Written>;
  /** Aborts when the mock stops: nobody is waited for any more. */
  readonly stopping: AbortSignal;
}
