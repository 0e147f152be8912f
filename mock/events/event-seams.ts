/** Where a wrong provider would deviate in what it tells of what happened, and how. */
import type { TokenHeader } from '../environment.js';
import type { JobHead } from '../job.js';
import type { Claims } from '../security-event.js';
import { judgePushAnswer, type ChangePush, type JudgePush } from './push/push-exchange.js';

/** Which write a token tells of. */
export interface EventContext {
  /** Undefined for a synchronous write that is no bulk request. */
  readonly job?: JobHead;
  /** Place of the operation in its request. */
  readonly index?: number;
  /** Name of the only client that gets it; undefined: all do. */
  readonly client?: string;
}

export interface EventSeams {
  /** The last look at a token before it is signed; undefined: it is never made. */
  readonly claimsOf: (claims: Claims, context: EventContext) => Claims | undefined;
  /** The compact token; `honestly` is how. */
  readonly sign: (
    claims: Claims,
    header: TokenHeader,
    honestly: (claims: Claims, header: TokenHeader) => Promise<string>,
  ) => Promise<string>;
  /** Which tokens leave the stream of a client. */
  readonly pollStream: {
    /** Of those that the client has acknowledged. */
    readonly acknowledged: (jtis: readonly string[]) => readonly string[];
    /** Of those that were sent just now, without waiting for an acknowledgement. */
    readonly sent: (jtis: readonly string[]) => readonly string[];
  };
  readonly pushRequest: ChangePush;
  readonly pushAnswer: JudgePush;
}

export const honestEventSeams: EventSeams = {
  claimsOf: (claims) => claims,
  sign: (claims, header, honestly) => honestly(claims, header),
  pollStream: { acknowledged: (jtis) => jtis, sent: () => [] },
  pushRequest: (request) => request,
  pushAnswer: judgePushAnswer,
};
