/** Sends random input that no client should send, and checks that the provider answers normally afterwards. */
import fc from 'fast-check';
import { fuzzedRequests } from '../../generators/fuzz.js';
import { defineScenario } from '../../definitions/scenario.js';
import { lookAfterwards } from '../building-blocks/look-afterwards.js';

export const fuzz = defineScenario({
  name: 'fuzz',
  title: 'sends fuzzed bodies, fields and ids',
  eachBinding: true,
  inputs: () => fc.array(fuzzedRequests, { minLength: 1, maxLength: 6 }),
  exercise: async (requests, session) => {
    try {
      for (const { method, path: url, headers, body, asynchronous } of requests) {
        const request = { url, headers, purpose: 'fuzz', ...(body === undefined ? {} : { body }) } as const;
        if (method === 'GET' || !asynchronous || session.binding === undefined) {
          await session.attempt({ ...request, method });
        } else {
          await session.submit({ ...request, method, operations: [{ method, path: url, expected: 'failure' }] });
        }
      }
    } finally {
      // Also after an exception: if a request got no answer, the provider may have crashed.
      await lookAfterwards(session);
    }
  },
});
