/** What a handler answers, before it becomes bytes. */
import { mediaType, header } from '../../schemas/names.js';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON; undefined: no body. */
  readonly body?: unknown;
}

/** An answer with a body in application/scim+json (RFC 7644 §3.1). */
export const scimAnswer = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { [header.contentType]: mediaType.scim, ...headers },
  body,
});

export const emptyAnswer = (status: number, headers: Record<string, string> = {}): Answer => ({ status, headers });
