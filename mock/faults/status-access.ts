/** Faults of who can read a status, and by which method, path and token: SEC-03, SEC-08, SEC-09, STAT-07, STAT-10, TOK-01. */
import { header, mediaType } from '../../schemas/names.js';
import { both, edit, on, withBody, withField, type Match } from './answers.js';
import type { Fault } from './fault.js';

const status = /^\/provisions?\/[^/]+\/status$/;

const isOfStatus: Match = (_, { path }) => status.test(path);

const isRefused: Match = (answer, request) => answer.status === 405 && isOfStatus(answer, request);

export const statusAccessFaults: readonly Fault[] = [
  {
    name: 'head-of-a-status-is-405',
    title: '405 to HEAD of a status',
    breaks: ['STAT-07'],
    seams: edit(on(200, 'HEAD', status), () => ({ status: 405, headers: { [header.allow]: 'GET' } })),
  },
  {
    name: 'alias-of-a-status-written',
    title: '204 to PUT and PATCH of a status under its alternative path',
    breaks: ['STAT-10'],
    seams: edit(
      both(isRefused, (_, { path }) => path.startsWith('/provisions/')),
      () => ({ status: 204, headers: {} }),
    ),
  },
  {
    name: 'allow-of-a-status-without-get',
    title: '405 to a write of a status with an Allow that does not list GET',
    breaks: ['STAT-10'],
    seams: edit(isRefused, withField(header.allow, 'POST, PUT, PATCH')),
  },
  {
    name: 'not-modified-status-cacheable',
    title: '304 to a conditional read of a status with Cache-Control: max-age=60',
    breaks: ['SEC-09'],
    over: 'request-mode',
    seams: edit(
      both(isOfStatus, (answer) => answer.status === 304),
      withField(header.cacheControl, 'max-age=60'),
    ),
  },
  {
    name: 'status-for-who-knows-the-request-id',
    title: 'a status that every client may read who sends X-Original-Request-ID',
    breaks: ['SEC-03'],
    over: 'request-mode',
    seams: edit(
      both(
        on(404, 'GET', status),
        (_, { client, field }) => client === 'second' && field(header.originalRequestId) !== undefined,
      ),
      () => ({ status: 200, headers: { [header.contentType]: mediaType.scim }, body: {} }),
    ),
  },
  {
    name: 'status-token-in-the-403',
    title: 'a 403 whose detail repeats the status token',
    breaks: ['SEC-08'],
    over: 'request-mode',
    seams: edit(
      both(
        (answer) => answer.status === 403,
        (_, { field }) => field(header.authorization) !== undefined,
      ),
      (answer, { field }) =>
        withBody((body) => ({ ...body, detail: `Not allowed: ${field(header.authorization) ?? ''}` }))(answer),
    ),
  },
  {
    name: 'status-token-of-a-bulk-request-reads-nothing',
    title: 'a status token of a bulk request that is refused',
    breaks: ['TOK-01'],
    seams: (base) => {
      const bulks = new Set<string>();
      return {
        read: (head) => {
          if (head.isBulk) bulks.add(head.id);
          return base.read(head);
        },
        tokenAllows: (job, request) => !bulks.has(job) && base.tokenAllows(job, request),
      };
    },
  },
];
