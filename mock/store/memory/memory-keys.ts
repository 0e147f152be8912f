/** Status tokens and signing keys in memory. */
import type { Environment, SigningAlgorithm, SigningKey } from '../../environment.js';
import type { Grant, Keys } from '../../ports.js';

/** Milliseconds for which an expired grant is kept. */
const rememberedMs = 600_000;

export class MemoryKeys implements Keys {
  private readonly grants = new Map<string, Grant>();
  private readonly signing = new Map<SigningAlgorithm, Promise<SigningKey>>();

  constructor(private readonly environment: Pick<Environment, 'clock' | 'newSigningKey'>) {}

  grant(digest: string, grant: Grant): Promise<void> {
    this.forgetOld();
    this.grants.set(digest, grant);
    return Promise.resolve();
  }

  grantOf(digest: string): Promise<Grant | undefined> {
    return Promise.resolve(this.grants.get(digest));
  }

  signingKey(algorithm: SigningAlgorithm): Promise<SigningKey> {
    const known = this.signing.get(algorithm) ?? Promise.resolve(this.environment.newSigningKey(algorithm));
    this.signing.set(algorithm, known);
    return known;
  }

  /** All grants are valid for the same time, so the oldest expire first. */
  private forgetOld(): void {
    for (const [digest, { expires }] of this.grants) {
      if (expires + rememberedMs > this.environment.clock.now()) break;
      this.grants.delete(digest);
    }
  }
}
