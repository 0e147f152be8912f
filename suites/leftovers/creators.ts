/**
 * Remembers which of the two clients created a resource. Another client need not see it (RFC 7644 §6), so that searches, and
 * the cleanup, ask as the client that created it.
 */
import type { CredentialName } from '../redaction/vault.js';
import { asOwnName } from './ownership.js';

export type Client = Extract<CredentialName, 'primary' | 'second'>;

/** The client of a request: the first one, unless it was sent with the credential of the second. */
export const clientOf = (credential: CredentialName): Client => (credential === 'second' ? 'second' : 'primary');

export class Creators {
  /** Names, in lower case, and URLs of what only the second client may have created. */
  private readonly ofSecond = new Set<string>();
  private readonly ofPrimary = new Set<string>();

  /** A client sends a request that creates a resource of this name. */
  sends(name: string, client: Client): void {
    const key = asOwnName(name);
    if (client === 'primary') {
      this.ofPrimary.add(key);
      this.ofSecond.delete(key);
    } else if (!this.ofPrimary.has(key)) this.ofSecond.add(key);
  }

  /** A resource at this URL was created or found by a client. */
  owns(url: string, client: Client): void {
    if (client === 'second') this.ofSecond.add(url);
  }

  /** The client that asks for a resource, by its name or URL. */
  of(nameOrUrl: string): Client {
    return this.ofSecond.has(nameOrUrl) || this.ofSecond.has(asOwnName(nameOrUrl)) ? 'second' : 'primary';
  }

  /** The clients that have created something: the first one is always among them. */
  get clients(): readonly Client[] {
    return this.ofSecond.size === 0 ? ['primary'] : ['primary', 'second'];
  }
}
