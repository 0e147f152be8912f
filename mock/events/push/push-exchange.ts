/** Requests and answers of push delivery (RFC 8935 §2), as the pusher and the faults see them. */

export interface PushRequest {
  readonly headers: Readonly<Record<string, string>>;
  /** The compact token. */
  readonly body: string;
}

export interface PushAnswer {
  /** HTTP status; undefined if there was no answer. */
  readonly status: number | undefined;
  /** Error code in the body (RFC 8935 §2.4); undefined if there is none. */
  readonly err: string | undefined;
}

/** Returns the request that is sent. */
export type ChangePush = (request: PushRequest) => PushRequest;

/** Decides what happens to a token after the answer to its push. */
export type JudgePush = (answer: PushAnswer) => PushVerdict;

export type PushVerdict = 'acknowledged' | 'refused' | 'again';

/**
 * 202 acknowledges (RFC 8935 §2.2), 400 with an error code refuses (§2.3); after any other answer the push is repeated.
 */
export const judgePushAnswer: JudgePush = ({ status, err }) => {
  if (status === 202) return 'acknowledged';
  return status === 400 && err !== undefined ? 'refused' : 'again';
};
