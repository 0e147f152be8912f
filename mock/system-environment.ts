/** Time, randomness, keys and HTTP of Node.js. No other module of the mock uses these directly. */
import { randomBytes, randomUUID } from 'node:crypto';
import { Agent, request } from 'undici';
import type { Clock } from './clock.js';
import type { Environment, Poster, SigningAlgorithm, SigningKey } from './environment.js';
import { newPrivateKey, signingKeyOf } from './signing-key.js';

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

const newSigningKey = async (algorithm: SigningAlgorithm): Promise<SigningKey> =>
  signingKeyOf(await newPrivateKey(algorithm), algorithm);

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
