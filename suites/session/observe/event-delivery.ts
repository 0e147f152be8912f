/** How security event tokens come to the suite in a run: the ways that the user has opened, and the keys to check them. */
import { Inbox } from './inbox.js';
import type { PushReceiver } from './push-receiver.js';
import { createSignatureCheck, type CheckSignature } from '../../security-events/signing-keys.js';
import type { VerifyToken } from '../../security-events/verify-token.js';
import type { TokenContent } from '../../security-events/security-event-token.js';

export class EventDelivery {
  readonly inbox = new Inbox();
  /** Undefined where there is no URL to poll at, or the target is not known yet. */
  poller:
    | { readonly isBlind: boolean; start(signal: AbortSignal): void; drain(signal: AbortSignal): Promise<void> }
    | undefined;
  /** Undefined where nothing can be pushed. */
  receiver: PushReceiver | undefined;
  private checkSignature: CheckSignature;

  /** `pollUrl`: where SETs are polled (RFC 8936); named by the user, so that the credential goes there, too. */
  constructor(
    readonly pollUrl: string | undefined,
    verify: VerifyToken,
  ) {
    this.checkSignature = createSignatureCheck({ why: 'No keys are known yet.', verify });
  }

  /** Whether what is waited for may have come, and was too long to be taken. */
  get isBlind(): boolean {
    return this.poller?.isBlind === true || this.receiver?.isBlind === true;
  }

  /** What signatures are checked by from now on. */
  checkBy(check: CheckSignature): void {
    this.checkSignature = check;
  }

  readonly check: CheckSignature = (token: TokenContent) => this.checkSignature(token);
}
