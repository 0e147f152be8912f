/**
 * Verifies the signatures of a simulation. Those that its own keys make are verified in this thread: the thread pool
 * would take longer to be asked than to do it, and the run would wait for it.
 */
import { KeyObject, verify, type webcrypto } from 'node:crypto';
import { compactVerify, decodeProtectedHeader, errors } from 'jose';
import type { RunEnvironment } from '../suites/index.js';
import type { VirtualClock } from './virtual-clock.js';

export const createVerify = (clock: VirtualClock): RunEnvironment['verify'] => {
  const keys = new WeakMap<webcrypto.CryptoKey, KeyObject>();
  const keyOf = (key: webcrypto.CryptoKey): KeyObject => {
    const known = keys.get(key) ?? KeyObject.from(key);
    keys.set(key, known);
    return known;
  };
  return async (jwt, key) => {
    const [head = '', payload = '', signature = '', ...others] = jwt.split('.');
    const { alg, crit, b64 } = decodeProtectedHeader(jwt);
    const isPlain = alg === 'EdDSA' && crit === undefined && b64 === undefined && others.length === 0;
    if (!isPlain || key.algorithm.name !== 'Ed25519') {
      await clock.untimed(() => compactVerify(jwt, key));
      return;
    }
    const isRight = verify(null, Buffer.from(`${head}.${payload}`), keyOf(key), Buffer.from(signature, 'base64url'));
    if (!isRight) throw new errors.JWSSignatureVerificationFailed();
  };
};
