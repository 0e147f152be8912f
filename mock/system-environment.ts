/**
 * Time, randomness, keys and HTTP of Node.js. No other module of the mock uses these directly. What signs and what sends is
 * loaded when it is first needed, because loading takes time.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Agent } from 'undici';
import type { Clock } from './clock.js';
import { createThreadEvaluator } from './thread-evaluator.js';
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
  const { newPrivateKey, signingKeyOf } = await import('./signing-key.js');
  return signingKeyOf(await newPrivateKey(algorithm), algorithm);
};

/** Bytes of an answer that are read; a longer one counts as none. */
const longestAnswer = 64 * 1024;

/** Connects to this address, whatever the name in the URL. */
const pinnedTo = (address: string): Agent.Options => ({
  maxResponseSize: longestAnswer,
  connect: {
    lookup: (_host, { all }, done) => {
      const family = isIP(address);
      if (all === true) done(null, [{ address, family }]);
      else done(null, address, family);
    },
  },
});

const newPoster = (): Poster => {
  let shared: Agent | undefined;
  return {
    post: async (url, { method = 'POST', headers, body, address }, signal) => {
      const { Agent, request } = await import('undici');
      shared ??= new Agent({ maxResponseSize: longestAnswer });
      const dispatcher = address === undefined ? shared : new Agent(pinnedTo(address));
      try {
        const answer = await request(url, { method: method as 'POST', headers, body, dispatcher, signal });
        return { status: answer.statusCode, body: await answer.body.text() };
      } catch {
        return undefined;
      } finally {
        if (dispatcher !== shared) await dispatcher.destroy();
      }
    },
    close: async () => shared?.destroy(),
  };
};

const resolve = async (host: string): Promise<readonly string[]> => {
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address);
  } catch {
    return [];
  }
};

export const systemEnvironment: Environment = {
  clock: systemClock,
  newId: randomUUID,
  randomBytes,
  newSigningKey,
  newPoster,
  resolve,
  newEvaluator: () => createThreadEvaluator(systemClock),
};
