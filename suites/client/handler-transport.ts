/**
 * A transport to a provider in the same process, given as a function from a request to an answer. Between the two there
 * are only promises and the injected clock, so that a run over it happens the same way again whenever it is repeated.
 */
import type { HeaderList } from '../../schemas/types.js';
import { alwaysKept } from './body-budget.js';
import { describeFailure } from './describe-failure.js';
import { interrupted, shareOf, splitUrl, tooLate, type CreateTransport, type HttpAnswer } from './transport.js';

export interface HandlerRequest {
  readonly method: string;
  /** Absolute, and otherwise as it would be sent. */
  readonly url: string;
  /** In the order in which they would be sent, `Host` first. */
  readonly headers: HeaderList;
  readonly body?: string;
  /** Aborts when nobody waits for the answer any more, as when a connection is closed by its client. */
  readonly signal: AbortSignal;
}

export type HandlerReply =
  | {
      readonly status: number;
      readonly headers: readonly (readonly [name: string, value: string])[];
      readonly body: string;
    }
  /** No whole answer came, and why, as a clause: the connection was refused, reset or cut. */
  | { readonly failure: string };

/** A provider. One that rejects is taken for one whose connection broke. */
export type Handler = (request: HandlerRequest) => Promise<HandlerReply>;

/**
 * What lies between the suite and the provider: it may wait before and after it hands the request on, answer in place
 * of the provider, and change or lose the answer. It hands the request on by calling `next`.
 */
export type Network = (request: HandlerRequest, next: Handler) => Promise<HandlerReply>;

const hasHost = (headers: HeaderList): boolean => headers.some(([name]) => name.toLowerCase() === 'host');

/** `around` absent: what is sent arrives at once, and whole. */
export const createHandlerTransport =
  (handle: Handler, around?: Network): CreateTransport =>
  ({ clock, timeoutMs, bodies }) => {
    const open = new Set<() => void>();
    return {
      send: (request, signal) =>
        new Promise((resolve) => {
          const { method, url, headers, body } = request;
          const { origin, path } = splitUrl(url);
          const share = shareOf(request, bodies);
          const gone = new AbortController();
          let isOver = false;

          const end = (answer: HttpAnswer): void => {
            if (isOver) return;
            isOver = true;
            cancelDeadline();
            open.delete(interrupt);
            signal.removeEventListener('abort', interrupt);
            resolve(answer);
          };
          const giveUp = (failure: HttpAnswer): void => {
            end(failure);
            gone.abort();
          };
          const interrupt = (): void => giveUp(interrupted);
          const take = (reply: HandlerReply): void => {
            if (isOver) return;
            if ('failure' in reply) {
              end({ type: 'failure', code: 'connection', message: reply.failure });
              return;
            }
            const bytes = Buffer.byteLength(reply.body);
            const isKept = share.reach(bytes);
            end({
              type: 'response',
              status: reply.status,
              headers: reply.headers.map(([name, value]): [string, string] => [name, value]),
              body: isKept ? reply.body : Buffer.from(reply.body).toString('utf8', 0, alwaysKept),
              truncated: !isKept,
            });
          };

          const cancelDeadline = clock.after(timeoutMs, () => giveUp(tooLate(timeoutMs)));
          signal.addEventListener('abort', interrupt);
          open.add(interrupt);
          if (signal.aborted) {
            interrupt();
            return;
          }
          const sent: HandlerRequest = {
            method,
            url: `${origin}${path}`,
            headers: hasHost(headers) ? headers : [['Host', origin.replace(/^https?:\/\//, '')], ...headers],
            ...(body === undefined ? {} : { body }),
            signal: gone.signal,
          };
          (around === undefined ? handle(sent) : around(sent, handle)).then(take, (error: unknown) =>
            take({ failure: describeFailure(error) }),
          );
        }),
      close: () => {
        for (const giveUp of [...open]) giveUp();
        return Promise.resolve();
      },
    };
  };
