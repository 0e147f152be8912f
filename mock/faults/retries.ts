/** Faults of how a used X-Request-ID is recognised as a safe retry: IDEM-02. */
import { canonicalJson } from '../canonical-json.js';
import { isJson } from '../json.js';
import type { RetryPolicy } from '../jobs/job-seams.js';
import type { Fault } from './fault.js';

/** A fault that compares other parts of a request. */
const comparing =
  (fingerprint: (honest: RetryPolicy['fingerprint']) => RetryPolicy['fingerprint']): Fault['seams'] =>
  ({ retries }) => ({ retries: { ...retries, fingerprint: fingerprint(retries.fingerprint) } });

/** Characters that are compared. */
const compared = 1000;

export const retryFaults: readonly Fault[] = [
  {
    name: 'only-the-beginning-of-a-retry-compared',
    title: `a used X-Request-ID with a body that differs only after ${compared} characters, which counts as a safe retry`,
    breaks: ['IDEM-02'],
    seams: comparing(
      () =>
        ({ method, path, body }) =>
          canonicalJson([method, path, body]).slice(0, compared),
    ),
  },
  {
    name: 'order-of-operations-not-compared-in-a-retry',
    title: 'a used X-Request-ID with the same operations in another order, which counts as a safe retry',
    breaks: ['IDEM-02'],
    seams: comparing((honest) => (request) => {
      const { body } = request;
      if (!isJson(body) || !Array.isArray(body.Operations)) return honest(request);
      const operations = body.Operations.map((operation: unknown) => honest({ ...request, body: operation }));
      return operations.sort().join(' ');
    }),
  },
];
