/** Faults of optional features: IDEM, TOK, CNCL. */
import { isCompleted } from '../queue/job.js';
import { config, edit, isAccepted, leavingPending, member, withBody, withExtension, withoutMember } from './edits.js';
import type { Fault } from './fault.js';

export const featureFaults: readonly Fault[] = [
  {
    name: 'request-id-forgotten-when-completed',
    title: 'a safe retry that is a new request once the first is completed',
    breaks: ['IDEM-01'],
    options: { operationMillis: 100, workers: 48 },
    seams: ({ retries }) => ({ retries: { ...retries, remembers: (job) => !isCompleted(job) } }),
  },
  {
    name: 'another-body-taken-for-a-retry',
    title: 'a request with a used X-Request-ID that is taken for a retry, whatever its body',
    breaks: ['IDEM-02'],
    seams: ({ retries }) => ({ retries: { ...retries, fingerprint: () => '' } }),
  },
  {
    name: 'request-ids-of-all-clients-together',
    title: 'one space of request ids for all clients',
    breaks: ['IDEM-03'],
    seams: ({ retries }) => ({ retries: { ...retries, key: (_, requestId) => requestId } }),
  },
  {
    name: 'no-status-token',
    title: '202 without the status token that is advertised',
    breaks: ['TOK-01'],
    seams: edit(isAccepted, withoutMember('statusToken')),
  },
  {
    name: 'status-token-reads-every-status',
    title: 'a status token that reads the status of other requests',
    breaks: ['TOK-02'],
    seams: () => ({ tokenAllows: (_, { method, path }) => method === 'GET' && path.endsWith('/status') }),
  },
  {
    name: 'status-token-writes',
    title: 'a status token that creates users',
    breaks: ['TOK-02'],
    seams: ({ tokenAllows }) => ({
      tokenAllows: (jobId, request) => request.method === 'POST' || tokenAllows(jobId, request),
    }),
  },
  {
    name: 'status-token-for-ever',
    title: 'a status token that is good beyond its end',
    breaks: ['TOK-03'],
    options: { statusTokenSeconds: 3600 },
    seams: edit(
      isAccepted,
      withBody((body) => ({
        ...body,
        statusToken: { ...member(body, 'statusToken'), expiresAt: new Date(Date.now() + 500).toISOString() },
      })),
    ),
  },
  {
    name: 'cancel-not-heard',
    title: 'a cancel that is answered 204 and stops nothing',
    breaks: ['CNCL-01'],
    seams: ({ enqueue }) => ({
      enqueue: (job, queue) => {
        Object.defineProperty(job, 'cancelled', { get: () => false, set: () => undefined });
        enqueue(job, queue);
      },
    }),
  },
  {
    name: 'cancelled-operations-left-pending',
    title: 'operations that a cancel stopped, pending for ever',
    breaks: ['CNCL-01'],
    seams: leavingPending(({ cancelled }) => cancelled),
  },
  {
    name: 'features-not-there',
    title: 'a feature that is advertised and not there',
    breaks: ['TOK-01'],
    options: { features: ['idempotency', 'cancel'] },
    seams: edit(
      config,
      withExtension((extension) => ({ ...extension, features: ['idempotency', 'statusToken', 'cancel'] })),
    ),
  },
];
