/**
 * Remembers which credentials the target has accepted in this run. If it stops accepting one, for example because a token
 * has expired, that is no violation, but nothing more can be tested.
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

  /** Why the run cannot continue, as a sentence; undefined if it can. */
  get lost(): string | undefined {
    return this.reason;
  }
}
