/**
 * One exchange over a pool, told by undici's dispatcher as it goes. The streams and signals of its `request` cost as much
 * as all the rest of an exchange, and a body that is kept whole needs none.
 */
import type { Dispatcher, Pool } from 'undici';
import type { HeaderList } from '../../schemas/types.js';
import { beginningOf, type Share } from './body-budget.js';
import { codeOfFailure, describeFailure } from './describe-failure.js';
import { PendingExchange, type Waiting } from './pending-exchange.js';
import type { HttpAnswer } from './transport.js';

export interface ExchangeOrder {
  readonly method: string;
  /** With its query, and as it is to be sent. */
  readonly path: string;
  readonly headers: HeaderList;
  readonly body?: string | undefined;
  /** What the body of the answer may take. */
  readonly share: Share;
}

/** The fields as they came; undici gives names and values in turn. */
const fieldsOf = (raw: Dispatcher.DispatchController['rawHeaders']): HeaderList => {
  const fields: HeaderList = [];
  if (!Array.isArray(raw)) return fields;
  for (let at = 0; at + 1 < raw.length; at += 2)
    fields.push([raw[at]?.toString('latin1') ?? '', raw[at + 1]?.toString('latin1') ?? '']);
  return fields;
};

/**
 * Whether an answer has no body, whatever Content-Length it names: that is then the length of the body that a GET would
 * get (RFC 9110 §6.4.1, §8.6).
 */
const hasNoBody = (method: string, status: number): boolean => method === 'HEAD' || status === 204 || status === 304;

const unwanted = (): Error => new Error('the answer is not needed any more');

class AnswerReader implements Dispatcher.DispatchHandler {
  readonly pending: PendingExchange;
  private readonly chunks: Buffer[] = [];
  private length = 0;
  private head: { readonly status: number; readonly headers: HeaderList } | undefined;
  private controller: Dispatcher.DispatchController | undefined;

  constructor(
    private readonly method: string,
    private readonly share: Share,
    waiting: Waiting,
    resolve: (answer: HttpAnswer) => void,
  ) {
    this.pending = new PendingExchange(waiting, resolve, () => {
      share.release();
      this.controller?.abort(unwanted());
    });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    // It may have waited for a connection for longer than anybody waits for it.
    if (this.pending.isOver) controller.abort(unwanted());
  }

  onResponseStart({ rawHeaders }: Dispatcher.DispatchController, status: number): void {
    // What is below 200 is no answer yet (RFC 9110 §15.2).
    if (status < 200) return;
    this.head = { status, headers: fieldsOf(rawHeaders) };
    // undici takes such a Content-Length for that of the answer itself, and then reports an error.
    if (hasNoBody(this.method, status)) this.finish({ isCut: false });
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.pending.isOver) return;
    this.chunks.push(chunk);
    this.length += chunk.length;
    if (this.share.reach(this.length)) return;
    this.finish({ isCut: true });
    controller.abort(new Error('the body is longer than what is kept of it'));
  }

  onResponseEnd(): void {
    this.finish({ isCut: false });
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.pending.giveUp({ type: 'failure', code: codeOfFailure(error), message: describeFailure(error) });
  }

  private finish({ isCut }: { readonly isCut: boolean }): void {
    if (this.head === undefined) return;
    const whole = (this.chunks.length === 1 ? this.chunks[0] : undefined) ?? Buffer.concat(this.chunks);
    const body = isCut ? beginningOf(whole) : whole.toString('utf8');
    this.pending.end({ type: 'response', ...this.head, body, truncated: isCut });
  }
}

/** Never rejects: whatever goes wrong is an answer, too. */
export const exchange = (
  pool: Pool,
  { method, path, headers, body, share }: ExchangeOrder,
  waiting: Waiting,
): Promise<HttpAnswer> =>
  new Promise((resolve) => {
    const reader = new AnswerReader(method, share, waiting, resolve);
    if (!reader.pending.isOver) pool.dispatch({ method, path, headers: headers.flat(), body: body ?? null }, reader);
  });
