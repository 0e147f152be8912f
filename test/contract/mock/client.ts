/**
 * A simple client for the tests of the mock. It shares no code with the suite, so that both cannot have the same
 * mistake.
 */
import { randomUUID } from 'node:crypto';
import { urn } from '../../../schemas/names.js';
import type { Mock } from '../../../mock/index.js';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** Empty if the body is not JSON. */
  readonly body: Record<string, unknown>;
  readonly text: string;
}

export interface Sent {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly as?: 'primary' | 'second';
}

export type Send = (method: string, path: string, sent?: Sent) => Promise<Reply>;

export const asynchronous = { 'X-SCIM-Request-Mode': 'asynchronous' };

const readJson = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;

/** Sends to a path under the base URL, or to an absolute URL. */
export const clientOf =
  (mock: Mock): Send =>
  async (method, path, { body, headers = {}, as = 'primary' } = {}) => {
    const response = await fetch(path.startsWith('http') ? path : `${mock.url}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${mock.tokens[as]}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/scim+json' }),
        ...headers,
      },
      body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: response.headers.get('content-type')?.includes('json') === true && text !== '' ? readJson(text) : {},
      text,
    };
  };

export const user = (userName = `${randomUUID()}@example.com`): Record<string, unknown> => ({
  schemas: [urn.user],
  userName,
  displayName: 'Test',
});

export const group = (members: unknown[]): Record<string, unknown> => ({
  schemas: [urn.group],
  displayName: 'Group',
  members,
});

export const bulk = (Operations: unknown[], more: Record<string, unknown> = {}): Record<string, unknown> => ({
  schemas: [urn.bulkRequest],
  Operations,
  ...more,
});

export interface Result {
  readonly method: string;
  readonly status: string;
  readonly bulkId?: string;
  readonly location?: string;
  readonly version?: string;
  readonly response?: Record<string, unknown>;
}

/** Polls until the request is completed; every status on the way is handed to `look`. */
export const untilCompleted = async (
  send: Send,
  location: string,
  look: (status: Record<string, unknown>) => void = () => undefined,
): Promise<Record<string, unknown>> => {
  for (;;) {
    const { body } = await send('GET', location);
    look(body);
    if ((body.status as { completed: boolean }).completed) return body;
  }
};

/** Submits asynchronously and returns the completed status. */
export const complete = async (
  send: Send,
  method: string,
  path: string,
  body?: unknown,
): Promise<Record<string, unknown>> => {
  const accepted = await send(method, path, { headers: asynchronous, ...(body === undefined ? {} : { body }) });
  if (accepted.status !== 202) throw new Error(`${method} ${path} was answered ${accepted.status}`);
  return untilCompleted(send, accepted.headers.get('location') ?? '');
};

export const resultsOf = (status: Record<string, unknown>): Result[] => status.Operations as Result[];
