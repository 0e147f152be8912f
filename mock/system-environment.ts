/** Time, randomness, keys and HTTP of Node.js. No other module of the mock uses these directly. */
import { randomBytes, randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { Agent, request } from 'undici';
import type { Clock } from './clock.js';
import type { Environment, Poster, SigningAlgorithm, SigningKey } from './environment.js';

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal?.addEventListener('abort', end);
      if (signal?.aborted === true) end();
    }),
};

const newSigningKey = async (algorithm: SigningAlgorithm): Promise<SigningKey> => {
  const { privateKey, publicKey } = await generateKeyPair(algorithm);
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  return {
    jwk: { ...jwk, kid, alg: algorithm, use: 'sig' },
    sign: (claims, header) => new SignJWT(claims).setProtectedHeader({ ...header }).sign(privateKey),
  };
};

const newPoster = (): Poster => {
  const dispatcher = new Agent();
  return {
    post: async (url, { headers, body }, signal) => {
      try {
        const answer = await request(url, { method: 'POST', headers, body, dispatcher, signal });
        return { status: answer.statusCode, body: await answer.body.text() };
      } catch {
        return undefined;
      }
    },
    close: () => dispatcher.destroy(),
  };
};

export const systemEnvironment: Environment = {
  clock: systemClock,
  newId: randomUUID,
  randomBytes,
  newSigningKey,
  newPoster,
};
