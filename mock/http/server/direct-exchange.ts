/**
 * Gives a plain request directly to the routes. Writing it as bytes and parsing them again would be most of the cost of
 * an exchange in memory. A request is not plain if Node's parser could refuse, join or drop a part of it; such a
 * request goes through the parser.
 */
import { EventEmitter } from 'node:events';
import { validateHeaderValue, type IncomingMessage, type ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { MemoryReply, MemoryRequest } from './memory-transport.js';

const bodiless: readonly string[] = ['GET', 'HEAD'];
const plainMethods: readonly string[] = [...bodiless, 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Fields that tell how a message is framed, or what becomes of its connection. */
const framing: readonly string[] = [
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

const plainName = /^[A-Za-z0-9-]+$/;
const plainValue = /^(?:[!-~](?:[ -~]*[!-~])?)?$/;
const plainTarget = /^https?:\/\/[^/?#]+(\/[!-"$-~]*)$/;

/** Characters of all fields together; Node refuses much more. */
const longestHead = 8000;

interface Plain {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** By names in lower case. */
  readonly fields: Record<string, string>;
  readonly body: Buffer | undefined;
}

/** The request if it is plain; else undefined. */
export const plainOf = ({ method, url, headers, body }: MemoryRequest): Plain | undefined => {
  const target = plainTarget.exec(url)?.[1];
  if (target === undefined || !plainMethods.includes(method)) return undefined;
  if (body !== undefined && bodiless.includes(method)) return undefined;
  const fields: Record<string, string> = {};
  let length = target.length;
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    length += name.length + value.length;
    if (key in fields || framing.includes(key) || !plainName.test(name) || !plainValue.test(value)) return undefined;
    fields[key] = value;
  }
  if (fields.host === undefined || length > longestHead) return undefined;
  const bytes = body === undefined ? undefined : Buffer.from(body);
  if (bytes !== undefined) fields['content-length'] = String(bytes.length);
  return { method, target, fields, body: bytes };
};

/** What fastify and the handlers read of an IncomingMessage. */
class Request extends EventEmitter {
  readonly httpVersion = '1.1';
  readonly httpVersionMajor = 1;
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  /** Emits `close` when the client leaves, or the server closes the connection. */
  readonly socket = Object.assign(new EventEmitter(), { destroy: () => this.socket.emit('close') });

  constructor(private readonly plain: Plain) {
    super();
    this.method = plain.method;
    this.url = plain.target;
    this.headers = plain.fields;
  }

  resume(): void {
    queueMicrotask(() => {
      if (this.plain.body !== undefined && this.plain.body.length > 0) this.emit('data', this.plain.body);
      this.emit('end');
    });
  }
}

type Fields = Readonly<Record<string, string | number | readonly string[]>>;

/** What fastify does with a ServerResponse. */
class Response extends EventEmitter {
  statusCode = 200;
  sendDate = true;
  headersSent = false;
  writableEnded = false;
  private readonly own: Record<string, string> = {};
  private fields: Fields = {};

  constructor(private readonly done: (status: number, fields: Fields, payload: string) => void) {
    super();
  }

  setHeader(name: string, value: string): void {
    this.own[name.toLowerCase()] = value;
  }

  getHeader(name: string): string | undefined {
    return this.own[name.toLowerCase()];
  }

  getHeaders(): Fields {
    return { ...this.own };
  }

  hasHeader(name: string): boolean {
    return this.getHeader(name) !== undefined;
  }

  removeHeader(name: string): void {
    Reflect.deleteProperty(this.own, name.toLowerCase());
  }

  writeHead(status: number, fields: Fields): void {
    for (const [name, value] of Object.entries(fields)) validateHeaderValue(name, String(value));
    this.statusCode = status;
    this.fields = { ...this.own, ...fields };
    this.headersSent = true;
  }

  end(payload: Buffer | string | null | undefined): void {
    this.writableEnded = true;
    this.done(this.statusCode, this.fields, payload?.toString() ?? '');
    queueMicrotask(() => this.emit('finish'));
  }
}

/** What Node writes after the fields that it was given. */
const closingLines = (
  fields: Fields,
  { keepAliveTimeout }: { readonly keepAliveTimeout: number },
): [string, string][] =>
  'connection' in fields
    ? []
    : [
        ['Connection', 'keep-alive'],
        ['Keep-Alive', `timeout=${Math.floor(keepAliveTimeout / 1000)}`],
      ];

/** The answer to a plain request; a failure if one of the signals aborts before it is there. Never rejects. */
export const exchangeDirectly = (
  app: FastifyInstance,
  plain: Plain,
  signals: readonly AbortSignal[],
): Promise<MemoryReply> =>
  new Promise((resolve) => {
    const request = new Request(plain);
    const end = (reply: MemoryReply): void => {
      for (const signal of signals) signal.removeEventListener('abort', leave);
      resolve(reply);
    };
    const leave = (): void => {
      end({ failure: 'the connection was closed before the answer was complete' });
      request.socket.emit('close');
    };
    for (const signal of signals) signal.addEventListener('abort', leave);
    const response = new Response((status, fields, payload) => {
      const lines = Object.entries(fields).flatMap(([name, value]): [string, string][] =>
        Array.isArray(value) ? value.map((each: string) => [name, each]) : [[name, String(value)]],
      );
      const body = plain.method === 'HEAD' ? '' : payload;
      end({ status, headers: [...lines, ...closingLines(fields, app.server)], body });
    });
    request.socket.once('close', () => {
      end({ failure: 'the connection was closed without an answer' });
      response.emit('close');
    });
    // Fastify uses no more of the two than stands above; that the answers are those of a socket is what tests compare.
    app.routing(request as unknown as IncomingMessage, response as unknown as ServerResponse);
  });
