/**
 * A transport to a provider in the same process: a function from a request to an answer. It uses only promises and the
 * injected clock, so that a repeated run is always the same.
 */
import type { HeaderList } from '../../schemas/types.js';
import { beginningOf, type Share } from './body-budget.js';
import { describeFailure } from './describe-failure.js';
import { PendingExchange } from './pending-exchange.js';
import { shareOf, splitUrl, type CreateTransport, type HttpAnswer, type HttpRequest } from './transport.js';

export interface HandlerRequest {
  readonly method: string;
  /** Absolute, and otherwise as it would be sent. */
  readonly url: string;
  /** In the order in which they would be sent, `Host` first. */
  readonly headers: HeaderList;
  readonly body?: string;
  /** Aborts when the suite does not wait for the answer any more, as if the client closed the connection. */
  readonly signal: AbortSignal;
}

export type HandlerReply =
  | {
      readonly status: number;
      readonly headers: readonly (readonly [name: string, value: string])[];
      readonly body: string;
    }
  /** The reason, as a clause, why there is no complete answer: the connection was refused, reset or cut. */
  | {
      readonly failure: string;
      /** Whether there was no connection, so that the request did not arrive. */
      readonly isUnsent?: boolean;
    };

/** A provider. A rejection counts as a broken connection. */
export type Handler = (request: HandlerRequest) => Promise<HandlerReply>;

/**
 * The network between the suite and the provider: it may wait before and after it passes the request on with `next`,
 * answer in place of the provider, and change or lose the answer.
 */
export type Network = (request: HandlerRequest, next: Handler) => Promise<HandlerReply>;

const hasHost = (headers: HeaderList): boolean => headers.some(([name]) => name.toLowerCase() === 'host');

/** The request as it would be sent over a connection: without the fragment, and with `Host`. */
const outgoingOf = ({ method, url, headers, body }: HttpRequest, signal: AbortSignal): HandlerRequest => {
  const { origin, path } = splitUrl(url);
  return {
    method,
    url: `${origin}${path}`,
    headers: hasHost(headers) ? headers : [['Host', origin.replace(/^https?:\/\//, '')], ...headers],
    ...(body === undefined ? {} : { body }),
    signal,
  };
};

const answerOf = (reply: HandlerReply, share: Share): HttpAnswer => {
  if ('failure' in reply)
    return { type: 'failure', code: reply.isUnsent === true ? 'no-connection' : 'connection', message: reply.failure };
  const isKept = share.reach(Buffer.byteLength(reply.body));
  return {
    type: 'response',
    status: reply.status,
    headers: reply.headers.map(([name, value]): [string, string] => [name, value]),
    body: isKept ? reply.body : beginningOf(Buffer.from(reply.body)),
    truncated: !isKept,
  };
};

/** Without `around`, every message arrives at once and complete. */
export const createHandlerTransport =
  (handle: Handler, around: Network = (request, next) => next(request)): CreateTransport =>
  ({ clock, timeoutMs, bodies }) => {
    const open = new Map<AbortController, PendingExchange>();
    return {
      send: (request, signal) =>
        new Promise((resolve) => {
          const gone = new AbortController();
          const end = (answer: HttpAnswer): void => {
            open.delete(gone);
            resolve(answer);
          };
          const pending = new PendingExchange({ clock, timeoutMs, signal }, end, () => gone.abort());
          if (pending.isOver) return;
          open.set(gone, pending);
          const share = shareOf(request, bodies);
          const take = (reply: HandlerReply): void => {
            if (!pending.isOver) pending.end(answerOf(reply, share));
          };
          around(outgoingOf(request, gone.signal), handle).then(take, (error: unknown) =>
            take({ failure: describeFailure(error) }),
          );
        }),
      close: () => {
        for (const pending of [...open.values()]) pending.interrupt();
        return Promise.resolve();
      },
    };
  };
