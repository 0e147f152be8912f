/**
 * The public keys of an issuer of access tokens. They are loaded when they are first needed, when they are old, and when a
 * token names a key that is not among them: an issuer that changes its keys needs no restart of the mock.
 */
import { readFile } from 'node:fs/promises';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { waitFor, type Clock } from '../clock.js';
import type { Environment, PostAnswer } from '../environment.js';
import { isJson } from '../json.js';

/** The keys cannot be read now. The same may work a moment later. */
export class KeysAway extends Error {
  override readonly name = 'KeysAway';
}

/** Reads the text of a key set. Rejects with KeysAway. */
export type LoadKeys = () => Promise<string>;

/** Milliseconds for which keys are used without a look whether there are others. */
const freshMillis = 10 * 60_000;
/** Milliseconds after which an unknown key is looked for again: a token costs its sender nothing, but a load costs both sides. */
const pauseMillis = 30_000;
/** Milliseconds after a load that failed. */
const failurePauseMillis = 1000;
/** Milliseconds that an issuer has for an answer. */
const patienceMillis = 5000;

export const loadFromFile =
  (file: string): LoadKeys =>
  () =>
    readFile(file, 'utf8').catch((error: unknown) => {
      throw new KeysAway(error instanceof Error ? error.message : String(error));
    });

/** Redirects are not followed. */
export const loadFromUrl =
  (url: string, { newPoster, clock }: Pick<Environment, 'newPoster' | 'clock'>): LoadKeys =>
  async () => {
    const poster = newPoster();
    const request = { method: 'GET', headers: { accept: 'application/jwk-set+json, application/json' }, body: '' };
    const answers: (PostAnswer | undefined)[] = [];
    try {
      const ask = async (over: AbortSignal): Promise<unknown> => answers.push(await poster.post(url, request, over));
      await waitFor(clock, patienceMillis, ask, []);
      const [answer] = answers;
      if (answer?.status !== 200) throw new KeysAway(`${url} was answered ${answer?.status ?? 'nothing'}`);
      return answer.body;
    } finally {
      await poster.close();
    }
  };

const isKeySet = (value: unknown): value is JSONWebKeySet =>
  isJson(value) && Array.isArray(value.keys) && value.keys.every((key) => isJson(key) && typeof key.kty === 'string');

const parse = (text: string): JWTVerifyGetKey => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (!isKeySet(value)) throw new KeysAway('it is no JSON Web Key Set (RFC 7517 §5)');
  return createLocalJWKSet(value);
};

export class IssuerKeys {
  private held: { readonly find: JWTVerifyGetKey; readonly at: number } | undefined;
  private loading: Promise<JWTVerifyGetKey> | undefined;
  private failed = -Infinity;

  constructor(
    private readonly load: LoadKeys,
    private readonly clock: Clock,
  ) {}

  /** Loads the keys. Rejects with KeysAway. */
  renew(): Promise<JWTVerifyGetKey> {
    if (this.clock.now() - this.failed < failurePauseMillis) return Promise.reject(new KeysAway('tried a moment ago'));
    this.loading ??= this.renewed().finally(() => (this.loading = undefined));
    return this.loading;
  }

  /** Rejects with KeysAway, or with an error of jose if no key fits the token. */
  readonly find: JWTVerifyGetKey = async (protectedHeader, token) => {
    const { held } = this;
    if (held === undefined || this.ageOf(held) >= freshMillis) return (await this.renew())(protectedHeader, token);
    try {
      return await held.find(protectedHeader, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || this.ageOf(held) < pauseMillis) throw error;
      return (await this.renew())(protectedHeader, token);
    }
  };

  private ageOf({ at }: { readonly at: number }): number {
    return this.clock.now() - at;
  }

  private async renewed(): Promise<JWTVerifyGetKey> {
    try {
      const find = parse(await this.load());
      this.held = { find, at: this.clock.now() };
      return find;
    } catch (error) {
      this.failed = this.clock.now();
      throw error;
    }
  }
}
