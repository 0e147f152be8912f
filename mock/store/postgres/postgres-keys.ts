/** Status tokens and signing keys in PostgreSQL. Whoever can read the database can sign as this provider. */
import type { JWK } from 'jose';
import type { Clock } from '../../clock.js';
import type { SigningAlgorithm, SigningKey } from '../../environment.js';
import type { Grant, Keys } from '../../ports.js';
import { newPrivateKey, signingKeyOf } from '../../signing-key.js';
import type { Database } from './database.js';

/** Milliseconds for which an expired grant is kept. */
const rememberedMs = 600_000;
/** Milliseconds between two removals of old grants. */
const cleaning = 60_000;

export class PostgresKeys implements Keys {
  private readonly signing = new Map<SigningAlgorithm, Promise<SigningKey>>();
  private cleaned = -Infinity;

  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  async grant(digest: string, { client, job, expires }: Grant): Promise<void> {
    const now = this.clock.now();
    if (now - this.cleaned >= cleaning) {
      this.cleaned = now;
      await this.database.query('delete from scim_mock.grants where expires <= $1', [now - rememberedMs]);
    }
    await this.database.query(
      'insert into scim_mock.grants (digest, client, job, expires) values ($1, $2, $3, $4) on conflict do nothing',
      [digest, client, job, expires],
    );
  }

  async grantOf(digest: string): Promise<Grant | undefined> {
    const [row] = await this.database.query<{ client: string; job: string; expires: number }>(
      'select client, job, expires from scim_mock.grants where digest = $1',
      [digest],
    );
    return row;
  }

  signingKey(algorithm: SigningAlgorithm): Promise<SigningKey> {
    const known = this.signing.get(algorithm) ?? this.read(algorithm);
    this.signing.set(algorithm, known);
    known.catch(() => this.signing.delete(algorithm));
    return known;
  }

  /** The key of the process that came first. */
  private async read(algorithm: SigningAlgorithm): Promise<SigningKey> {
    const find = () =>
      this.database.query<{ jwk: JWK }>('select jwk from scim_mock.signing_keys where algorithm = $1', [algorithm]);
    let [row] = await find();
    if (row === undefined) {
      await this.database.query(
        'insert into scim_mock.signing_keys (algorithm, jwk) values ($1, $2::json) on conflict do nothing',
        [algorithm, JSON.stringify(await newPrivateKey(algorithm))],
      );
      [row] = await find();
    }
    if (row === undefined) throw new Error('the signing key is not there');
    return signingKeyOf(row.jwk, algorithm);
  }
}
