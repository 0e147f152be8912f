/**
 * How the target reaches the suite in a run: security event tokens by poll or push, as the user configured, with the keys to
 * check them, and deliveries to webhooks.
 */
import { Inbox } from './inbox.js';
import type { PushReceiver } from './push-receiver.js';
import type { WebhookReceiver } from './webhook-receiver.js';
import { createSignatureCheck, type CheckSignature } from '../../security-events/signing-keys.js';
import type { VerifyToken } from '../../security-events/verify-token.js';
import type { TokenContent } from '../../security-events/security-event-token.js';

export class EventDelivery {
  readonly inbox = new Inbox();
  /** Undefined if there is no URL to poll, or the target is not known yet. */
  poller:
    | { readonly hasLostTokens: boolean; start(signal: AbortSignal): void; drain(signal: AbortSignal): Promise<void> }
    | undefined;
  /** Undefined if the suite takes no pushes. */
  receiver: PushReceiver | undefined;
  /** Undefined if the suite takes no deliveries to webhooks. */
  webhooks: WebhookReceiver | undefined;
  private checkSignature: CheckSignature;

  /** `pollUrl`: the URL to poll for SETs (RFC 8936); the user configured it, so that the credential is sent there, too. */
  constructor(
    readonly pollUrl: string | undefined,
    verify: VerifyToken,
  ) {
    this.checkSignature = createSignatureCheck({ why: 'No keys are known yet.', verify });
  }

  /** Whether some tokens were too long to be kept: an expected one may be among them. */
  get hasLostTokens(): boolean {
    return this.poller?.hasLostTokens === true || this.receiver?.hasLostTokens === true;
  }

  /** Sets how signatures are checked from now on. */
  checkBy(check: CheckSignature): void {
    this.checkSignature = check;
  }

  readonly check: CheckSignature = (token: TokenContent) => this.checkSignature(token);
}
