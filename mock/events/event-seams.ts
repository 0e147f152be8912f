/** The points at which faults change security events and their delivery. */
import type { TokenHeader } from '../environment.js';
import type { JobHead } from '../job.js';
import type { Claims } from '../security-event.js';
import { judgePushAnswer, type ChangePush, type JudgePush } from './push/push-exchange.js';

/** Which write a token is about. */
export interface EventContext {
  /** Undefined for a synchronous write outside of a bulk request. */
  readonly job?: JobHead;
  /** Index of the operation in its request. */
  readonly index?: number;
  /** Name of the only client that receives the token; undefined: all clients do. */
  readonly client?: string;
}

export interface EventSeams {
  /** Returns the claims that are signed; undefined drops the token. */
  readonly claimsOf: (claims: Claims, context: EventContext) => Claims | undefined;
  /** Returns the compact token. `honestly` signs as the mock would without a fault. */
  readonly sign: (
    claims: Claims,
    header: TokenHeader,
    honestly: (claims: Claims, header: TokenHeader) => Promise<string>,
  ) => Promise<string>;
  /** Which tokens are removed from the stream of a client. */
  readonly pollStream: {
    /** Of those that the client has just acknowledged. */
    readonly acknowledged: (jtis: readonly string[]) => readonly string[];
    /** Of those that were just sent and are not yet acknowledged. */
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
