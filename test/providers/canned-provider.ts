/**
 * A provider of canned answers over mock-http-server: just enough synchronous SCIM, kept in a map, for each answer to
 * be replaced by a wrong one.
 */
import { randomUUID } from 'node:crypto';
import ServerMock from 'mock-http-server';
import { mediaType, urn } from '../../schemas/names.js';

type Json = Record<string, unknown>;

export interface CannedAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface CannedRequest {
  readonly method: string;
  /** Without query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readonly body: string;
}

/** Looks at a right answer and may give a wrong one. */
export type Canned = (answer: CannedAnswer, request: CannedRequest) => CannedAnswer;

interface IncomingRequest {
  readonly method: string;
  readonly originalUrl: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
}

const error = (status: number, scimType?: string, headers: Record<string, string> = {}): CannedAnswer => ({
  status,
  headers,
  body: {
    schemas: [urn.error],
    status: String(status),
    ...(scimType === undefined ? {} : { scimType }),
    detail: 'canned',
  },
});

const config = {
  schemas: [urn.serviceProviderConfig],
  patch: { supported: false },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: 100 },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: false },
  authenticationSchemes: [],
  securityEvents: { asyncRequest: 'none', eventUris: [] },
};

export const cannedToken = 'canned-provider-token';

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** The right answers: Users in memory, ServiceProviderConfig, bearer token. */
const rightAnswers = (base: () => string): ((request: CannedRequest) => CannedAnswer) => {
  const users = new Map<string, Json>();
  const represent = (id: string, user: Json): Json => ({
    ...user,
    id,
    meta: { resourceType: 'User', location: `${base()}/Users/${id}` },
  });
  const named = (name: unknown): [string, Json] | undefined =>
    [...users].find(([, { userName }]) => String(userName).toLowerCase() === String(name).toLowerCase());
  const write = (id: string, text: string, contentType: string | undefined, created: boolean): CannedAnswer => {
    if (contentType !== mediaType.scim) return error(415);
    const sent = parse(text);
    if (sent === undefined) return error(400, 'invalidSyntax');
    const { userName, ...rest } = (typeof sent === 'object' && sent !== null ? sent : {}) as Json;
    if (typeof userName !== 'string') return error(400, 'invalidValue');
    const owner = named(userName);
    if (owner !== undefined && owner[0] !== id) return error(409, 'uniqueness');
    const user: Json = { userName, schemas: [urn.user], displayName: rest.displayName, name: rest.name };
    users.set(id, user);
    const body = represent(id, user);
    return created ? { status: 201, headers: { Location: `${base()}/Users/${id}` }, body } : { status: 200, body };
  };
  return ({ method, path, query, authorization, contentType, body }) => {
    if (authorization !== `Bearer ${cannedToken}`) return error(401, undefined, { 'WWW-Authenticate': 'Bearer' });
    if (path === '/ServiceProviderConfig') return { status: 200, body: config };
    if (path === '/Users' && method === 'POST') return write(randomUUID(), body, contentType, true);
    if (path === '/Users' && method === 'GET') {
      const filter = query.get('filter');
      const wanted = /^userName eq "([^"]*)"$/.exec(filter ?? '')?.[1];
      if (filter !== null && wanted === undefined) return error(400, 'invalidFilter');
      const found = [...users].filter(([, user]) => wanted === undefined || named(wanted)?.[1] === user);
      const startIndex = Math.max(1, Number(query.get('startIndex') ?? 1));
      const count = Math.max(0, Number(query.get('count') ?? found.length));
      const Resources = found.slice(startIndex - 1, startIndex - 1 + count).map(([id, user]) => represent(id, user));
      const numbers = { totalResults: found.length, startIndex, itemsPerPage: Resources.length };
      return { status: 200, body: { schemas: [urn.listResponse], ...numbers, Resources } };
    }
    const id = /^\/Users\/([^/]+)$/.exec(path)?.[1];
    const user = id === undefined ? undefined : users.get(id);
    if (id === undefined || user === undefined) return error(404);
    if (method === 'GET') return { status: 200, body: represent(id, user) };
    if (method === 'PUT') return write(id, body, contentType, false);
    if (method !== 'DELETE') return error(501);
    users.delete(id);
    return { status: 204 };
  };
};

/** Starts it on a free port; `canned` replaces answers. */
export const startCannedProvider = async (canned: Canned = (answer) => answer) => {
  const server = new ServerMock({ host: '127.0.0.1', port: 0 });
  const base = (): string => `http://127.0.0.1:${server.getHttpPort()}/scim`;
  const right = rightAnswers(base);
  // mock-http-server asks for the body first, then for the status and the fields; it keeps this very object.
  let current: CannedAnswer = error(404);
  const fields: Record<string, string | null> = {};
  const answer = (incoming: IncomingRequest): string => {
    const url = new URL(incoming.originalUrl, 'http://canned');
    const request: CannedRequest = {
      method: incoming.method,
      path: url.pathname.replace(/^\/scim/, ''),
      query: url.searchParams,
      authorization: incoming.headers.authorization,
      contentType: incoming.headers['content-type'],
      body: typeof incoming.body === 'string' ? incoming.body : '',
    };
    current = canned(right(request), request);
    const { body, headers = {} } = current;
    for (const name of Object.keys(fields)) fields[name] = null;
    fields['content-type'] = body === undefined ? null : mediaType.scim;
    for (const [name, value] of Object.entries(headers)) fields[name.toLowerCase()] = value;
    if (body === undefined) return '';
    return typeof body === 'string' ? body : JSON.stringify(body);
  };
  server.on({
    method: '*',
    path: '*',
    reply: { body: answer, status: () => current.status, headersOverrides: fields },
  });
  await new Promise<void>((resolve) => server.start(resolve));
  return {
    url: base(),
    token: cannedToken,
    stop: () => new Promise<void>((resolve) => server.stop(resolve)),
  };
};
