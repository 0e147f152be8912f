/** What a handler answers, before it becomes bytes. */
import { mediaType, header } from '../../schemas/names.js';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON; undefined: no body, or `text`. */
  readonly body?: unknown;
  /** A body that is no JSON; it goes before `body`. */
  readonly text?: string;
}

/** An answer with a body in application/scim+json (RFC 7644 §3.1). */
export const scimAnswer = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { [header.contentType]: mediaType.scim, ...headers },
  body,
});

/** An answer in plain JSON, where another protocol than SCIM has the say. */
export const jsonAnswer = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { [header.contentType]: mediaType.json, ...headers },
  body,
});

export const textAnswer = (type: string, text: string, headers: Record<string, string> = {}): Answer => ({
  status: 200,
  headers: { [header.contentType]: type, ...headers },
  text,
});

export const emptyAnswer = (status: number, headers: Record<string, string> = {}): Answer => ({ status, headers });
