/**
 * Which credentials the target has accepted in this run. One that it accepts no more, as when a token ends, is no
 * violation of anything: nothing can be learnt from then on.
 */
import type { CredentialName } from '../../redaction/vault.js';

export class Admission {
  private readonly accepted = new Set<CredentialName>();
  private reason: string | undefined;

  accept(credential: CredentialName): void {
    this.accepted.add(credential);
  }

  isAccepted(credential: CredentialName): boolean {
    return this.accepted.has(credential);
  }

  lose(reason: string): void {
    this.reason ??= reason;
  }

  /** Why the run cannot go on, as a sentence; undefined: it can. */
  get lost(): string | undefined {
    return this.reason;
  }
}
