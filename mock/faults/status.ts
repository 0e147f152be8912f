/** Faults of the status resource: STAT. */
import { header, mediaType, urn } from '../../schemas/names.js';
import { Problem } from '../problem.js';
import { isJson } from '../json.js';
import {
  answering,
  bodyOf,
  both,
  completed,
  config,
  counts,
  edit,
  error,
  isAccepted,
  isStatusRead,
  member,
  on,
  withBody,
  withField,
  withoutField,
  withoutMember,
} from './answers.js';
import type { Fault } from './fault.js';
import { applying } from './work.js';

export const statusFaults: readonly Fault[] = [
  {
    name: 'count-not-a-number-in-the-status',
    title: 'a status whose count is not a number',
    breaks: ['STAT-01'],
    seams: edit(
      isStatusRead,
      withBody((body) => ({ ...body, operationsCount: { ...counts(body), success: 'all' } })),
    ),
  },
  {
    name: 'another-id-while-pending',
    title: 'a status with another id while it is pending',
    options: { operationMillis: 100, workers: 48 },
    breaks: ['STAT-02'],
    seams: edit(
      both(isStatusRead, (answer) => !completed(bodyOf(answer))),
      withBody((body) => ({ ...body, id: `${String(body.id)}0` })),
    ),
  },
  {
    name: 'counts-that-do-not-add-up-for-a-moment',
    title: 'counts that do not add up for a moment',
    options: { operationMillis: 100, workers: 48 },
    breaks: ['STAT-03'],
    seams: edit(
      (answer, request) => (isStatusRead(answer, request) || isAccepted(answer, request)) && !completed(bodyOf(answer)),
      withBody((body) => ({
        ...body,
        operationsCount: { ...counts(body), pending: Number(counts(body).pending) + 1 },
      })),
    ),
  },
  {
    name: 'total-grows',
    title: 'a total that grows',
    breaks: ['STAT-04'],
    seams: edit(
      both(isStatusRead, (answer) => completed(bodyOf(answer))),
      withBody((body) => ({
        ...body,
        operationsCount: {
          ...counts(body),
          total: Number(counts(body).total) + 1,
          success: Number(counts(body).success) + 1,
        },
      })),
    ),
  },
  {
    name: 'completed-while-pending',
    title: 'completed although operations are pending',
    options: { operationMillis: 100, workers: 48 },
    breaks: ['STAT-05'],
    seams: edit(
      both(isStatusRead, (answer) => !completed(bodyOf(answer))),
      withBody((body) => {
        const success = counts(body).failed === 0;
        return { ...body, status: { completed: true, success }, state: success ? 'completed' : 'failed' };
      }),
    ),
  },
  {
    name: 'success-always-false',
    title: 'success that is always false',
    breaks: ['STAT-06'],
    seams: edit(
      both(isStatusRead, (answer) => completed(bodyOf(answer))),
      withBody((body) => ({ ...body, status: { completed: true, success: false }, state: 'failed' })),
    ),
  },
  {
    name: '406-to-accept-application-json',
    title: '406 to Accept: application/json',
    breaks: ['STAT-07'],
    seams: edit(
      both(isStatusRead, (_, { field }) => field(header.accept) === mediaType.json),
      () => error(406),
    ),
  },
  {
    name: 'status-under-another-path',
    title: 'a status under another path than the profile says',
    breaks: ['STAT-08'],
    seams: answering(() => (answer, request) => {
      const location = answer.headers[header.location] ?? '';
      if (answer.status === 202 && location.includes('/provision/'))
        return withField(header.location, location.replace('/provision/', '/provisions/'))(answer);
      if (config(answer, request)) {
        return withBody((body) => ({
          ...body,
          [urn.asyncServiceProviderConfig]: {
            ...member(body, urn.asyncServiceProviderConfig),
            statusEndpoint: '/provisions/{id}/status',
          },
        }))(answer);
      }
      return isStatusRead(answer, request) && request.path.startsWith('/provision/') ? error(404) : answer;
    }),
  },
  {
    name: '400-to-an-unknown-status',
    title: '400 to an unknown status',
    breaks: ['STAT-09'],
    seams: edit(
      (answer, { method, path, client }) =>
        method === 'GET' && path.endsWith('/status') && answer.status === 404 && client === 'primary',
      () => error(400),
    ),
  },
  {
    name: 'put-on-a-status-accepted',
    title: '200 to PUT on a status',
    breaks: ['STAT-10'],
    seams: edit(on(405, 'PUT', /\/status$/), () => ({ ...error(200), body: {} })),
  },
  {
    name: '405-without-allow',
    title: '405 without Allow',
    breaks: ['STAT-10'],
    seams: edit(on(405, 'PUT', /\/status$/), withoutField(header.allow)),
  },
  {
    name: 'polls-without-retry-after',
    title: 'polls without Retry-After',
    options: { operationMillis: 100, workers: 48 },
    breaks: ['STAT-11'],
    seams: edit(isStatusRead, withoutField(header.retryAfter)),
  },
  {
    name: 'password-in-an-error',
    title: 'an error that contains a password',
    breaks: ['STAT-12', 'CORE-11'],
    seams: applying((apply) => async (operation, transaction) => {
      try {
        return await apply(operation, transaction);
      } catch (cause) {
        const password = isJson(operation.data) ? operation.data.password : undefined;
        if (!(cause instanceof Problem) || typeof password !== 'string') throw cause;
        throw new Problem(cause.status, `${cause.message} (${password})`, cause.scimType);
      }
    }),
  },
  {
    name: 'status-without-meta',
    title: 'a status without meta',
    breaks: ['STAT-14'],
    seams: edit(isStatusRead, withoutMember('meta')),
  },
  {
    name: 'invented-state',
    title: 'an invented state',
    breaks: ['STAT-15'],
    seams: edit(
      both(isStatusRead, (answer) => completed(bodyOf(answer))),
      withBody((body) => ({ ...body, state: 'done' })),
    ),
  },
  {
    name: 'back-to-queued-after-processing',
    title: 'a state that goes from processing back to queued',
    options: { operationMillis: 100, workers: 48 },
    breaks: ['STAT-15'],
    seams: answering(() => {
      const polls = new Map<string, number>();
      return (answer, request) => {
        if (!isStatusRead(answer, request) || completed(bodyOf(answer))) return answer;
        const number = (polls.get(request.path) ?? 0) + 1;
        polls.set(request.path, number);
        const stepping = withBody((body) => ({ ...body, state: number % 2 === 1 ? 'processing' : 'queued' }));
        return withoutField(header.etag)(stepping(answer));
      };
    }),
  },
  {
    name: 'dates-with-a-space-for-the-t',
    title: 'dates of the status with a space instead of the T',
    breaks: ['STAT-14', 'STAT-16'],
    seams: edit(
      isStatusRead,
      withBody((body) => {
        const meta = member(body, 'meta');
        return { ...body, meta: { ...meta, lastModified: String(meta.lastModified).replace('T', ' ') } };
      }),
    ),
  },
  {
    name: 'dates-in-the-form-of-a-log',
    title: 'dates of the status such as Sat Nov 28 2026 20:55:49',
    breaks: ['STAT-14', 'STAT-16'],
    seams: edit(
      isStatusRead,
      withBody((body) => {
        const meta = member(body, 'meta');
        const [day = '', date = '', month = '', year = '', time = ''] = new Date(String(meta.created))
          .toUTCString()
          .split(/,? /);
        return { ...body, meta: { ...meta, created: `${day} ${month} ${date} ${year} ${time}` } };
      }),
    ),
  },
  {
    name: 'end-of-a-status-token-with-a-space-for-the-t',
    title: 'a status token whose expiresAt has a space instead of the T',
    breaks: ['TOK-01'],
    seams: edit(
      isAccepted,
      withBody((body) => {
        const token = member(body, 'statusToken');
        return { ...body, statusToken: { ...token, expiresAt: String(token.expiresAt).replace('T', ' ') } };
      }),
    ),
  },
];
