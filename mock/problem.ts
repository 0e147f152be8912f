/** An error that is reported to the client (RFC 7644 §3.12). Every other thrown error is a bug of the mock. */
import type { cursorScimTypes, scimTypes } from '../schemas/names.js';

export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    /** HTTP status. */
    readonly status: number,
    /** A sentence for people, without secrets of the client and without internals of the mock. */
    detail: string,
    readonly scimType?: (typeof scimTypes | typeof cursorScimTypes)[number],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
  }
}
