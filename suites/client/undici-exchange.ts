/**
 * One exchange over a pool, told by undici's dispatcher as it goes. The streams and signals of its `request` cost as much
 * as all the rest of an exchange, and a body that is kept whole needs none.
 */
import type { Dispatcher, Pool } from 'undici';
import type { HeaderList } from '../../schemas/types.js';
import { alwaysKept, type Share } from './body-budget.js';
import type { Clock } from './clock.js';
import { describeFailure } from './describe-failure.js';
import { interrupted, tooLate, type HttpAnswer } from './transport.js';

export interface ExchangeOrder {
  readonly method: string;
  /** With its query, and as it is to be sent. */
  readonly path: string;
  readonly headers: HeaderList;
  readonly body?: string | undefined;
  /** What the body of the answer may take. */
  readonly share: Share;
  readonly clock: Clock;
  /** From the first byte sent to the last byte read. */
  readonly timeoutMs: number;
}

/** The fields as they came; undici gives names and values in turn. */
const fieldsOf = (raw: Dispatcher.DispatchController['rawHeaders']): HeaderList =>
  Array.isArray(raw)
    ? Array.from({ length: raw.length / 2 }, (_, at): [string, string] => [
        raw[2 * at]?.toString() ?? '',
        raw[2 * at + 1]?.toString('latin1') ?? '',
      ])
    : [];

/** Never rejects: whatever goes wrong is an answer, too. */
export const exchange = (
  pool: Pool,
  { method, path, headers, body, share, clock, timeoutMs }: ExchangeOrder,
  signal: AbortSignal,
): Promise<HttpAnswer> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    let head: { status: number; headers: HeaderList } | undefined;
    let controller: Dispatcher.DispatchController | undefined;
    let isOver = false;

    const end = (answer: HttpAnswer): void => {
      isOver = true;
      cancelDeadline();
      signal.removeEventListener('abort', interrupt);
      resolve(answer);
    };
    const fail = (failure: HttpAnswer): void => {
      if (isOver) return;
      share.release();
      end(failure);
      controller?.abort(new Error('nobody waits for the answer any more'));
    };
    const finish = (truncated: boolean): void => {
      if (isOver || head === undefined) return;
      const whole = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
      end({
        type: 'response',
        ...head,
        body: whole?.toString('utf8', 0, truncated ? alwaysKept : length) ?? '',
        truncated,
      });
    };
    const interrupt = (): void => fail(interrupted);

    const cancelDeadline = clock.after(timeoutMs, () => fail(tooLate(timeoutMs)));
    signal.addEventListener('abort', interrupt);
    if (signal.aborted) {
      interrupt();
      return;
    }
    pool.dispatch(
      { method, path, headers: headers.flat(), body: body ?? null },
      {
        onRequestStart(begun) {
          controller = begun;
          // It may have waited for a connection for longer than anybody waits for it.
          if (isOver) begun.abort(new Error('nobody waits for the answer any more'));
        },
        onResponseStart(begun, status) {
          // What is below 200 is no answer yet (RFC 9110 §15.2).
          if (status >= 200) head = { status, headers: fieldsOf(begun.rawHeaders) };
        },
        onResponseData(begun, chunk) {
          if (isOver) return;
          chunks.push(chunk);
          length += chunk.length;
          if (share.reach(length)) return;
          finish(true);
          begun.abort(new Error('the body is longer than what is kept of it'));
        },
        onResponseEnd: () => finish(false),
        onResponseError: (_, error) => fail({ type: 'failure', code: 'connection', message: describeFailure(error) }),
      },
    );
  });
