/**
 * A hostile target on node:http. It is correct enough for a run to continue. Wherever it can choose a text, it sends
 * one that could break a report: markup, control characters, megabytes, and the credential of the request in every
 * spelling.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { header, mediaType, urn } from '../../schemas/names.js';
import { jsonOf, megabytes, odd, poison, spellingsOf, textFor } from './poison.js';

type Json = Record<string, unknown>;

interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: Json | string | Buffer;
}

const credentialOf = ({ headers }: IncomingMessage): string => headers.authorization?.replace(/^Bearer /, '') ?? 'none';

export interface HostileTarget {
  readonly url: string;
  /** Requests that it answered with 10 MB. */
  readonly flooded: () => number;
  stop(): Promise<void>;
}

export interface HostileListener {
  readonly listener: RequestListener;
  readonly flooded: () => number;
}

/** One of every n answers has 10 MB; 1: all answers except discovery. The URL may be known later. */
export const hostileListener = (
  floodsEvery: number,
  urlOf: () => string,
  newId: () => string = randomUUID,
): HostileListener => {
  let place = 0;
  let flooded = 0;
  const jobs = new Map<string, { looks: number; operations: number }>();

  const fields = (credential: string): Record<string, string> => ({
    'Set-Cookie': `session=${credential}`,
    [`X-${credential}`]: 'a name',
    'X-Latin': 'separators \u009b31m and \u0085',
    'X-Markup': poison.markup,
    'X-Echo': spellingsOf(credential).join(' '),
    ETag: `"${credential}"`,
    'Cache-Control': `private="${credential}"`,
    'RateLimit-Policy': `"${poison.markup}";q=1;w=x`,
  });

  const floods = new Map<string, Buffer>();

  /** The credential again and again, so that a cut goes through it, wherever it is made. */
  const flood = (credential: string): Buffer => {
    flooded += 1;
    const known = floods.get(credential);
    if (known !== undefined) return known;
    const made = Buffer.from(`{"detail":"${megabytes(10, credential)}","schemas":["${urn.error}"]}`);
    floods.set(credential, made);
    return made;
  };

  const user = (credential: string, id: string, sent: Json): Json => ({
    schemas: [urn.user, poison.markup],
    userName: sent.userName,
    name: sent.name,
    id,
    displayName: textFor(credential),
    nickName: '{{escaped}}',
    title: place % 3 === 0 ? megabytes(0.9, `${poison.ansi}${credential}`) : poison.nul,
    [poison.markup]: odd(place),
    meta: { resourceType: textFor(credential), location: `${urlOf()}/Users/${encodeURIComponent(credential)}` },
  });

  const error = (status: number, credential: string): Reply => {
    const headers = status === 401 ? { 'WWW-Authenticate': `Bearer error="${credential}"` } : {};
    const detail = `${textFor(credential)}\n    at Object.get (/srv/app/${credential}.js:1:2)`;
    const errors: Reply[] = [
      { status, headers, body: { schemas: [urn.error], status, scimType: poison.ansi, detail } },
      { status, headers, body: `<!doctype html>${poison.markup}${poison.ansi}${poison.nul}${credential}` },
      {
        status,
        headers,
        body: { schemas: [urn.error], status: odd(place), detail: odd(place + 1), scimType: '{{escaped}}' },
      },
      {
        status,
        headers,
        body: Buffer.from([0xff, 0xfe, 0, 0x1b, 0x5b, 0x33, 0x31, 0x6d, 0xc3, ...Buffer.from(credential)]),
      },
      { status, headers, body: '['.repeat(100_000) + ']'.repeat(100_000) },
    ];
    return errors[place % errors.length] ?? { status };
  };

  const accept = (credential: string, sent: unknown, isRfc9967: boolean): Reply => {
    const id = newId();
    const operations = (sent as { Operations?: unknown[] } | undefined)?.Operations?.length ?? 1;
    jobs.set(id, { looks: 0, operations });
    const location = `${urlOf()}/${isRfc9967 ? 'async' : 'provision'}/${id}${isRfc9967 ? '' : '/status'}`;
    return isRfc9967
      ? {
          status: 202,
          headers: { [header.location]: location, [header.setTxn]: id, [header.preferenceApplied]: poison.markup },
        }
      : {
          status: 202,
          headers: { [header.location]: location, [header.requestId]: credential, [header.retryAfter]: '0' },
          body: statusOf(id, credential),
        };
  };

  const results = (credential: string, count: number): Json[] =>
    Array.from({ length: count }, (_, index) => ({
      method: poison.markup,
      bulkId: index % 2 === 0 ? textFor(credential) : odd(index),
      status: index % 2 === 0 ? '201' : '400',
      location: index % 3 === 0 ? `${urlOf()}/Users/%zz${credential}` : `javascript:${poison.markup}`,
      response: { schemas: [urn.error], detail: textFor(credential), status: odd(index) },
    }));

  const statusOf = (id: string, credential: string): Json => {
    const job = jobs.get(id) ?? { looks: 0, operations: 1 };
    job.looks += 1;
    const completed = job.looks > 2;
    return {
      schemas: [urn.provisionStatus],
      id: job.looks % 2 === 0 ? id : `${credential}\ud800`,
      operationsCount: { total: job.operations, success: odd(job.looks), failed: 0, pending: completed ? 0 : 1 },
      status: { completed, success: odd(job.looks) },
      state: textFor(credential),
      statusToken: { value: '\\q{{escaped}}', expiresAt: poison.markup },
      meta: { created: poison.nul, lastModified: odd(job.looks), location: '{{escaped}}' },
      ...(completed ? { Operations: results(credential, job.operations) } : {}),
    };
  };

  /** A token that holds the credential within its base64, written with escapes there. */
  const token = (id: string, credential: string): string =>
    [
      { alg: 'none', kid: poison.markup },
      {
        iss: poison.ansi,
        iat: poison.nul,
        jti: textFor(credential),
        txn: id,
        sub_id: { format: 'scim', uri: place % 2 === 0 ? `/Users/${credential}` : odd(place) },
        events: { [urn.error]: odd(place), 'urn:ietf:params:scim:event:misc:asyncresp': results(credential, 1)[0] },
        note: '{{escaped}}',
      },
    ]
      .map((each) => Buffer.from(jsonOf(each, credential)).toString('base64url'))
      .join('.') + '.';

  const config = (credential: string): Json => ({
    schemas: [urn.serviceProviderConfig],
    documentationUri: `javascript:${poison.markup}`,
    patch: { supported: true },
    bulk: { supported: true, maxOperations: 1e12, maxPayloadSize: 1e15 },
    filter: { supported: true, maxResults: 1e9 },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: true },
    authenticationSchemes: [{ type: poison.markup, name: textFor(credential), description: '{{escaped}}' }],
    [urn.asyncServiceProviderConfig]: {
      requestModes: ['synchronous', 'asynchronous', poison.ansi],
      statusEndpoint: `/provision/{id}/${credential}`,
      statusRetentionSeconds: odd(3),
      features: ['statusToken', 'cancel', 'idempotency', poison.markup, textFor(credential)],
    },
    securityEvents: { asyncRequest: 'request', eventUris: [textFor(credential), odd(0), megabytes(0.5, '<script>')] },
  });

  const answer = (method: string, path: string, request: IncomingMessage, sent: unknown): Reply => {
    const credential = credentialOf(request);
    const isMode = request.headers['x-scim-request-mode'] !== undefined;
    const isRfc9967 = /respond-async/i.test(request.headers.prefer?.toString() ?? '');
    if (path === '/ServiceProviderConfig') return { status: 200, body: config(credential) };
    if (credential === 'none') return error(401, credential);
    const [, endpoint, id = ''] = path.split('/');
    if (endpoint === 'provision' && method === 'GET') return { status: 200, body: statusOf(id, credential) };
    if (endpoint === 'async' && method === 'GET') return { status: 200, body: token(id, credential) };
    if (method !== 'GET' && (isMode || isRfc9967)) return accept(credential, sent, isRfc9967);
    if (endpoint === 'Bulk')
      return { status: 200, body: { schemas: [urn.bulkResponse], Operations: results(credential, 2) } };
    if (endpoint !== 'Users' && endpoint !== 'Groups') return error(404, credential);
    if (method === 'GET' && id === '') {
      const Resources = [user(credential, textFor(credential), {}), odd(place)];
      return { status: 200, body: { schemas: [urn.listResponse], totalResults: odd(place), Resources } };
    }
    if (method === 'POST' && typeof sent === 'object' && sent !== null) {
      const own = place % 4 === 0 ? '\ud800' : newId();
      const body = user(credential, own, sent as Json);
      return {
        status: 201,
        headers: { [header.location]: `${urlOf()}/Users/${encodeURIComponent(credential)}` },
        body,
      };
    }
    if (method === 'DELETE') return { status: 204 };
    return place % 7 === 0 ? error(500, credential) : { status: 200, body: user(credential, id, {}) };
  };

  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => undefined);
    request.on('end', () => {
      place += 1;
      const path = (request.url ?? '').split('?')[0]?.slice('/scim'.length) ?? '';
      const credential = credentialOf(request);
      let sent: unknown;
      try {
        sent = JSON.parse(Buffer.concat(chunks).toString());
      } catch {
        sent = undefined;
      }
      const reply = answer(request.method ?? '', path, request, sent);
      const isFlood = place > 4 && place % floodsEvery === 0 && path !== '/ServiceProviderConfig';
      const { status, headers = {}, body } = isFlood ? { ...reply, body: flood(credential) } : reply;
      const isJson = body !== undefined && typeof body === 'object' && !Buffer.isBuffer(body);
      // What the platform does not let pass as a field is left out.
      for (const [name, value] of Object.entries({ ...fields(credential), ...headers })) {
        try {
          response.setHeader(name, value);
        } catch {
          response.setHeader('X-Refused', 'a field');
        }
      }
      response.setHeader('Content-Type', isJson || isFlood ? mediaType.scim : `text/html; x="${poison.markup}"`);
      const content =
        status === 204 || request.method === 'HEAD' ? undefined : isJson ? jsonOf(body, credential) : body;
      if (status !== 204) response.setHeader('Content-Length', Buffer.byteLength(content ?? ''));
      response.writeHead(status);
      response.end(content);
    });
  };
  return { listener, flooded: () => flooded };
};

/** Starts it on a free port. */
export const startHostileTarget = async (floodsEvery: number): Promise<HostileTarget> => {
  let url = '';
  const { listener, flooded } = hostileListener(floodsEvery, () => url);
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim`;
  return {
    url,
    flooded,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
