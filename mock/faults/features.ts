/** Faults of optional features: IDEM, TOK, CNCL. */
import { header } from '../../schemas/names.js';
import { Problem } from '../problem.js';
import { isCompleted } from '../job.js';
import {
  answering,
  both,
  config,
  edit,
  isAccepted,
  isAsync,
  isStatusRead,
  member,
  on,
  withBody,
  withExtension,
  withoutField,
  withoutMember,
} from './answers.js';
import type { Fault } from './fault.js';
import { leavingPending, working } from './work.js';

export const featureFaults: readonly Fault[] = [
  {
    name: 'request-id-forgotten-when-completed',
    title: 'a safe retry that is processed as a new request after the first one is completed',
    breaks: ['IDEM-01'],
    // Another request with the id may come before the first one is completed, or after.
    entails: ['IDEM-02'],
    options: { operationMillis: 100, workers: 48 },
    seams: ({ retries }) => ({ retries: { ...retries, remembers: (job) => !isCompleted(job) } }),
  },
  {
    name: 'another-body-taken-for-a-retry',
    title: 'a used X-Request-ID that makes any request count as a retry, whatever its body',
    breaks: ['IDEM-02'],
    seams: ({ retries }) => ({ retries: { ...retries, fingerprint: () => '' } }),
  },
  {
    name: 'request-id-used-up-by-a-refusal',
    title: 'a request id that cannot be used again when the request was refused',
    breaks: ['IDEM-02'],
    seams: ({ respond, take }) => {
      const refused = new Set<string>();
      return {
        respond: async (honest, request, ports) => {
          const id = request.field(header.requestId);
          if (honest.status === 400 && id !== undefined && isAsync(request)) refused.add(id);
          return respond(honest, request, ports);
        },
        take: (submission) => {
          if (refused.has(submission.requestId ?? '')) throw new Problem(409, 'The request id was used before.');
          take(submission);
        },
      };
    },
  },
  {
    name: 'request-ids-truncated',
    title: 'comparing only the first 64 characters of request ids',
    breaks: ['IDEM-02'],
    seams: ({ retries }) => ({
      retries: { ...retries, key: (client, requestId) => retries.key(client, requestId.slice(0, 64)) },
    }),
  },
  {
    name: 'failed-requests-forgotten',
    title: 'a safe retry of a failed request that is processed as a new request',
    breaks: ['IDEM-01'],
    seams: ({ retries }) => ({
      retries: { ...retries, remembers: (job) => !isCompleted(job) || job.counts.failed === 0 },
    }),
  },
  {
    name: 'synchronous-request-taken-for-a-retry',
    title: '202 to a synchronous request with a used X-Request-ID',
    breaks: ['MODE-02'],
    seams: answering(() => {
      const used = new Set<string>();
      return (answer, request) => {
        const id = request.field(header.requestId);
        if (id === undefined) return answer;
        if (answer.status === 202) used.add(id);
        return answer.status === 201 && used.has(id) ? { ...answer, status: 202 } : answer;
      };
    }),
  },
  {
    name: 'request-ids-shared-by-all-clients',
    title: 'request ids that are shared by all clients',
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
    name: 'status-token-used-up',
    title: 'a status token that reads once',
    breaks: ['TOK-01'],
    seams: ({ tokenAllows }) => {
      const used = new Set<string>();
      return {
        tokenAllows: (jobId, request) => {
          const allowed = tokenAllows(jobId, request) && !used.has(jobId);
          if (allowed) used.add(jobId);
          return allowed;
        },
      };
    },
  },
  {
    name: 'status-token-reads-the-alias',
    title: 'a status token that reads every status under the alternative path',
    breaks: ['TOK-02'],
    seams: ({ tokenAllows }) => ({
      tokenAllows: (jobId, request) =>
        (request.method === 'GET' && request.path.startsWith('/provisions/')) || tokenAllows(jobId, request),
    }),
  },
  {
    name: 'status-token-cancels',
    title: 'a status token that cancels its request',
    breaks: ['TOK-02'],
    seams: ({ tokenAllows }) => ({
      tokenAllows: (jobId, request) => request.method === 'DELETE' || tokenAllows(jobId, request),
    }),
  },
  {
    name: 'expired-status-token-accepted',
    title: 'a status token that is accepted after it has expired',
    breaks: ['TOK-03'],
    options: { statusTokenSeconds: 3600 },
    seams: edit(isAccepted, (answer, _request, { environment: { clock } }) =>
      withBody((body) => ({
        ...body,
        statusToken: { ...member(body, 'statusToken'), expiresAt: new Date(clock.now() + 3000).toISOString() },
      }))(answer),
    ),
  },
  {
    name: 'cancel-without-effect',
    title: 'a cancel that is answered 204 but stops nothing',
    breaks: ['CNCL-01'],
    seams: ({ whyStopped }) => ({ whyStopped: (job) => whyStopped({ ...job, isCancelled: false }) }),
  },
  {
    name: 'late-cancel-rewrites-results',
    over: 'request-mode',
    title: 'a cancel that is refused as too late but changes the results',
    breaks: ['LIFE-03'],
    seams: answering(() => {
      const late = new Set<string>();
      return (answer, request) => {
        if (on(409, 'DELETE', /\/status$/)(answer, request)) late.add(request.path);
        if (!isStatusRead(answer, request) || !late.has(request.path)) return answer;
        return withoutField(header.etag)(withBody((body) => ({ ...body, Operations: [] }))(answer));
      };
    }),
  },
  {
    name: 'cancel-for-every-client',
    over: 'request-mode',
    title: 'a cancel that is accepted from every client',
    breaks: ['SEC-03'],
    seams: edit(
      both(on(404, 'DELETE', /\/status$/), (_, { client }) => client === 'second'),
      () => ({
        status: 204,
        headers: {},
      }),
    ),
  },
  {
    name: 'cancelled-creates-reported-as-done',
    title: 'creates stopped by a cancel that are reported as 201, with a location that leads nowhere',
    breaks: ['CNCL-01'],
    seams: (base, environment) =>
      working(() => {
        let known: string | undefined;
        return async (task, honestly) => {
          const result = await honestly(task);
          const { method, bulkId } = task.operation;
          if (result.status === '201') known = result.location;
          if (!task.job.isCancelled || result.status !== '424' || method !== 'POST') return result;
          const location = known?.replace(/[^/]+$/, environment.newId()) ?? `/${environment.newId()}`;
          return { method, ...(bulkId === undefined ? {} : { bulkId }), status: '201', location };
        };
      })(base, environment),
  },
  {
    name: 'cancelled-operations-left-pending',
    title: 'operations stopped by a cancel that stay pending for ever',
    breaks: ['CNCL-01'],
    entails: ['LIFE-01'],
    seams: leavingPending(({ isCancelled }) => isCancelled),
  },
  {
    name: 'advertised-feature-missing',
    title: 'a feature that is advertised but not implemented',
    breaks: ['TOK-01'],
    options: { features: ['idempotency', 'cancel'] },
    seams: edit(
      config,
      withExtension((extension) => ({ ...extension, features: ['idempotency', 'statusToken', 'cancel'] })),
    ),
  },
];
