/**
 * Makes drafts of security event tokens (RFC 8417 §2). The claims are assembled when the write is committed, and signed when
 * somebody reads the token for the first time.
 */
import type { Clock } from '../clock.js';
import type { Json } from '../json.js';
import type { Claims, Draft, SecurityEvent } from '../security-event.js';
import type { EventContext, EventSeams } from './event-seams.js';
import { once } from '../once.js';
import type { ScimSubject } from './subject.js';

export interface Happening {
  readonly subject: ScimSubject;
  /** Payloads by event URI. */
  readonly events: () => Json;
  /** The transaction id; undefined: a new one is made. */
  readonly txn: string | undefined;
  readonly context: EventContext;
  readonly completes: Draft['completes'];
}

export interface DraftOptions {
  /** Not to be called before the server listens. */
  readonly issuer: () => string;
  /** The `aud` of a token for this client; undefined: for all clients. */
  readonly audience: (client: string | undefined) => string[];
  readonly clock: Clock;
  /** Unguessable. */
  readonly newId: () => string;
  readonly sign: (claims: Claims) => Promise<string>;
  readonly claimsOf: EventSeams['claimsOf'];
}

/** Makes the draft of a token; its `iat` is the time of the call. */
export type DraftOf = (happening: Happening) => Draft;

export const createDraftOf = (options: DraftOptions): DraftOf => {
  const make = (happening: Happening, iat: number): SecurityEvent | undefined => {
    const { subject, events, txn, context } = happening;
    const { issuer, audience, newId, claimsOf, sign } = options;
    const jti = newId();
    const honest: Claims = {
      iss: issuer(),
      iat,
      jti,
      aud: audience(context.client),
      txn: txn ?? newId(),
      sub_id: subject,
      events: events(),
    };
    const claims = claimsOf(honest, context);
    if (claims === undefined) return undefined;
    return {
      jti: typeof claims.jti === 'string' ? claims.jti : jti,
      claims,
      token: once(() => sign(claims)),
    };
  };
  return (happening) => {
    const iat = Math.floor(options.clock.now() / 1000);
    return {
      client: happening.context.client,
      completes: happening.completes,
      event: once(() => make(happening, iat)),
    };
  };
};
