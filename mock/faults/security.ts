/** Faults of authentication, authorisation and secrecy: SEC. */
import { header, urn } from '../../schemas/names.js';
import type { Answer } from '../http/answer.js';
import {
  answering,
  both,
  edit,
  error,
  isStatusRead,
  member,
  on,
  user,
  withBody,
  withField,
  withoutField,
  type Match,
} from './answers.js';
import type { Fault } from './fault.js';

const isRefused: Match = ({ status }) => status === 401;

export const securityFaults: readonly Fault[] = [
  {
    name: '401-without-www-authenticate',
    title: '401 without WWW-Authenticate',
    breaks: ['SEC-01', 'SEC-02'],
    seams: edit((answer) => answer.status === 401, withoutField(header.wwwAuthenticate)),
  },
  {
    name: 'bad-token-refused-without-a-challenge',
    title: '401 without WWW-Authenticate to a token that is wrong',
    breaks: ['SEC-02'],
    seams: edit(
      both(isRefused, (_, { field }) => field(header.authorization) !== undefined),
      withoutField(header.wwwAuthenticate),
    ),
  },
  {
    name: 'expired-status-token-refused-without-a-challenge',
    title: '401 with an empty WWW-Authenticate to an expired status token',
    breaks: ['SEC-02'],
    seams: edit(
      both(on(401, 'GET', /\/status$/), (_, { field }) => /^Bearer status-/.test(field(header.authorization) ?? '')),
      withField(header.wwwAuthenticate, ''),
    ),
  },
  {
    name: 'result-refused-without-a-challenge',
    title: '401 without WWW-Authenticate to a read of a result without a credential',
    breaks: ['SEC-01'],
    over: 'respond-async',
    seams: edit(
      both(isRefused, (_, { field, path }) => path.startsWith('/async/') && field(header.authorization) === undefined),
      withoutField(header.wwwAuthenticate),
    ),
  },
  {
    name: 'deleted-in-spite-of-401',
    title: 'a DELETE with a bad credential that is answered 401 and done',
    breaks: ['SEC-02'],
    seams: answering(() => async (answer, request, { ports: { store } }) => {
      const id = on(401, 'DELETE', user)(answer, request) && request.field(header.authorization) !== undefined;
      const [, , found] = id ? request.path.split('/') : [];
      if (found !== undefined && (await store.find(found)) !== undefined)
        await store.transaction((transaction) => transaction.remove('User', found));
      return answer;
    }),
  },
  {
    name: '403-to-a-bad-credential',
    title: '403 to a bad credential',
    breaks: ['SEC-02'],
    seams: edit(
      (answer, { field }) => answer.status === 401 && /^Bearer (?!status-)/.test(field(header.authorization) ?? ''),
      () => error(403),
    ),
  },
  {
    name: 'status-read-with-another-request-id',
    title: 'a status that can be read with the request id of another request',
    breaks: ['SEC-04'],
    seams: answering(() => {
      const statuses = new Map<string, Answer>();
      return (answer, request) => {
        if (isStatusRead(answer, request)) statuses.set(request.path, answer);
        return answer.status === 400 ? (statuses.get(request.path) ?? answer) : answer;
      };
    }),
  },
  {
    name: '200-to-a-hostile-id',
    title: '200 to a path traversal in an id',
    breaks: ['SEC-06'],
    seams: edit(both(on(404, 'GET', /^\/Users\/.*%2f/i)), () => ({ ...error(200), body: {} })),
  },
  {
    name: 'credential-in-a-field',
    title: 'the credential in a header field of the answer',
    breaks: ['SEC-08'],
    seams: edit(on(200, 'GET', user), (answer, { field }) =>
      withField('X-Debug', field(header.authorization) ?? '')(answer),
    ),
  },
  {
    name: 'status-cacheable',
    over: 'request-mode',
    title: 'a status that may be cached',
    breaks: ['SEC-09'],
    seams: edit(isStatusRead, withoutField(header.cacheControl)),
  },
  {
    name: 'bulk-without-authentication',
    title: 'bulk requests that need no credential',
    breaks: ['SEC-01', 'SEC-02'],
    seams: edit(on(401, 'POST', /^\/Bulk$/), () => ({
      ...error(200),
      body: { schemas: [urn.bulkResponse], Operations: [] },
    })),
  },
  {
    name: 'groups-read-without-authentication',
    title: 'reads of groups that need no credential',
    breaks: ['SEC-01'],
    seams: edit(on(401, 'GET', /^\/Groups/), () => ({ ...error(200), body: { schemas: [urn.listResponse] } })),
  },
  {
    name: 'groups-changed-without-authentication',
    title: 'PUT, PATCH and DELETE of a group that need no credential',
    breaks: ['SEC-01'],
    seams: edit(
      (answer, { method, path }) => answer.status === 401 && method !== 'GET' && /^\/Groups\/./.test(path),
      () => ({ status: 204, headers: {} }),
    ),
  },
  {
    name: 'token-in-any-case',
    title: 'a token that is compared regardless of case',
    breaks: ['SEC-02'],
    seams: answering(() => {
      const good = new Set<string>();
      return (answer, request) => {
        const given = request.field(header.authorization)?.toLowerCase() ?? '';
        if (request.client !== undefined) good.add(given);
        return on(401, 'POST', /^\/Users$/)(answer, request) && good.has(given) ? { ...error(200), body: {} } : answer;
      };
    }),
  },
  {
    name: 'alias-for-every-client',
    over: 'request-mode',
    title: 'a status that every client may read under its alternative path',
    breaks: ['SEC-03'],
    seams: edit(
      both(on(404, 'GET', /^\/provisions\/[0-9a-f-]{36}\/status$/), (_, { client }) => client === 'second'),
      () => ({ ...error(200), body: {} }),
    ),
  },
  {
    name: 'original-request-id-compared-by-its-prefix',
    title: 'comparing only the first characters of X-Original-Request-ID',
    breaks: ['SEC-04'],
    seams: answering(() => {
      const reads = new Map<string, { id: string; answer: Answer }>();
      return (answer, request) => {
        const id = request.field(header.originalRequestId);
        if (id === undefined || !request.path.endsWith('/status')) return answer;
        if (answer.status === 200) reads.set(request.path, { id, answer });
        const right = reads.get(request.path);
        return answer.status === 400 && right?.id.startsWith(id) === true ? right.answer : answer;
      };
    }),
  },
  {
    name: 'status-for-every-client',
    title: 'a status that every client may read',
    breaks: ['SEC-03'],
    seams: () => ({ maySee: () => true }),
  },
  {
    name: 'sequential-ids',
    title: 'ids that count from 1',
    breaks: ['SEC-05'],
    seams: () => {
      let last = 0;
      return { newId: () => String((last += 1)) };
    },
  },
  {
    name: 'short-ids',
    title: 'random ids of 32 bits',
    breaks: ['SEC-05'],
    seams: (_base, { randomBytes }) => ({ newId: () => Buffer.from(randomBytes(4)).toString('hex') }),
  },
  {
    name: 'http-links',
    title: 'http URLs of users on a host that is not loopback',
    breaks: ['SEC-07'],
    seams: edit(
      on(200, 'GET', user),
      withBody((body) => ({
        ...body,
        meta: { ...member(body, 'meta'), location: `http://provider.example/scim/v2/Users/${String(body.id)}` },
      })),
    ),
  },
];
