/**
 * Sends requests to an HTTP server in this process, without a socket. The bytes go through Node's own HTTP parser, so
 * the server accepts and refuses the same as over a network. It uses no timers and no I/O.
 */
import { setMaxListeners } from 'node:events';
import type { Server } from 'node:http';
import { Duplex } from 'node:stream';

type Lines = readonly (readonly [name: string, value: string])[];

/** A request as it is sent. Only Content-Length is added, if there is a body without it. */
export interface MemoryRequest {
  readonly method: string;
  /** Absolute. Path and query are sent unchanged. */
  readonly url: string;
  /** One entry for each header line; Host has to be among them. */
  readonly headers: Lines;
  readonly body?: string | Uint8Array;
  /** Closes the connection when it aborts. */
  readonly signal?: AbortSignal;
}

export interface MemoryAnswer {
  readonly status: number;
  /** One entry for each header line, as it was sent. */
  readonly headers: [name: string, value: string][];
  readonly body: string;
}

/** There was no complete answer. */
export interface MemoryFailure {
  readonly failure: string;
}

export type MemoryReply = MemoryAnswer | MemoryFailure;

interface Head {
  readonly status: number;
  readonly headers: [string, string][];
}

interface Exchange {
  /** Whether the answer has no body because it answers HEAD. */
  readonly isBodiless: boolean;
  readonly end: (reply: MemoryReply) => void;
}

const emptyStatuses = [204, 304];

const readHead = (text: string): Head => {
  const [first = '', ...lines] = text.split('\r\n');
  return {
    status: Number(first.split(' ')[1]),
    headers: lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trim()];
    }),
  };
};

const valueOf = (headers: Lines, name: string): string | undefined =>
  headers.find(([each]) => each.toLowerCase() === name)?.[1];

/**
 * A connection: the stream that the server reads and writes, and the client that reads the answers. One request at a
 * time.
 */
class Connection extends Duplex {
  private exchange: Exchange | undefined;
  private received: Buffer[] = [];
  private head: Head | undefined;

  constructor() {
    super({ decodeStrings: false });
  }

  /** Whether another request can be sent. */
  get isFree(): boolean {
    return this.exchange === undefined && !this.destroyed && !this.writableEnded;
  }

  send(bytes: Buffer, { isBodiless }: Pick<Exchange, 'isBodiless'>): Promise<MemoryReply> {
    return new Promise((end) => {
      this.exchange = { isBodiless, end };
      this.push(bytes);
    });
  }

  override _read(): void {
    // `send` pushes the data.
  }

  override _write(chunk: string | Buffer, encoding: BufferEncoding, done: () => void): void {
    this.receive([typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk]);
    done();
  }

  override _writev(chunks: { chunk: string | Buffer; encoding: BufferEncoding }[], done: () => void): void {
    this.receive(
      chunks.map(({ chunk, encoding }) => (typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk)),
    );
    done();
  }

  override _final(done: () => void): void {
    this.complete({ isEnd: true });
    done();
    this.destroy();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.settle({ failure: 'the connection was closed before the answer was complete' });
    done(error);
  }

  private receive(chunks: readonly Buffer[]): void {
    if (this.exchange === undefined) return;
    this.received.push(...chunks);
    this.complete({ isEnd: false });
  }

  /** Resolves the exchange if its answer is complete; without Content-Length that is the end of the connection. */
  private complete({ isEnd }: { readonly isEnd: boolean }): void {
    this.readHeads();
    if (this.exchange === undefined || this.head === undefined) return;
    const { status, headers } = this.head;
    const length = valueOf(headers, 'content-length');
    const isEmpty = this.exchange.isBodiless || emptyStatuses.includes(status);
    const has = this.received.reduce((sum, { length }) => sum + length, 0);
    const isWhole = isEmpty || (length === undefined ? isEnd : has >= Number(length));
    if (isWhole) this.settle({ status, headers, body: isEmpty ? '' : Buffer.concat(this.received).toString() });
  }

  /** Parses the head of the answer. Interim answers are skipped (RFC 9110 §15.2). */
  private readHeads(): void {
    while (this.head === undefined && this.received.length > 0) {
      const bytes = this.received.length === 1 ? this.received[0] : Buffer.concat(this.received);
      const end = bytes?.indexOf('\r\n\r\n') ?? -1;
      if (bytes === undefined || end === -1) return;
      const rest = bytes.subarray(end + 4);
      this.received = rest.length === 0 ? [] : [rest];
      const head = readHead(bytes.toString('latin1', 0, end));
      if (head.status >= 200) this.head = head;
    }
  }

  private settle(reply: MemoryReply): void {
    const { exchange } = this;
    this.exchange = undefined;
    this.head = undefined;
    this.received = [];
    exchange?.end(reply);
  }
}

/** Path and query of an absolute URL, unchanged: `new URL` would resolve dot segments and encode characters. */
const targetOf = (url: string): string => {
  const [, rest = ''] = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*([^#]*)/i.exec(url) ?? [];
  return rest.startsWith('/') ? rest : `/${rest}`;
};

const isNamed = (headers: Lines, name: string): boolean => valueOf(headers, name) !== undefined;

const bytesOf = ({ method, url, headers, body }: MemoryRequest): Buffer => {
  const payload = typeof body === 'string' ? Buffer.from(body) : body;
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const isFramed = payload === undefined || isNamed(headers, 'content-length') || isNamed(headers, 'transfer-encoding');
  const length = isFramed ? '' : `Content-Length: ${payload.length}\r\n`;
  const head = Buffer.from(`${method} ${targetOf(url)} HTTP/1.1\r\n${lines}${length}\r\n`, 'latin1');
  return payload === undefined ? head : Buffer.concat([head, payload]);
};

/** Whether the connection can be used again. */
const mayGoOn = (request: MemoryRequest, reply: MemoryReply): boolean =>
  !('failure' in reply) &&
  valueOf(reply.headers, 'connection')?.toLowerCase() !== 'close' &&
  // A Content-Length of the caller may be wrong, so that bytes of the body are left.
  !isNamed(request.headers, 'content-length');

export type Shortcut = (request: MemoryRequest, closing: AbortSignal) => Promise<MemoryReply> | undefined;

export class MemoryTransport {
  private readonly idle: Connection[] = [];
  private readonly open = new Set<Connection>();
  private readonly pending = new Set<Promise<MemoryReply>>();
  private readonly closing = new AbortController();
  private isClosed = false;

  constructor(
    private readonly server: Server,
    /** Answers a request without the parser; undefined if the request needs the parser. Stops when a signal aborts. */
    private readonly shortcut: Shortcut = () => undefined,
  ) {
    setMaxListeners(0, this.closing.signal);
  }

  /** Sends a request. Never rejects: without an answer it resolves with a failure. */
  async handle(request: MemoryRequest): Promise<MemoryReply> {
    if (this.isClosed) return { failure: 'nobody listens' };
    if (request.signal?.aborted === true) return { failure: 'the request was given up before it was sent' };
    const reply = this.shortcut(request, this.closing.signal) ?? this.send(request);
    this.pending.add(reply);
    void reply.finally(() => this.pending.delete(reply));
    return reply;
  }

  /** Refuses new requests, and resolves when those in progress are answered. */
  async answered(): Promise<void> {
    this.isClosed = true;
    await Promise.all(this.pending);
  }

  /** Refuses new requests, and closes all connections. */
  close(): void {
    this.isClosed = true;
    this.closing.abort();
    for (const connection of this.open) connection.destroy();
  }

  private async send(request: MemoryRequest): Promise<MemoryReply> {
    const connection = this.idle.pop() ?? this.connect();
    const cut = (): void => void connection.destroy();
    request.signal?.addEventListener('abort', cut);
    const reply = await connection.send(bytesOf(request), { isBodiless: request.method === 'HEAD' });
    request.signal?.removeEventListener('abort', cut);
    if (connection.isFree && mayGoOn(request, reply)) this.idle.push(connection);
    return reply;
  }

  private connect(): Connection {
    const connection = new Connection();
    this.open.add(connection);
    connection.once('close', () => {
      this.open.delete(connection);
      const place = this.idle.indexOf(connection);
      if (place !== -1) this.idle.splice(place, 1);
    });
    this.server.emit('connection', connection);
    return connection;
  }
}
