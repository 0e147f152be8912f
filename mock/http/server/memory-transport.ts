/**
 * Carries requests to an HTTP server in this process, without a socket. Node's own parser reads what is sent, so that
 * the server sees and refuses the same as over a network. No timer and no input or output of the machine is involved.
 */
import type { Server } from 'node:http';
import { Duplex } from 'node:stream';

type Lines = readonly (readonly [name: string, value: string])[];

/** The bytes of a request; nothing is added but Content-Length, where a body comes without it. */
export interface MemoryRequest {
  readonly method: string;
  /** Absolute. What follows the authority is sent as it stands. */
  readonly url: string;
  /** Each line by itself, Host included. */
  readonly headers: Lines;
  readonly body?: string | Uint8Array;
  /** Cuts the connection, as a client does that waits no longer. */
  readonly signal?: AbortSignal;
}

export interface MemoryAnswer {
  readonly status: number;
  /** Each line by itself, as it was sent. */
  readonly headers: [name: string, value: string][];
  readonly body: string;
}

/** The connection ended before the answer was complete. */
export interface MemoryFailure {
  readonly failure: string;
}

export type MemoryReply = MemoryAnswer | MemoryFailure;

interface Head {
  readonly status: number;
  readonly headers: [string, string][];
}

interface Exchange {
  /** Whether the answer ends with its head. */
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

/** The server's end of a connection, and what the client reads of it. One request at a time. */
class Connection extends Duplex {
  private exchange: Exchange | undefined;
  private received: Buffer[] = [];
  private head: Head | undefined;

  constructor() {
    super({ decodeStrings: false });
  }

  /** Whether the next request may be sent here. */
  get isFree(): boolean {
    return this.exchange === undefined && !this.destroyed && !this.writableEnded;
  }

  send(bytes: Buffer, isBodiless: boolean): Promise<MemoryReply> {
    return new Promise((end) => {
      this.exchange = { isBodiless, end };
      this.push(bytes);
    });
  }

  override _read(): void {
    // What is sent is pushed when it is sent.
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

  /** Settles the exchange where all of its answer is there; at the end of the connection what is there is all. */
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

  /** Interim answers are passed over (RFC 9110 §15.2). */
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

/** Path and query of an absolute URL, unchanged: `new URL` would resolve dot segments and encode what it dislikes. */
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

/** Whether a connection can carry another request after these. */
const mayGoOn = (request: MemoryRequest, reply: MemoryReply): boolean =>
  !('failure' in reply) &&
  valueOf(reply.headers, 'connection')?.toLowerCase() !== 'close' &&
  // A body that is not as long as it says leaves bytes on the connection.
  !isNamed(request.headers, 'content-length');

export class MemoryTransport {
  private readonly idle: Connection[] = [];
  private readonly open = new Set<Connection>();
  private readonly pending = new Set<Promise<MemoryReply>>();
  private isClosed = false;

  constructor(private readonly server: Server) {}

  /** The answer to a request, or why there is none. Never rejects. */
  async handle(request: MemoryRequest): Promise<MemoryReply> {
    if (this.isClosed) return { failure: 'nobody listens' };
    if (request.signal?.aborted === true) return { failure: 'the request was given up before it was sent' };
    const reply = this.send(request);
    this.pending.add(reply);
    void reply.finally(() => this.pending.delete(reply));
    return reply;
  }

  /** Takes no more requests, and resolves when those that were sent are answered. */
  async answered(): Promise<void> {
    this.isClosed = true;
    await Promise.all(this.pending);
  }

  /** Takes no more requests, and cuts all connections. */
  close(): void {
    this.isClosed = true;
    for (const connection of this.open) connection.destroy();
  }

  private async send(request: MemoryRequest): Promise<MemoryReply> {
    const connection = this.idle.pop() ?? this.connect();
    const cut = (): void => void connection.destroy();
    request.signal?.addEventListener('abort', cut);
    const reply = await connection.send(bytesOf(request), request.method === 'HEAD');
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
