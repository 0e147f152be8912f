/** Faults of how a used X-Request-ID is recognised as a safe retry: IDEM-01, IDEM-02. */
import { header } from '../../schemas/names.js';
import { canonicalJson } from '../canonical-json.js';
import { isJson } from '../json.js';
import type { RetryPolicy } from '../jobs/job-seams.js';
import { answering, error, isAsync } from './answers.js';
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
  {
    name: 'deletes-not-compared-in-a-retry',
    title: 'a used X-Request-ID with a DELETE of another user, which counts as a safe retry, because both have no body',
    breaks: ['IDEM-02'],
    seams: comparing((honest) => (request) => (request.body === undefined ? '' : honest(request))),
  },
  {
    name: 'request-id-taken-over-by-a-refusal',
    title: 'a safe retry that is answered 409 when another body with its X-Request-ID was refused before',
    breaks: ['IDEM-01'],
    seams: answering(() => {
      const taken = new Set<string>();
      return (answer, request) => {
        const id = request.field(header.requestId);
        if (id === undefined || !isAsync(request)) return answer;
        if (answer.status === 409) taken.add(id);
        return answer.status === 202 && taken.has(id) ? error(409) : answer;
      };
    }),
  },
  {
    name: 'retry-at-the-same-moment-is-new',
    title: 'a safe retry that comes a moment after the request and becomes a new one',
    breaks: ['IDEM-01'],
    // Another body with the id may come as soon.
    entails: ['IDEM-02'],
    seams: ({ retries }, { clock }) => ({
      retries: { ...retries, remembers: (job) => clock.now() >= job.created + 10 && retries.remembers(job) },
    }),
  },
];
