/** The request and the answer of push delivery (RFC 8935 §2), as the pusher and the seams see them. */

export interface PushRequest {
  readonly headers: Readonly<Record<string, string>>;
  /** The compact token. */
  readonly body: string;
}

export interface PushAnswer {
  /** HTTP status; undefined where there was no answer. */
  readonly status: number | undefined;
  /** The error code of a refusal (RFC 8935 §2.4); undefined where there is none. */
  readonly err: string | undefined;
}

/** The last look at a token before it is pushed. */
export type ChangePush = (request: PushRequest) => PushRequest;

/** What the answer to a pushed token means. */
export type JudgePush = (answer: PushAnswer) => PushVerdict;

export type PushVerdict = 'acknowledged' | 'refused' | 'again';

/** 202 acknowledges (RFC 8935 §2.2), 400 with an error code refuses (§2.3); all else may pass. */
export const judgePushAnswer: JudgePush = ({ status, err }) => {
  if (status === 202) return 'acknowledged';
  return status === 400 && err !== undefined ? 'refused' : 'again';
};
