/** An answer of a handler, before it is serialised. */
import { mediaType, header } from '../../schemas/names.js';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON; undefined: `text` is sent, or no body. */
  readonly body?: unknown;
  /** A body that is not JSON; if it is set, `body` is ignored. */
  readonly text?: string;
  /** The connection is closed in place of the answer. */
  readonly isDropped?: boolean;
}

/** An answer with a body in application/scim+json (RFC 7644 §3.1). */
export const scimAnswer = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { [header.contentType]: mediaType.scim, ...headers },
  body,
});

/** An answer in application/json, for protocols other than SCIM. */
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
